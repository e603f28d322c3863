// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.opendaylight.statemigration.flow.Flow;
import org.opendaylight.statemigration.host.FunctionType;
import org.opendaylight.statemigration.host.StateHostId;
import org.opendaylight.statemigration.ifma.FailureReason;
import org.opendaylight.statemigration.ifma.RefusalReason;
import org.opendaylight.statemigration.ifma.StateOrchestrationAgent.Changes;
import org.opendaylight.statemigration.ifma.StateOrchestrationAgent.Omission;
import org.opendaylight.statemigration.ifma.StateOrchestrationAgent.Upload;
import org.opendaylight.statemigration.ifmt.StateMigrationNotification;
import org.opendaylight.statemigration.ifmt.StateMigrationNotification.Unmatched;
import org.opendaylight.statemigration.som.SimulatedStateHost.Request;
import org.opendaylight.statemigration.som.model.MigrationPlan;
import org.opendaylight.statemigration.som.model.MigrationRecord;
import org.opendaylight.statemigration.som.model.Phase;
import org.opendaylight.statemigration.som.policy.Policy;

/** What policy lets be lost stays at the source, and is told. */
@Timeout(60)
class PartialMigrationTest {
    private final MasterFixture masterFixture = new MasterFixture("fw1", "fw2");
    private final List<Flow> taken = TestFlows.of(TestFlows.VM, 1000);
    private final List<Flow> refused = TestFlows.of(TestFlows.VM, "192.0.2.81", 250);

    @AfterEach
    void close() {
        masterFixture.close();
    }

    private void accept() {
        masterFixture.policy(new Policy(masterFixture.policy().authorized(), Policy.Limits.DEFAULT,
            MasterFixture.Timers.SLOW, MasterFixture.PLANNED,
            new Policy.Leniency(true, true)));
        masterFixture.agent("fw1").put(taken);
        masterFixture.agent("fw1").put(refused);
        masterFixture.agent("fw2").accept(flow -> !refused.contains(flow));
    }

    private void expectPartial(final MigrationRecord record) {
        assertTrue(record.isPartial());
        assertEquals(Set.copyOf(taken), masterFixture.agent("fw2").flows());
        assertEquals(Set.copyOf(refused), masterFixture.agent("fw1").flows());
        masterFixture.assertNoHold();
        final var leg = record.legs().getFirst();
        assertEquals(1250, leg.counts().total());
        assertEquals(1000, leg.counts().accepted());
        assertEquals(1000, leg.counts().verified());
        assertEquals(250, leg.counts().refused());
        assertEquals(1000, leg.counts().released());
        assertEquals(MigrationRecord.RefusedFlow.MAX_SHOWN, leg.refusals().size());
        assertTrue(refused.stream().map(Flow::key).collect(Collectors.toSet())
            .containsAll(leg.refusals().stream().map(MigrationRecord.RefusedFlow::key).toList()));
        assertEquals(RefusalReason.POLICY_DENIED, leg.refusals().getFirst().reason());
    }

    @Test
    void refusedFlowsStayAtTheSource() throws Exception {
        accept();
        expectPartial(masterFixture.await(masterFixture.master.notify(MasterFixture.notification(TestFlows.VM, "fw1",
            "fw2")), Phase.COMPLETED));
    }

    @Test
    void refusedFlowsOfAnAnnouncedMoveStayAtTheSource() throws Exception {
        accept();
        masterFixture.agent("fw1").end(refused);
        final var id = masterFixture.master.announce(MasterFixture.notification(TestFlows.VM, "fw1", "fw2"));
        masterFixture.await(id, Phase.STANDING_BY);
        masterFixture.agent("fw1").put(refused);
        masterFixture.awaitTrue("they are refused", () -> masterFixture.record(id).legs().getFirst().counts()
            .refused() == 250);
        masterFixture.master.notify(MasterFixture.notification(TestFlows.VM, "fw1", "fw2"));
        expectPartial(masterFixture.await(id, Phase.COMPLETED));
    }

    @Test
    void refusedFlowThatHasEndedIsNotCounted() throws Exception {
        accept();
        final var id = masterFixture.master.announce(MasterFixture.notification(TestFlows.VM, "fw1", "fw2"));
        masterFixture.await(id, Phase.STANDING_BY);
        masterFixture.agent("fw1").end(refused);
        masterFixture.master.notify(MasterFixture.notification(TestFlows.VM, "fw1", "fw2"));
        final var record = masterFixture.await(id, Phase.COMPLETED);
        assertFalse(record.isPartial());
        assertEquals(0, record.legs().getFirst().counts().refused());
        masterFixture.assertMoved(taken, "fw1", "fw2");
    }

    @Test
    void omittedEntriesDoNotStopTheOthers() throws Exception {
        accept();
        masterFixture.agent("fw1").end(refused);
        final var gre = List.of(new Omission(RefusalReason.UNSUPPORTED_PROTOCOL, 47, 3));
        masterFixture.agent("fw1").changeUploads(upload ->
            new Upload(upload.totalFlows(), upload.chunk(), upload.nextCursor(),
            upload.chunk().filter(chunk -> chunk.sequence() > 1).isPresent() ? List.of() : gre));
        final var record = masterFixture.await(masterFixture.master.notify(MasterFixture.notification(TestFlows.VM,
            "fw1", "fw2")), Phase.COMPLETED);
        assertTrue(record.isPartial());
        assertEquals(3, record.legs().getFirst().counts().omitted());
        masterFixture.assertMoved(taken, "fw1", "fw2");
    }

    @Test
    void newOmissionFailsAnAnnouncedMoveUnlessPolicyAcceptsIt() throws Exception {
        masterFixture.agent("fw1").put(taken);
        final var id = masterFixture.master.announce(MasterFixture.notification(TestFlows.VM, "fw1", "fw2"));
        masterFixture.await(id, Phase.STANDING_BY);
        masterFixture.agent("fw1").changeChanges(changes ->
            new Changes(changes.totalFlows(), changes.chunk(), changes.more(),
            List.of(new Omission(RefusalReason.UNSUPPORTED_PROTOCOL, 47, 1))));
        assertEquals(FailureReason.FLOWS_REFUSED, masterFixture.await(id, Phase.FAILED).failure().orElseThrow()
            .reason());
        masterFixture.assertUndone(taken, "fw1", "fw2");
    }

    @Test
    void planTellsWhatPolicyMakesOfRefusals() throws Exception {
        accept();
        assertEquals(MigrationPlan.Outcome.PARTIAL,
            masterFixture.master.plan(MasterFixture.notification(TestFlows.VM, "fw1", "fw2")).outcome());
        masterFixture.policy(new Policy(masterFixture.policy().authorized(), Policy.Limits.DEFAULT,
            MasterFixture.Timers.SLOW));
        assertEquals(MigrationPlan.Outcome.NONE,
            masterFixture.master.plan(MasterFixture.notification(TestFlows.VM, "fw1", "fw2")).outcome());
        masterFixture.agent("fw2").heal();
        assertEquals(MigrationPlan.Outcome.COMPLETE,
            masterFixture.master.plan(MasterFixture.notification(TestFlows.VM, "fw1", "fw2")).outcome());
    }

    @Test
    void functionsWithoutCounterpartAreListed() throws Exception {
        accept();
        final var unmatched = List.of(new Unmatched(new StateHostId("lb9"), FunctionType.LOAD_BALANCER,
            Unmatched.Side.LEFT));
        final var plain = MasterFixture.notification(TestFlows.VM, "fw1", "fw2");
        final var id = masterFixture.master.notify(new StateMigrationNotification(plain.origin(), Optional.empty(),
            plain.vm(),
            plain.legs(), unmatched));
        assertEquals(unmatched, masterFixture.await(id, Phase.COMPLETED).notification().unmatched());
    }

    @Test
    void keptFlowsAreNamedInTheRelease() throws Exception {
        accept();
        final var id = masterFixture.master.notify(MasterFixture.notification(TestFlows.VM, "fw1", "fw2"));
        masterFixture.await(id, Phase.COMPLETED);
        assertEquals(1, masterFixture.agent("fw1").asked(Request.RELEASE));
        final var all = new HashSet<>(taken);
        all.addAll(refused);
        masterFixture.assertNothingLost(all);
    }
}
