// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.opendaylight.statemigration.agent.soa.stage.AgentStage;
import org.opendaylight.statemigration.flow.Flow;
import org.opendaylight.statemigration.flow.Identifiers;
import org.opendaylight.statemigration.host.HostProfile;
import org.opendaylight.statemigration.host.IpPrefix;
import org.opendaylight.statemigration.host.StateHostId;
import org.opendaylight.statemigration.ifma.AgentException;
import org.opendaylight.statemigration.ifma.FailureReason;
import org.opendaylight.statemigration.ifma.HoldKind;
import org.opendaylight.statemigration.ifma.MigrationId;
import org.opendaylight.statemigration.ifma.RefusalReason;
import org.opendaylight.statemigration.ifmt.MigrationRejectedException;
import org.opendaylight.statemigration.ifmt.MigrationRejectedException.Kind;
import org.opendaylight.statemigration.ifmt.StateMigrationNotification;
import org.opendaylight.statemigration.ifmt.StateMigrationNotification.Leg;
import org.opendaylight.statemigration.ifmt.StateMigrationNotification.Origin;
import org.opendaylight.statemigration.som.SimulatedStateHost.Request;
import org.opendaylight.statemigration.som.model.MigrationPlan;
import org.opendaylight.statemigration.som.model.MigrationRecord;
import org.opendaylight.statemigration.som.model.Phase;
import org.opendaylight.statemigration.som.policy.Policy;

@Timeout(60)
class StateOrchestrationMasterTest {
    private final MasterFixture masterFixture = new MasterFixture("fw1", "fw2", "fw3", "fw4");
    private final List<Flow> flows = TestFlows.of(TestFlows.VM, 1234);

    @AfterEach
    void close() {
        masterFixture.close();
        assertFalse(masterFixture.observer.overlapped(), "Calls about one migration overlapped");
    }

    private MigrationId migrate() throws MigrationRejectedException {
        return masterFixture.master.notify(MasterFixture.notification(TestFlows.VM, "fw1", "fw2"));
    }

    @Test
    void flowsMoveInChunks() throws Exception {
        masterFixture.agent("fw1").put(flows);
        final var id = migrate();
        final var record = masterFixture.await(id, Phase.COMPLETED);
        masterFixture.assertMoved(flows, "fw1", "fw2");
        final var leg = record.legs().getFirst();
        assertEquals(new MigrationRecord.Counts(1234, 1234, 1234, 0, 0, 1234, 1234, 0, 3), leg.counts());
        assertEquals(Optional.of(HoldKind.DROP), leg.hold());
        assertEquals(Set.of(Phase.NOTIFIED, Phase.PREPARING, Phase.TRANSFERRING, Phase.COMMITTING, Phase.RELEASING),
            leg.timings().keySet());
        assertTrue(record.endedAt().isPresent());
        assertEquals(Optional.empty(), record.failure());
        assertEquals(List.of(Phase.NOTIFIED, Phase.PREPARING, Phase.TRANSFERRING, Phase.COMMITTING, Phase.RELEASING,
            Phase.COMPLETED), masterFixture.phases(id).toList());
        assertEquals(List.of(id), masterFixture.observer.notified());
        assertEquals(record, masterFixture.observer.changes(id).getLast());
        assertEquals(Duration.ofSeconds(30), masterFixture.agent("fw2").lastLease());
    }

    @Test
    void noStepIsAskedTwiceWhenNothingGoesWrong() throws Exception {
        masterFixture.agent("fw1").put(flows);
        masterFixture.await(migrate(), Phase.COMPLETED);
        assertEquals(List.of(Request.PROFILE, Request.UPLOAD, Request.UPLOAD, Request.UPLOAD, Request.RELEASE),
            masterFixture.agent("fw1").requests());
        assertEquals(List.of(Request.PROFILE, Request.GET_READY, Request.DOWNLOAD, Request.DOWNLOAD,
            Request.DOWNLOAD, Request.COMMIT), masterFixture.agent("fw2").requests());
    }

    @Test
    void aVmWithoutFlowsIsMigratedToo() throws Exception {
        final var record = masterFixture.await(migrate(), Phase.COMPLETED);
        assertEquals(MigrationRecord.Counts.NONE, record.legs().getFirst().counts());
        masterFixture.assertNoHold();
        assertEquals(1, masterFixture.agent("fw2").asked(Request.COMMIT));
    }

    @Test
    void flowsOfOthersStay() throws Exception {
        final var others = TestFlows.of(TestFlows.OTHER_VM, 10);
        masterFixture.agent("fw1").put(flows);
        masterFixture.agent("fw1").put(others);
        masterFixture.await(migrate(), Phase.COMPLETED);
        assertEquals(Set.copyOf(others), masterFixture.agent("fw1").flows());
        assertEquals(Set.copyOf(flows), masterFixture.agent("fw2").flows());
    }

    @Test
    void firstUploadDoesNotWaitForGetReady() throws Exception {
        final var asked = masterFixture.latch(1);
        final var gate = masterFixture.latch(1);
        masterFixture.agent("fw1").put(flows);
        masterFixture.agent("fw2").fault(Request.GET_READY, Fault.waitingFor(asked, gate));
        final var id = migrate();
        asked.await();
        masterFixture.awaitTrue("chunks come", () -> masterFixture.agent("fw1").asked(Request.UPLOAD) >= 2);
        assertEquals(0, masterFixture.agent("fw2").asked(Request.DOWNLOAD));
        gate.countDown();
        masterFixture.await(id, Phase.COMPLETED);
    }

    @Test
    void nextChunkIsUploadedDuringADownloadButMemoryStaysBounded() throws Exception {
        final var many = TestFlows.of(TestFlows.VM, 10_000);
        final var asked = masterFixture.latch(1);
        final var gate = masterFixture.latch(1);
        masterFixture.agent("fw1").put(many);
        masterFixture.agent("fw2").fault(Request.DOWNLOAD, Fault.waitingFor(asked, gate));
        final var id = migrate();
        asked.await();
        // One being downloaded, two that wait
        masterFixture.awaitTrue("chunks come", () -> masterFixture.agent("fw1").asked(Request.UPLOAD) == 3);
        masterFixture.pass(Duration.ofSeconds(10));
        assertEquals(3, masterFixture.agent("fw1").asked(Request.UPLOAD));
        gate.countDown();
        masterFixture.await(id, Phase.COMPLETED);
        masterFixture.assertMoved(many, "fw1", "fw2");
    }

    @Test
    void chunksAreNoLargerThanTheSmallestLimit() throws Exception {
        masterFixture.agent("fw1").put(flows);
        final var agent = masterFixture.agent("fw2");
        agent.tell(agent.profileWith(new HostProfile.Limits(100, 5000, 4, 7)));
        masterFixture.disconnect("fw2");
        masterFixture.connect("fw2");
        final var record = masterFixture.await(migrate(), Phase.COMPLETED);
        assertEquals(13, record.legs().getFirst().counts().chunks());
        assertEquals(Duration.ofSeconds(7), agent.lastLease());
    }

    @Test
    void moreFlowsThanPermittedAreNotTouched() throws Exception {
        masterFixture.agent("fw1").put(flows);
        final var agent = masterFixture.agent("fw2");
        agent.tell(agent.profileWith(new HostProfile.Limits(100, 1000, 4, 7)));
        masterFixture.disconnect("fw2");
        masterFixture.connect("fw2");
        final var record = masterFixture.await(migrate(), Phase.FAILED);
        assertEquals(FailureReason.LIMIT_EXCEEDED, record.failure().orElseThrow().reason());
        masterFixture.assertUndone(flows, "fw1", "fw2");
    }

    @Test
    void legsCommitTogetherAndHaveIdentitiesOfTheirOwn() throws Exception {
        final var web = TestFlows.of(TestFlows.VM, "192.0.2.80", 700);
        final var mail = TestFlows.of(TestFlows.VM, "198.51.100.25", 600);
        masterFixture.agent("fw1").put(web);
        masterFixture.agent("fw1").put(mail);
        final var gate = masterFixture.latch(1);
        final var asked = masterFixture.latch(1);
        masterFixture.agent("fw3").fault(Request.DOWNLOAD, Fault.waitingFor(asked, gate));
        final var source = new StateHostId("fw1");
        final var id = masterFixture.master.notify(new StateMigrationNotification(Origin.TOPOLOGY, Optional.of("vm1"),
            TestFlows.VM, List.of(
                new Leg(source, new StateHostId("fw2"), List.of(IpPrefix.parse("192.0.2.0/24"))),
                new Leg(source, new StateHostId("fw3"), List.of(IpPrefix.parse("198.51.100.0/24"))))));
        asked.await();
        masterFixture.awaitTrue("first leg is there", () -> masterFixture.agent("fw2").flows().size() == 700);
        assertEquals(0, masterFixture.agent("fw2").asked(Request.COMMIT));
        assertEquals(Phase.TRANSFERRING, masterFixture.record(id).phase());
        gate.countDown();
        masterFixture.await(id, Phase.COMPLETED);
        assertEquals(Set.copyOf(web), masterFixture.agent("fw2").flows());
        assertEquals(Set.copyOf(mail), masterFixture.agent("fw3").flows());
        assertEquals(Set.of(), masterFixture.agent("fw1").flows());
        assertEquals(Set.of("", id + ".1", id + ".2"), Set.copyOf(masterFixture.agent("fw1").asked().stream()
            .map(SimulatedStateHost.Asked::migration).toList()));
    }

    @Test
    void oneLegThatFailsUndoesTheCommittedOther() throws Exception {
        final var left = TestFlows.of(TestFlows.VM, 50);
        masterFixture.agent("fw1").put(left);
        masterFixture.agent("fw3").put(left);
        masterFixture.agent("fw4").fault(Request.COMMIT, real -> {
            masterFixture.awaitTrue("the other is committed",
                () -> masterFixture.agent("fw2").stages().contains(AgentStage.COMMITTED));
            throw new AgentException(AgentException.Kind.OPERATION_FAILED, FailureReason.VERIFICATION_FAILED,
                "Flows differ");
        });
        final var id = masterFixture.master.notify(MasterFixture.notification(TestFlows.VM, "fw1", "fw2", "fw3",
            "fw4"));
        final var record = masterFixture.await(id, Phase.FAILED);
        assertEquals(FailureReason.VERIFICATION_FAILED, record.failure().orElseThrow().reason());
        assertEquals(Optional.empty(), record.legs().getFirst().failure());
        assertEquals(record.failure(), record.legs().get(1).failure());
        masterFixture.assertUndone(left, "fw1", "fw2");
        masterFixture.assertUndone(left, "fw3", "fw4");
        assertEquals(0, masterFixture.agent("fw1").asked(Request.RELEASE) + masterFixture.agent("fw3")
            .asked(Request.RELEASE));
    }

    @Test
    void leaseIsRenewedWhileALegWaitsForAnother() throws Exception {
        for (var host : List.of("fw2", "fw4")) {
            final var agent = masterFixture.agent(host);
            agent.tell(agent.profileWith(new HostProfile.Limits(100, 5000, 4, 1)));
            masterFixture.disconnect(host);
            masterFixture.connect(host);
        }
        final var asked = masterFixture.latch(1);
        final var gate = masterFixture.latch(1);
        masterFixture.agent("fw1").put(TestFlows.of(TestFlows.VM, 10));
        // The second leg waits for its source
        masterFixture.agent("fw3").fault(Request.UPLOAD, Fault.waitingFor(asked, gate));
        final var id = masterFixture.master.notify(MasterFixture.notification(TestFlows.VM, "fw1", "fw2", "fw3",
            "fw4"));
        asked.await();
        masterFixture.awaitTrue("both leases are renewed", () -> masterFixture.agent("fw2")
            .asked(Request.GET_READY) >= 3
            && masterFixture.agent("fw4").asked(Request.GET_READY) >= 3);
        gate.countDown();
        masterFixture.await(id, Phase.COMPLETED);
        final var last = masterFixture.agent("fw2").asked().getLast().request();
        assertEquals(Request.COMMIT, last);
    }

    @Test
    void twoVmsMigrateAtOneTime() throws Exception {
        final var asked = masterFixture.latch(2);
        final var gate = masterFixture.latch(1);
        masterFixture.agent("fw2").fault(Request.GET_READY, Fault.waitingFor(asked, gate));
        masterFixture.agent("fw1").put(flows);
        masterFixture.agent("fw1").put(TestFlows.of(TestFlows.OTHER_VM, 10));
        final var first = migrate();
        final var second = masterFixture.master.notify(MasterFixture.notification(TestFlows.OTHER_VM, "fw1", "fw2"));
        // Both are under way
        asked.await();
        gate.countDown();
        masterFixture.await(first, Phase.COMPLETED);
        masterFixture.await(second, Phase.COMPLETED);
        assertEquals(1244, masterFixture.agent("fw2").flows().size());
    }

    @Test
    void migrationsOfOneVmGoOneAfterTheOther() throws Exception {
        masterFixture.agent("fw1").put(flows);
        final var asked = masterFixture.latch(1);
        final var gate = masterFixture.latch(1);
        masterFixture.agent("fw2").fault(Request.GET_READY, Fault.waitingFor(asked, gate));
        final var first = migrate();
        final var second = masterFixture.master.notify(MasterFixture.notification(TestFlows.VM, "fw2", "fw3"));
        final var third = masterFixture.master.notify(MasterFixture.notification(TestFlows.VM, "fw3", "fw4"));
        asked.await();
        assertEquals(Phase.NOTIFIED, masterFixture.record(second).phase());
        assertEquals(0, masterFixture.agent("fw2").asked(Request.UPLOAD));
        gate.countDown();
        masterFixture.await(third, Phase.COMPLETED);
        assertEquals(Phase.COMPLETED, masterFixture.record(first).phase());
        assertEquals(Phase.COMPLETED, masterFixture.record(second).phase());
        masterFixture.assertMoved(flows, "fw1", "fw4");
        assertEquals(List.of(first, second, third),
            masterFixture.master.migrations().stream().map(MigrationRecord::id).toList());
    }

    @Test
    void placesAndQueueAreBounded() throws Exception {
        masterFixture.policy(new Policy(masterFixture.policy().authorized(), new Policy.Limits(1000, 100, 1, 1, 100),
            MasterFixture.Timers.SLOW));
        final var asked = masterFixture.latch(1);
        final var gate = masterFixture.latch(1);
        masterFixture.agent("fw2").fault(Request.GET_READY, Fault.waitingFor(asked, gate));
        final var first = migrate();
        asked.await();
        final var second = masterFixture.master.notify(MasterFixture.notification(TestFlows.OTHER_VM, "fw3", "fw4"));
        final var rejection = assertThrows(MigrationRejectedException.class,
            () -> masterFixture.master.notify(MasterFixture.notification(TestFlows.vm("10.0.0.3"), "fw3", "fw4")));
        assertEquals(Kind.RESOURCE_DENIED, rejection.kind());
        assertEquals(Phase.NOTIFIED, masterFixture.record(second).phase());
        gate.countDown();
        masterFixture.await(first, Phase.COMPLETED);
        masterFixture.await(second, Phase.COMPLETED);
    }

    @Test
    void announcedMovesThatWaitKeepOutNobodyWhoHasMoved() throws Exception {
        masterFixture.policy(new Policy(masterFixture.policy().authorized(), new Policy.Limits(1000, 100, 1, 2, 100),
            MasterFixture.Timers.SLOW,
            new Policy.Planned(1, Duration.ofMillis(5), Duration.ofMinutes(10)), Policy.Leniency.NONE));
        for (int number = 11; number < 14; number++) {
            masterFixture.master.announce(MasterFixture.notification(TestFlows.vm("10.0.0." + number), "fw3", "fw4"));
        }
        assertEquals(Kind.RESOURCE_DENIED, assertThrows(MigrationRejectedException.class,
            () -> masterFixture.master.announce(MasterFixture.notification(TestFlows.vm("10.0.0.14"), "fw3", "fw4")))
            .kind());
        final var asked = masterFixture.latch(1);
        final var gate = masterFixture.latch(1);
        masterFixture.agent("fw2").fault(Request.GET_READY, Fault.waitingFor(asked, gate));
        final var moved = new ArrayList<>(List.of(migrate()));
        asked.await();
        for (int number = 15; number < 17; number++) {
            moved.add(masterFixture.master.notify(MasterFixture.notification(TestFlows.vm("10.0.0." + number), "fw3",
                "fw4")));
        }
        assertEquals(Kind.RESOURCE_DENIED, assertThrows(MigrationRejectedException.class,
            () -> masterFixture.master.notify(MasterFixture.notification(TestFlows.vm("10.0.0.17"), "fw3", "fw4")))
            .kind());
        gate.countDown();
        for (var id : moved) {
            masterFixture.await(id, Phase.COMPLETED);
        }
    }

    @Test
    void noMoreMigrationsAreOpenAtAStateHostThanItPermits() throws Exception {
        final var agent = masterFixture.agent("fw2");
        agent.tell(agent.profileWith(new HostProfile.Limits(500, 5000, 2, 60)));
        masterFixture.disconnect("fw2");
        masterFixture.connect("fw2");
        final var ids = new ArrayList<MigrationId>();
        for (int number = 11; number < 19; number++) {
            ids.add(masterFixture.master.notify(MasterFixture.notification(TestFlows.vm("10.0.0." + number), "fw1",
                "fw2")));
        }
        for (var id : ids) {
            masterFixture.await(id, Phase.COMPLETED);
        }
    }

    @Test
    void onlyRecentMigrationsAreShown() throws Exception {
        masterFixture.policy(new Policy(masterFixture.policy().authorized(), new Policy.Limits(1000, 100, 8, 10, 2),
            MasterFixture.Timers.SLOW));
        final var ids = new ArrayList<MigrationId>();
        for (int count = 0; count < 4; count++) {
            ids.add(migrate());
            masterFixture.await(ids.getLast(), Phase.COMPLETED);
        }
        masterFixture.awaitTrue("the last two are shown", () -> masterFixture.master.migrations().stream()
            .map(MigrationRecord::id).toList()
            .equals(ids.subList(2, 4)));
        masterFixture.awaitTrue("the others are forgotten",
            () -> Set.copyOf(masterFixture.observer.forgotten()).equals(Set.copyOf(ids.subList(0, 2))));
        assertEquals(4, new HashSet<>(ids).size());
        assertEquals(Kind.DATA_MISSING,
            assertThrows(MigrationRejectedException.class, () -> masterFixture.master.cancel(ids.getFirst())).kind());
    }

    @Test
    void waitingMigrationIsCancelledWithoutAnyRequest() throws Exception {
        final var asked = masterFixture.latch(1);
        final var gate = masterFixture.latch(1);
        masterFixture.agent("fw2").fault(Request.GET_READY, Fault.waitingFor(asked, gate));
        final var first = migrate();
        final var second = masterFixture.master.notify(MasterFixture.notification(TestFlows.VM, "fw3", "fw4"));
        asked.await();
        masterFixture.master.cancel(second);
        assertEquals(Phase.CANCELLED, masterFixture.record(second).phase());
        gate.countDown();
        masterFixture.await(first, Phase.COMPLETED);
        assertEquals(List.of(Request.PROFILE), masterFixture.agent("fw4").requests());
    }

    @Test
    void cancelledInEachPhaseBeforeTheReleaseItIsUndone() throws Exception {
        masterFixture.agent("fw1").put(flows);
        for (var request : List.of(Request.GET_READY, Request.DOWNLOAD, Request.COMMIT)) {
            final var asked = masterFixture.latch(1);
            masterFixture.agent("fw2").fault(request, Fault.waitingFor(asked, masterFixture.latch(1)));
            final var id = migrate();
            asked.await();
            masterFixture.master.cancel(id);
            final var record = masterFixture.await(id, Phase.CANCELLED);
            assertEquals(FailureReason.CANCELLED, record.failure().orElseThrow().reason());
            masterFixture.assertUndone(flows, "fw1", "fw2");
            assertEquals(Kind.OPERATION_FAILED,
                assertThrows(MigrationRejectedException.class, () -> masterFixture.master.cancel(id)).kind());
            masterFixture.agent("fw2").heal();
        }
    }

    @Test
    void cancelIsTooLateOnceTheReleaseHasBegun() throws Exception {
        masterFixture.agent("fw1").put(flows);
        final var asked = masterFixture.latch(1);
        final var gate = masterFixture.latch(1);
        masterFixture.agent("fw1").fault(Request.RELEASE, Fault.waitingFor(asked, gate));
        final var id = migrate();
        asked.await();
        final var rejection = assertThrows(MigrationRejectedException.class, () -> masterFixture.master.cancel(id));
        assertEquals(Kind.OPERATION_FAILED, rejection.kind());
        gate.countDown();
        masterFixture.await(id, Phase.COMPLETED);
        masterFixture.assertMoved(flows, "fw1", "fw2");
    }

    @Test
    void failedMigrationIsTriedAgainUnderANewIdentity() throws Exception {
        masterFixture.agent("fw1").put(flows);
        masterFixture.agent("fw2").accept(flow -> !flow.equals(flows.get(600)));
        final var failed = migrate();
        final var record = masterFixture.await(failed, Phase.FAILED);
        assertEquals(FailureReason.FLOWS_REFUSED, record.failure().orElseThrow().reason());
        assertTrue(record.failure().orElseThrow().detail().contains(flows.get(600).key().toString()),
            record.failure().orElseThrow().detail());
        assertEquals(1, record.legs().getFirst().counts().refused());
        masterFixture.assertUndone(flows, "fw1", "fw2");

        masterFixture.agent("fw2").heal();
        final var again = masterFixture.master.retry(failed);
        assertEquals(Optional.of(failed), masterFixture.await(again, Phase.COMPLETED).retryOf());
        masterFixture.assertMoved(flows, "fw1", "fw2");
        assertEquals(Kind.OPERATION_FAILED,
            assertThrows(MigrationRejectedException.class, () -> masterFixture.master.retry(again)).kind());
        assertEquals(Kind.DATA_MISSING, assertThrows(MigrationRejectedException.class,
            () -> masterFixture.master.retry(new MigrationId("m-none"))).kind());
    }

    @Test
    void hostThatIsDeauthorizedWhileAMigrationWaitsFailsIt() throws Exception {
        final var asked = masterFixture.latch(1);
        final var gate = masterFixture.latch(1);
        masterFixture.agent("fw2").fault(Request.GET_READY, Fault.waitingFor(asked, gate));
        final var first = migrate();
        final var second = masterFixture.master.notify(MasterFixture.notification(TestFlows.VM, "fw3", "fw4"));
        asked.await();
        masterFixture.policy(new Policy(Map.of(new StateHostId("fw3"), Policy.Authorization.ALL), Policy.Limits.DEFAULT,
            MasterFixture.Timers.SLOW));
        gate.countDown();
        // The one under way has to end, although its hosts may not begin another
        masterFixture.await(first, Phase.COMPLETED);
        assertEquals(FailureReason.STATE_HOST_UNAUTHORIZED,
            masterFixture.await(second, Phase.FAILED).failure().orElseThrow().reason());
    }

    private static boolean isOdd(final Flow flow) {
        return ((Identifiers.Ports) flow.key().original().identifiers()).source() % 2 != 0;
    }

    @Test
    void planTellsWhatWouldHappenAndChangesNothing() throws Exception {
        masterFixture.agent("fw1").put(flows);
        masterFixture.agent("fw2").accept(flow -> !isOdd(flow));
        final long odd = flows.stream().filter(StateOrchestrationMasterTest::isOdd).count();
        final var plan = masterFixture.master.plan(MasterFixture.notification(TestFlows.VM, "fw1", "fw2"));
        assertEquals(1234, plan.flows());
        assertEquals(odd, plan.refused());
        assertEquals(MigrationPlan.MAX_REFUSALS, plan.refusals().size());
        final var refusal = plan.refusals().getFirst();
        assertEquals(RefusalReason.POLICY_DENIED, refusal.reason());
        assertTrue(isOdd(refusal.flow()));
        masterFixture.assertUndone(flows, "fw1", "fw2");
        assertEquals(Set.of(AgentStage.ABORTED), masterFixture.agent("fw1").stages());
        assertEquals(Set.of(), masterFixture.agent("fw2").stages());
        assertEquals(List.of(), masterFixture.master.migrations());
    }

    @Test
    void planFailsWithASentenceAndLeavesNothingBehind() throws Exception {
        masterFixture.agent("fw1").put(flows);
        masterFixture.agent("fw2").fault(Request.ASSESS, Fault.refusing(AgentException.Kind.OPERATION_FAILED));
        final var rejection = assertThrows(MigrationRejectedException.class,
            () -> masterFixture.master.plan(MasterFixture.notification(TestFlows.VM, "fw1", "fw2")));
        assertEquals(Kind.OPERATION_FAILED, rejection.kind());
        assertEquals(Set.of(AgentStage.ABORTED), masterFixture.agent("fw1").stages());
        assertEquals(Kind.INVALID_VALUE, assertThrows(MigrationRejectedException.class,
            () -> masterFixture.master.plan(MasterFixture.notification(TestFlows.VM, "fw1", "fw9"))).kind());
        assertEquals(Kind.INVALID_VALUE, assertThrows(MigrationRejectedException.class,
            () -> masterFixture.master.plan(MasterFixture.notification(TestFlows.VM, "fw1", "fw2", "fw3", "fw4")))
            .kind());
    }

    @Test
    void planEndsInTimeAlthoughAHostIsSilent() {
        masterFixture.policy(new Policy(masterFixture.policy().authorized(), Policy.Limits.DEFAULT,
            MasterFixture.Timers.QUICK));
        masterFixture.agent("fw1").fault(Request.UPLOAD, Fault.silence());
        assertEquals(Kind.OPERATION_FAILED, assertThrows(MigrationRejectedException.class,
            () -> masterFixture.master.plan(MasterFixture.notification(TestFlows.VM, "fw1", "fw2"))).kind());
    }

    @Test
    void closingUndoesWhatIsUnderWay() throws Exception {
        masterFixture.agent("fw1").put(flows);
        final var asked = masterFixture.latch(1);
        masterFixture.agent("fw2").fault(Request.COMMIT, Fault.waitingFor(asked, masterFixture.latch(1)));
        final var id = migrate();
        asked.await();
        masterFixture.master.close();
        assertEquals(Phase.CANCELLED, masterFixture.record(id).phase());
        masterFixture.assertUndone(flows, "fw1", "fw2");
        assertEquals(Kind.OPERATION_FAILED, assertThrows(MigrationRejectedException.class, this::migrate).kind());
    }

    @Test
    void anObserverThatThrowsDoesNotStopAMigration() throws Exception {
        masterFixture.agent("fw1").put(flows);
        masterFixture.observer.fail();
        final var id = migrate();
        masterFixture.await(id, Phase.COMPLETED);
        masterFixture.assertMoved(flows, "fw1", "fw2");
        masterFixture.await(migrate(), Phase.COMPLETED);
    }
}
