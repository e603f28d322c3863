// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.opendaylight.statemigration.flow.Flow;
import org.opendaylight.statemigration.host.IpPrefix;
import org.opendaylight.statemigration.host.StateHostId;
import org.opendaylight.statemigration.ifmt.InventoryVm;
import org.opendaylight.statemigration.ifmt.MigrationRejectedException;
import org.opendaylight.statemigration.ifmt.StateMigrationNotification;
import org.opendaylight.statemigration.ifmt.StateMigrationNotification.Leg;
import org.opendaylight.statemigration.ifmt.StateMigrationNotification.Origin;
import org.opendaylight.statemigration.som.SimulatedStateHost.Request;
import org.opendaylight.statemigration.som.model.CheckpointRecord;
import org.opendaylight.statemigration.som.model.CheckpointRecord.State;
import org.opendaylight.statemigration.som.model.Phase;
import org.opendaylight.statemigration.som.policy.Policy;
import org.opendaylight.statemigration.som.policy.Protection;
import org.opendaylight.statemigration.som.request.VmReference;

class ProtectionTest {
    private static final Duration INTERVAL = Duration.ofMillis(20);
    private static final StateHostId FW1 = new StateHostId("fw1");
    private static final StateHostId FW2 = new StateHostId("fw2");

    private final List<Flow> flows = TestFlows.of(TestFlows.VM, 250);
    private final MasterFixture masterFixture = new MasterFixture("fw1", "fw2");

    @BeforeEach
    void putFlows() {
        masterFixture.agent("fw1").put(flows);
    }

    @AfterEach
    void close() {
        masterFixture.close();
    }

    private void protect(final Protection protection, final int flowsAtMost) {
        masterFixture.policy(masterFixture.policy()
            .protecting(new Policy.Protections(List.of(protection), flowsAtMost)));
        masterFixture.checkpointManager.init();
    }

    private void protectVm() {
        protect(new Protection("vm1", Optional.of(VmReference.of(TestFlows.VM)), Set.of(FW1), INTERVAL), 1000);
        awaitCheckpoint(State.CURRENT, flows.size());
    }

    private CheckpointRecord awaitCheckpoint(final State state, final int count) {
        masterFixture.awaitTrue(state + " with " + count + " flows", () -> masterFixture.observer.checkpoints().stream()
            .anyMatch(one -> one.state() == state && one.flows() == count));
        return masterFixture.observer.checkpoints().getFirst();
    }

    private static InventoryVm vm(final StateHostId... passes) {
        return new InventoryVm("dc1", "vm1", TestFlows.VM.addresses(), Optional.empty(), Optional.empty(),
            Optional.empty(), Set.of(passes));
    }

    @Test
    void checkpointFollowsTheFlows() {
        protectVm();
        final var more = TestFlows.of(TestFlows.VM, "192.0.2.81", 7);
        masterFixture.agent("fw1").put(more);
        awaitCheckpoint(State.CURRENT, flows.size() + 7);
        masterFixture.agent("fw1").end(flows);
        final var last = awaitCheckpoint(State.CURRENT, 7);
        assertTrue(last.age().orElseThrow().compareTo(Duration.ofSeconds(5)) < 0, last.toString());
        assertEquals(Set.copyOf(more), masterFixture.agent("fw1").flows(), "Nothing is changed at the State Host");
    }

    @Test
    void vmsWhoseFlowsPassAProtectedHostAreProtected() {
        masterFixture.vms(vm(FW1), new InventoryVm("dc1", "vm2", TestFlows.OTHER_VM.addresses(),
            Optional.empty(),
            Optional.empty(), Optional.empty(), Set.of(FW2)));
        protect(new Protection("fw1", Optional.empty(), Set.of(FW1), INTERVAL), 1000);
        assertEquals(Optional.of("vm1"), awaitCheckpoint(State.CURRENT, flows.size()).vmName());
        assertEquals(1, masterFixture.observer.checkpoints().size());
    }

    @Test
    void vmByNameIsProtectedWhereItsFlowsPass() {
        masterFixture.vms(vm(FW1));
        protect(new Protection("vm1", Optional.of(new VmReference(Set.of(), Optional.empty(), Optional.of("vm1"),
            Optional.empty(), Optional.empty())), Set.of(), INTERVAL), 1000);
        assertEquals(FW1, awaitCheckpoint(State.CURRENT, flows.size()).key().host());
    }

    @Test
    void flowsOfADeadHostAreRestoredAndWhatWasLostIsTold() throws Exception {
        protectVm();
        masterFixture.disconnect("fw1");
        final var late = TestFlows.of(TestFlows.VM, "192.0.2.81", 3);
        masterFixture.agent("fw1").put(late);
        awaitCheckpoint(State.ORPHANED, flows.size());

        final var id = masterFixture.master.notify(MasterFixture.notification(TestFlows.VM, "fw1", "fw2"));
        final var leg = masterFixture.await(id, Phase.COMPLETED).legs().getFirst();
        assertEquals(Set.copyOf(flows), masterFixture.agent("fw2").flows());
        final var restoration = leg.restoration().orElseThrow();
        assertEquals(flows.size(), restoration.flows());
        assertTrue(restoration.age().toMillis() >= 0 && restoration.age().toMillis() < 10_000, leg.toString());
        assertTrue(restoration.sentence().contains("State Host fw1 is dead"), restoration.sentence());
        assertEquals(0, leg.counts().released());

        masterFixture.awaitTrue("A clean-up is pending", () -> masterFixture.observer.cleanUps().size() == 1);
        masterFixture.connect("fw1");
        masterFixture.awaitTrue("It is done", () -> masterFixture.observer.cleanUps().isEmpty());
        assertEquals(Set.of(), masterFixture.agent("fw1").flows(), "No pinhole stays, of late flows neither");
        masterFixture.assertNoHold();
    }

    @Test
    void hostThatIsPassedAgainDeletesNothing() throws Exception {
        masterFixture.vms(vm(FW1));
        protectVm();
        masterFixture.vms(vm(FW2));
        masterFixture.disconnect("fw1");
        masterFixture.await(masterFixture.master.notify(MasterFixture.notification(TestFlows.VM, "fw1", "fw2")),
            Phase.COMPLETED);
        masterFixture.vms(vm(FW1));
        masterFixture.connect("fw1");
        masterFixture.awaitTrue("It is not wanted any more", () -> masterFixture.observer.cleanUps().isEmpty());
        assertEquals(Set.copyOf(flows), masterFixture.agent("fw1").flows());
    }

    private void restoreAtSecond() throws Exception {
        protectVm();
        masterFixture.disconnect("fw1");
        masterFixture.await(masterFixture.master.notify(MasterFixture.notification(TestFlows.VM, "fw1", "fw2")),
            Phase.COMPLETED);
    }

    @Test
    void flowsThatMoveBackWhileACleanUpListsThemAreKept() throws Exception {
        restoreAtSecond();
        final var listed = masterFixture.latch(1);
        final var goOn = masterFixture.latch(1);
        onCleanUp(Request.UPLOAD, Fault.doneWaitingFor(listed, goOn));
        masterFixture.connect("fw1");
        listed.await();
        masterFixture.agent("fw2").fault(Request.RELEASE, Fault.waitingFor(masterFixture.latch(1), goOn));
        final var back = masterFixture.master.notify(MasterFixture.notification(TestFlows.VM, "fw2", "fw1"));
        masterFixture.await(back, Phase.RELEASING);
        goOn.countDown();
        masterFixture.await(back, Phase.COMPLETED);
        masterFixture.assertMoved(flows, "fw2", "fw1");
        masterFixture.awaitTrue("The list is forgotten", () -> cleanUpAsked(Request.ABORT));
        assertFalse(cleanUpAsked(Request.RELEASE));
        assertEquals(List.of(), masterFixture.observer.cleanUps());
        masterFixture.assertMoved(flows, "fw2", "fw1");
    }

    @Test
    void migrationBackWaitsForTheDeletion() throws Exception {
        restoreAtSecond();
        final var asked = masterFixture.latch(1);
        final var goOn = masterFixture.latch(1);
        onCleanUp(Request.RELEASE, Fault.waitingFor(asked, goOn));
        masterFixture.connect("fw1");
        asked.await();
        final var back = masterFixture.master.notify(MasterFixture.notification(TestFlows.VM, "fw2", "fw1"));
        masterFixture.pass(Duration.ofSeconds(10));
        assertEquals(Phase.NOTIFIED, masterFixture.record(back).phase());
        goOn.countDown();
        masterFixture.await(back, Phase.COMPLETED);
        masterFixture.assertMoved(flows, "fw2", "fw1");
        assertEquals(List.of(), masterFixture.observer.cleanUps());
    }

    @Test
    void vmThatPassesAgainWhileACleanUpListsItsFlowsKeepsThem() throws Exception {
        restoreAtSecond();
        final var listed = masterFixture.latch(1);
        final var goOn = masterFixture.latch(1);
        onCleanUp(Request.UPLOAD, Fault.doneWaitingFor(listed, goOn));
        masterFixture.connect("fw1");
        listed.await();
        masterFixture.vms(vm(FW1));
        goOn.countDown();
        masterFixture.awaitTrue("The list is forgotten", () -> cleanUpAsked(Request.ABORT));
        masterFixture.awaitTrue("It is not wanted any more", () -> masterFixture.observer.cleanUps().isEmpty());
        assertFalse(cleanUpAsked(Request.RELEASE));
        assertEquals(Set.copyOf(flows), masterFixture.agent("fw1").flows());
    }

    @Test
    void onlyWhatWasRestoredElsewhereIsDeleted() throws Exception {
        final var others = TestFlows.of(TestFlows.VM, "192.0.2.81", 7);
        masterFixture.agent("fw1").put(others);
        protect(new Protection("vm1", Optional.of(VmReference.of(TestFlows.VM)), Set.of(FW1), INTERVAL), 1000);
        awaitCheckpoint(State.CURRENT, flows.size() + others.size());
        masterFixture.disconnect("fw1");
        masterFixture.await(masterFixture.master.notify(new StateMigrationNotification(Origin.NOTIFICATION,
            Optional.empty(), TestFlows.VM,
            List.of(new Leg(FW1, FW2, List.of(IpPrefix.parse("192.0.2.80/32")))))), Phase.COMPLETED);
        masterFixture.connect("fw1");
        masterFixture.awaitTrue("It is done", () -> masterFixture.observer.cleanUps().isEmpty());
        assertEquals(Set.copyOf(others), masterFixture.agent("fw1").flows());
        assertEquals(Set.copyOf(flows), masterFixture.agent("fw2").flows());
    }

    /** Checkpoints and migrations ask the same State Host, undisturbed. */
    private void onCleanUp(final Request request, final Fault fault) {
        masterFixture.agent("fw1").fault(request, "x", fault);
    }

    private boolean cleanUpAsked(final Request request) {
        return masterFixture.agent("fw1").asked().stream()
            .anyMatch(one -> one.request() == request && one.migration().startsWith("x"));
    }

    @Test
    void sourceThatDiesUnderAMigrationIsReplacedByItsCheckpoint() throws Exception {
        protectVm();
        final var asked = masterFixture.latch(1);
        masterFixture.agent("fw1").fault(Request.UPLOAD, Fault.waitingFor(asked, masterFixture.latch(1)));
        final var id = masterFixture.master.notify(MasterFixture.notification(TestFlows.VM, "fw1", "fw2"));
        asked.await();
        masterFixture.disconnect("fw1");
        masterFixture.await(id, Phase.FAILED);
        masterFixture.awaitTrue("It goes on", () -> masterFixture.master.migrations().stream()
            .anyMatch(one -> one.retryOf().equals(Optional.of(id)) && one.phase() == Phase.COMPLETED));
        assertEquals(Set.copyOf(flows), masterFixture.agent("fw2").flows());
        assertEquals(2, masterFixture.master.migrations().size());
    }

    @Test
    void restorationThatFailsCanBeTriedAgain() throws Exception {
        protectVm();
        masterFixture.disconnect("fw1");
        masterFixture.agent("fw2").accept(flow -> false);
        final var id = masterFixture.master.notify(MasterFixture.notification(TestFlows.VM, "fw1", "fw2"));
        masterFixture.await(id, Phase.FAILED);
        assertEquals(Set.of(), masterFixture.agent("fw2").flows());
        assertEquals(List.of(), masterFixture.observer.cleanUps());
        masterFixture.agent("fw2").heal();
        masterFixture.await(masterFixture.master.retry(id), Phase.COMPLETED);
        assertEquals(Set.copyOf(flows), masterFixture.agent("fw2").flows());
    }

    @Test
    void checkpointOfOneVmIsNoneOfAnother() {
        protectVm();
        masterFixture.disconnect("fw1");
        final var rejection = assertThrows(MigrationRejectedException.class,
            () -> masterFixture.master.notify(MasterFixture.notification(TestFlows.OTHER_VM, "fw1", "fw2")));
        assertEquals(MigrationRejectedException.Kind.OPERATION_FAILED, rejection.kind());
    }

    @Test
    void deadDestinationHasNoStandIn() {
        protectVm();
        masterFixture.disconnect("fw1");
        assertThrows(MigrationRejectedException.class,
            () -> masterFixture.master.notify(MasterFixture.notification(TestFlows.VM, "fw2", "fw1")));
    }

    @Test
    void checkpointIsNoLargerThanPermitted() {
        protect(new Protection("vm1", Optional.of(VmReference.of(TestFlows.VM)), Set.of(FW1), INTERVAL), 100);
        final var record = awaitCheckpoint(State.IMPOSSIBLE, 0);
        assertTrue(record.detail().contains("all checkpoints together may have 100"), record.detail());
    }

    @Test
    void stateHostThatReturnsIsCheckpointedAnew() {
        protectVm();
        masterFixture.disconnect("fw1");
        awaitCheckpoint(State.ORPHANED, flows.size());
        masterFixture.agent("fw1").end(flows.subList(0, 50));
        masterFixture.connect("fw1");
        awaitCheckpoint(State.CURRENT, 200);
        final var followed = new HashSet<String>();
        masterFixture.agent("fw1").asked().stream().filter(one -> one.request() == Request.FOLLOW)
            .forEach(one -> followed.add(one.migration()));
        assertEquals(2, followed.size(), "Each under an identity of its own");
        assertFalse(followed.contains(""));
    }
}
