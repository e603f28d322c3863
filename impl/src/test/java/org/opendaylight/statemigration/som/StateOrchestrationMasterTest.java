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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.opendaylight.statemigration.flow.Flow;
import org.opendaylight.statemigration.flow.Identifiers;
import org.opendaylight.statemigration.host.HostProfile;
import org.opendaylight.statemigration.host.IpPrefix;
import org.opendaylight.statemigration.host.StateHostId;
import org.opendaylight.statemigration.ifma.AgentException;
import org.opendaylight.statemigration.ifma.HoldKind;
import org.opendaylight.statemigration.ifma.MigrationId;
import org.opendaylight.statemigration.ifma.RefusalReason;
import org.opendaylight.statemigration.ifmt.MigrationRejectedException;
import org.opendaylight.statemigration.ifmt.MigrationRejectedException.Kind;
import org.opendaylight.statemigration.ifmt.StateMigrationNotification;
import org.opendaylight.statemigration.ifmt.StateMigrationNotification.Leg;
import org.opendaylight.statemigration.ifmt.StateMigrationNotification.Origin;
import org.opendaylight.statemigration.som.FakeAgent.Request;

@Timeout(60)
class StateOrchestrationMasterTest {
    private final Lab lab = new Lab("fw1", "fw2", "fw3", "fw4");
    private final List<Flow> flows = TestFlows.of(TestFlows.VM, 1234);

    @AfterEach
    void close() {
        lab.close();
        assertFalse(lab.observer.overlapped(), "Calls about one migration overlapped");
    }

    private MigrationId migrate() throws MigrationRejectedException {
        return lab.master.notify(Lab.notification(TestFlows.VM, "fw1", "fw2"));
    }

    @Test
    void flowsMoveInChunks() throws Exception {
        lab.agent("fw1").put(flows);
        final var id = migrate();
        final var record = lab.await(id, Phase.COMPLETED);
        lab.assertMoved(flows, "fw1", "fw2");
        final var leg = record.legs().getFirst();
        assertEquals(new MigrationRecord.Counts(1234, 1234, 1234, 0, 0, 1234, 1234, 0, 3), leg.counts());
        assertEquals(Optional.of(HoldKind.QUEUE), leg.hold());
        assertEquals(Set.of(Phase.NOTIFIED, Phase.PREPARING, Phase.TRANSFERRING, Phase.COMMITTING, Phase.RELEASING),
            leg.timings().keySet());
        assertTrue(record.endedAt().isPresent());
        assertEquals(Optional.empty(), record.failure());
        assertEquals(List.of(Phase.NOTIFIED, Phase.PREPARING, Phase.TRANSFERRING, Phase.COMMITTING, Phase.RELEASING,
            Phase.COMPLETED), lab.phases(id).toList());
        assertEquals(List.of(id), lab.observer.notified());
        assertEquals(record, lab.observer.changes(id).getLast());
        assertEquals(Duration.ofSeconds(30), lab.agent("fw2").lastLease());
    }

    @Test
    void noStepIsAskedTwiceWhenNothingGoesWrong() throws Exception {
        lab.agent("fw1").put(flows);
        lab.await(migrate(), Phase.COMPLETED);
        assertEquals(List.of(Request.PROFILE, Request.UPLOAD, Request.UPLOAD, Request.UPLOAD, Request.RELEASE),
            lab.agent("fw1").requests());
        assertEquals(List.of(Request.PROFILE, Request.GET_READY, Request.DOWNLOAD, Request.DOWNLOAD,
            Request.DOWNLOAD, Request.COMMIT), lab.agent("fw2").requests());
    }

    @Test
    void aMachineWithoutFlowsIsMigratedToo() throws Exception {
        final var record = lab.await(migrate(), Phase.COMPLETED);
        assertEquals(MigrationRecord.Counts.NONE, record.legs().getFirst().counts());
        lab.assertNoHold();
        assertEquals(1, lab.agent("fw2").asked(Request.COMMIT));
    }

    @Test
    void flowsOfOthersStay() throws Exception {
        final var others = TestFlows.of(TestFlows.OTHER_VM, 10);
        lab.agent("fw1").put(flows);
        lab.agent("fw1").put(others);
        lab.await(migrate(), Phase.COMPLETED);
        assertEquals(Set.copyOf(others), lab.agent("fw1").flows());
        assertEquals(Set.copyOf(flows), lab.agent("fw2").flows());
    }

    @Test
    void firstUploadDoesNotWaitForGetReady() throws Exception {
        final var asked = new CountDownLatch(1);
        final var gate = new CountDownLatch(1);
        lab.agent("fw1").put(flows);
        lab.agent("fw2").fault(Request.GET_READY, Fault.waitingFor(asked, gate));
        final var id = migrate();
        asked.await();
        Lab.awaitTrue("chunks come", () -> lab.agent("fw1").asked(Request.UPLOAD) >= 2);
        assertEquals(0, lab.agent("fw2").asked(Request.DOWNLOAD));
        gate.countDown();
        lab.await(id, Phase.COMPLETED);
    }

    @Test
    void nextChunkIsUploadedDuringADownloadButMemoryStaysBounded() throws Exception {
        final var many = TestFlows.of(TestFlows.VM, 10_000);
        final var asked = new CountDownLatch(1);
        final var gate = new CountDownLatch(1);
        lab.agent("fw1").put(many);
        lab.agent("fw2").fault(Request.DOWNLOAD, Fault.waitingFor(asked, gate));
        final var id = migrate();
        asked.await();
        // One being downloaded, two that wait, one in the hands of the reader
        Lab.awaitTrue("chunks come", () -> lab.agent("fw1").asked(Request.UPLOAD) == 4);
        TimeUnit.MILLISECONDS.sleep(50);
        assertEquals(4, lab.agent("fw1").asked(Request.UPLOAD));
        gate.countDown();
        lab.await(id, Phase.COMPLETED);
        lab.assertMoved(many, "fw1", "fw2");
    }

    @Test
    void chunksAreNoLargerThanTheSmallestLimit() throws Exception {
        lab.agent("fw1").put(flows);
        final var agent = lab.agent("fw2");
        agent.tell(agent.profileWith(new HostProfile.Limits(100, 5000, 4, 7)));
        lab.disconnect("fw2");
        lab.connect("fw2");
        final var record = lab.await(migrate(), Phase.COMPLETED);
        assertEquals(13, record.legs().getFirst().counts().chunks());
        assertEquals(Duration.ofSeconds(7), agent.lastLease());
    }

    @Test
    void moreFlowsThanPermittedAreNotTouched() throws Exception {
        lab.agent("fw1").put(flows);
        final var agent = lab.agent("fw2");
        agent.tell(agent.profileWith(new HostProfile.Limits(100, 1000, 4, 7)));
        lab.disconnect("fw2");
        lab.connect("fw2");
        final var record = lab.await(migrate(), Phase.FAILED);
        assertEquals(FailureReason.LIMIT_EXCEEDED, record.failure().orElseThrow().reason());
        lab.assertUndone(flows, "fw1", "fw2");
    }

    @Test
    void legsCommitTogetherAndHaveIdentitiesOfTheirOwn() throws Exception {
        final var web = TestFlows.of(TestFlows.VM, "192.0.2.80", 700);
        final var mail = TestFlows.of(TestFlows.VM, "198.51.100.25", 600);
        lab.agent("fw1").put(web);
        lab.agent("fw1").put(mail);
        final var gate = new CountDownLatch(1);
        final var asked = new CountDownLatch(1);
        lab.agent("fw3").fault(Request.DOWNLOAD, Fault.waitingFor(asked, gate));
        final var source = new StateHostId("fw1");
        final var id = lab.master.notify(new StateMigrationNotification(Origin.TOPOLOGY, Optional.of("vm1"),
            TestFlows.VM, List.of(
                new Leg(source, new StateHostId("fw2"), List.of(IpPrefix.parse("192.0.2.0/24"))),
                new Leg(source, new StateHostId("fw3"), List.of(IpPrefix.parse("198.51.100.0/24"))))));
        asked.await();
        Lab.awaitTrue("first leg is there", () -> lab.agent("fw2").flows().size() == 700);
        assertEquals(0, lab.agent("fw2").asked(Request.COMMIT));
        assertEquals(Phase.TRANSFERRING, lab.record(id).phase());
        gate.countDown();
        lab.await(id, Phase.COMPLETED);
        assertEquals(Set.copyOf(web), lab.agent("fw2").flows());
        assertEquals(Set.copyOf(mail), lab.agent("fw3").flows());
        assertEquals(Set.of(), lab.agent("fw1").flows());
        assertEquals(Set.of("", id + ".1", id + ".2"), Set.copyOf(lab.agent("fw1").asked().stream()
            .map(FakeAgent.Asked::migration).toList()));
    }

    @Test
    void oneLegThatFailsUndoesTheCommittedOther() throws Exception {
        final var left = TestFlows.of(TestFlows.VM, 50);
        lab.agent("fw1").put(left);
        lab.agent("fw3").put(left);
        lab.agent("fw4").fault(Request.COMMIT, real -> {
            Lab.awaitTrue("the other is committed",
                () -> lab.agent("fw2").stages().contains(FakeAgent.Stage.COMMITTED));
            throw new AgentException(AgentException.Kind.OPERATION_FAILED, "Flows differ");
        });
        final var id = lab.master.notify(Lab.notification(TestFlows.VM, "fw1", "fw2", "fw3", "fw4"));
        final var record = lab.await(id, Phase.FAILED);
        assertEquals(FailureReason.VERIFICATION_FAILED, record.failure().orElseThrow().reason());
        assertEquals(Optional.empty(), record.legs().getFirst().failure());
        assertEquals(record.failure(), record.legs().get(1).failure());
        lab.assertUndone(left, "fw1", "fw2");
        lab.assertUndone(left, "fw3", "fw4");
        assertEquals(0, lab.agent("fw1").asked(Request.RELEASE) + lab.agent("fw3").asked(Request.RELEASE));
    }

    @Test
    void leaseIsRenewedWhileALegWaitsForAnother() throws Exception {
        for (var host : List.of("fw2", "fw4")) {
            final var agent = lab.agent(host);
            agent.tell(agent.profileWith(new HostProfile.Limits(100, 5000, 4, 1)));
            lab.disconnect(host);
            lab.connect(host);
        }
        final var asked = new CountDownLatch(1);
        final var gate = new CountDownLatch(1);
        lab.agent("fw1").put(TestFlows.of(TestFlows.VM, 10));
        // The second leg waits for its source
        lab.agent("fw3").fault(Request.UPLOAD, Fault.waitingFor(asked, gate));
        final var id = lab.master.notify(Lab.notification(TestFlows.VM, "fw1", "fw2", "fw3", "fw4"));
        asked.await();
        Lab.awaitTrue("both leases are renewed", () -> lab.agent("fw2").asked(Request.GET_READY) >= 3
            && lab.agent("fw4").asked(Request.GET_READY) >= 3);
        gate.countDown();
        lab.await(id, Phase.COMPLETED);
        final var last = lab.agent("fw2").asked().getLast().request();
        assertEquals(Request.COMMIT, last);
    }

    @Test
    void twoMachinesMigrateAtOneTime() throws Exception {
        final var asked = new CountDownLatch(2);
        final var gate = new CountDownLatch(1);
        lab.agent("fw2").fault(Request.GET_READY, Fault.waitingFor(asked, gate));
        lab.agent("fw1").put(flows);
        lab.agent("fw1").put(TestFlows.of(TestFlows.OTHER_VM, 10));
        final var first = migrate();
        final var second = lab.master.notify(Lab.notification(TestFlows.OTHER_VM, "fw1", "fw2"));
        assertTrue(asked.await(10, TimeUnit.SECONDS), "Both are under way");
        gate.countDown();
        lab.await(first, Phase.COMPLETED);
        lab.await(second, Phase.COMPLETED);
        assertEquals(1244, lab.agent("fw2").flows().size());
    }

    @Test
    void migrationsOfOneMachineGoOneAfterTheOther() throws Exception {
        lab.agent("fw1").put(flows);
        final var asked = new CountDownLatch(1);
        final var gate = new CountDownLatch(1);
        lab.agent("fw2").fault(Request.GET_READY, Fault.waitingFor(asked, gate));
        final var first = migrate();
        final var second = lab.master.notify(Lab.notification(TestFlows.VM, "fw2", "fw3"));
        final var third = lab.master.notify(Lab.notification(TestFlows.VM, "fw3", "fw4"));
        asked.await();
        assertEquals(Phase.NOTIFIED, lab.record(second).phase());
        assertEquals(0, lab.agent("fw2").asked(Request.UPLOAD));
        gate.countDown();
        lab.await(third, Phase.COMPLETED);
        assertEquals(Phase.COMPLETED, lab.record(first).phase());
        assertEquals(Phase.COMPLETED, lab.record(second).phase());
        lab.assertMoved(flows, "fw1", "fw4");
        assertEquals(List.of(first, second, third),
            lab.master.migrations().stream().map(MigrationRecord::id).toList());
    }

    @Test
    void placesAndQueueAreBounded() throws Exception {
        lab.policy(new Policy(lab.policy().authorized(), new Policy.Limits(1000, 100, 1, 1, 100), Lab.Timers.SLOW));
        final var asked = new CountDownLatch(1);
        final var gate = new CountDownLatch(1);
        lab.agent("fw2").fault(Request.GET_READY, Fault.waitingFor(asked, gate));
        final var first = migrate();
        asked.await();
        final var second = lab.master.notify(Lab.notification(TestFlows.OTHER_VM, "fw3", "fw4"));
        final var rejection = assertThrows(MigrationRejectedException.class,
            () -> lab.master.notify(Lab.notification(TestFlows.vm("10.0.0.3"), "fw3", "fw4")));
        assertEquals(Kind.RESOURCE_DENIED, rejection.kind());
        assertEquals(Phase.NOTIFIED, lab.record(second).phase());
        gate.countDown();
        lab.await(first, Phase.COMPLETED);
        lab.await(second, Phase.COMPLETED);
    }

    @Test
    void announcedMovesThatWaitKeepOutNobodyWhoHasMoved() throws Exception {
        lab.policy(new Policy(lab.policy().authorized(), new Policy.Limits(1000, 100, 1, 2, 100), Lab.Timers.SLOW,
            new Policy.Planned(1, Duration.ofMillis(5), Duration.ofMinutes(10)), Policy.Leniency.NONE));
        for (int number = 11; number < 14; number++) {
            lab.master.announce(Lab.notification(TestFlows.vm("10.0.0." + number), "fw3", "fw4"));
        }
        assertEquals(Kind.RESOURCE_DENIED, assertThrows(MigrationRejectedException.class,
            () -> lab.master.announce(Lab.notification(TestFlows.vm("10.0.0.14"), "fw3", "fw4"))).kind());
        final var asked = new CountDownLatch(1);
        final var gate = new CountDownLatch(1);
        lab.agent("fw2").fault(Request.GET_READY, Fault.waitingFor(asked, gate));
        final var moved = new ArrayList<>(List.of(migrate()));
        asked.await();
        for (int number = 15; number < 17; number++) {
            moved.add(lab.master.notify(Lab.notification(TestFlows.vm("10.0.0." + number), "fw3", "fw4")));
        }
        assertEquals(Kind.RESOURCE_DENIED, assertThrows(MigrationRejectedException.class,
            () -> lab.master.notify(Lab.notification(TestFlows.vm("10.0.0.17"), "fw3", "fw4"))).kind());
        gate.countDown();
        for (var id : moved) {
            lab.await(id, Phase.COMPLETED);
        }
    }

    @Test
    void noMoreMigrationsAreOpenAtAStateHostThanItPermits() throws Exception {
        final var agent = lab.agent("fw2");
        agent.tell(agent.profileWith(new HostProfile.Limits(500, 5000, 2, 60)));
        lab.disconnect("fw2");
        lab.connect("fw2");
        final var ids = new ArrayList<MigrationId>();
        for (int number = 11; number < 19; number++) {
            ids.add(lab.master.notify(Lab.notification(TestFlows.vm("10.0.0." + number), "fw1", "fw2")));
        }
        for (var id : ids) {
            lab.await(id, Phase.COMPLETED);
        }
    }

    @Test
    void onlyRecentMigrationsAreShown() throws Exception {
        lab.policy(new Policy(lab.policy().authorized(), new Policy.Limits(1000, 100, 8, 10, 2), Lab.Timers.SLOW));
        final var ids = new ArrayList<MigrationId>();
        for (int count = 0; count < 4; count++) {
            ids.add(migrate());
            lab.await(ids.getLast(), Phase.COMPLETED);
        }
        Lab.awaitTrue("the last two are shown", () -> lab.master.migrations().stream().map(MigrationRecord::id).toList()
            .equals(ids.subList(2, 4)));
        Lab.awaitTrue("the others are forgotten",
            () -> Set.copyOf(lab.observer.forgotten()).equals(Set.copyOf(ids.subList(0, 2))));
        assertEquals(4, new HashSet<>(ids).size());
        assertEquals(Kind.DATA_MISSING,
            assertThrows(MigrationRejectedException.class, () -> lab.master.cancel(ids.getFirst())).kind());
    }

    @Test
    void waitingMigrationIsCancelledWithoutAnyRequest() throws Exception {
        final var asked = new CountDownLatch(1);
        final var gate = new CountDownLatch(1);
        lab.agent("fw2").fault(Request.GET_READY, Fault.waitingFor(asked, gate));
        final var first = migrate();
        final var second = lab.master.notify(Lab.notification(TestFlows.VM, "fw3", "fw4"));
        asked.await();
        lab.master.cancel(second);
        assertEquals(Phase.CANCELLED, lab.record(second).phase());
        gate.countDown();
        lab.await(first, Phase.COMPLETED);
        assertEquals(List.of(Request.PROFILE), lab.agent("fw4").requests());
    }

    @Test
    void cancelledInEachPhaseBeforeTheReleaseItIsUndone() throws Exception {
        lab.agent("fw1").put(flows);
        for (var request : List.of(Request.GET_READY, Request.DOWNLOAD, Request.COMMIT)) {
            final var asked = new CountDownLatch(1);
            lab.agent("fw2").fault(request, Fault.waitingFor(asked, new CountDownLatch(1)));
            final var id = migrate();
            asked.await();
            lab.master.cancel(id);
            final var record = lab.await(id, Phase.CANCELLED);
            assertEquals(FailureReason.CANCELLED, record.failure().orElseThrow().reason());
            lab.assertUndone(flows, "fw1", "fw2");
            assertEquals(Kind.OPERATION_FAILED,
                assertThrows(MigrationRejectedException.class, () -> lab.master.cancel(id)).kind());
            lab.agent("fw2").heal();
        }
    }

    @Test
    void cancelIsTooLateOnceTheReleaseHasBegun() throws Exception {
        lab.agent("fw1").put(flows);
        final var asked = new CountDownLatch(1);
        final var gate = new CountDownLatch(1);
        lab.agent("fw1").fault(Request.RELEASE, Fault.waitingFor(asked, gate));
        final var id = migrate();
        asked.await();
        final var rejection = assertThrows(MigrationRejectedException.class, () -> lab.master.cancel(id));
        assertEquals(Kind.OPERATION_FAILED, rejection.kind());
        gate.countDown();
        lab.await(id, Phase.COMPLETED);
        lab.assertMoved(flows, "fw1", "fw2");
    }

    @Test
    void failedMigrationIsTriedAgainUnderANewIdentity() throws Exception {
        lab.agent("fw1").put(flows);
        lab.agent("fw2").accept(flow -> !flow.equals(flows.get(600)));
        final var failed = migrate();
        final var record = lab.await(failed, Phase.FAILED);
        assertEquals(FailureReason.FLOWS_REFUSED, record.failure().orElseThrow().reason());
        assertTrue(record.failure().orElseThrow().detail().contains(flows.get(600).key().toString()),
            record.failure().orElseThrow().detail());
        assertEquals(1, record.legs().getFirst().counts().refused());
        lab.assertUndone(flows, "fw1", "fw2");

        lab.agent("fw2").heal();
        final var again = lab.master.retry(failed);
        assertEquals(Optional.of(failed), lab.await(again, Phase.COMPLETED).retryOf());
        lab.assertMoved(flows, "fw1", "fw2");
        assertEquals(Kind.OPERATION_FAILED,
            assertThrows(MigrationRejectedException.class, () -> lab.master.retry(again)).kind());
        assertEquals(Kind.DATA_MISSING, assertThrows(MigrationRejectedException.class,
            () -> lab.master.retry(new MigrationId("m-none"))).kind());
    }

    @Test
    void hostThatIsDeauthorizedWhileAMigrationWaitsFailsIt() throws Exception {
        final var asked = new CountDownLatch(1);
        final var gate = new CountDownLatch(1);
        lab.agent("fw2").fault(Request.GET_READY, Fault.waitingFor(asked, gate));
        final var first = migrate();
        final var second = lab.master.notify(Lab.notification(TestFlows.VM, "fw3", "fw4"));
        asked.await();
        lab.policy(new Policy(Map.of(new StateHostId("fw3"), Policy.Authorization.ALL), Policy.Limits.DEFAULT,
            Lab.Timers.SLOW));
        gate.countDown();
        // The one under way has to end, although its hosts may not begin another
        lab.await(first, Phase.COMPLETED);
        assertEquals(FailureReason.STATE_HOST_UNAUTHORIZED,
            lab.await(second, Phase.FAILED).failure().orElseThrow().reason());
    }

    private static boolean isOdd(final Flow flow) {
        return ((Identifiers.Ports) flow.key().original().identifiers()).source() % 2 != 0;
    }

    @Test
    void planTellsWhatWouldHappenAndChangesNothing() throws Exception {
        lab.agent("fw1").put(flows);
        lab.agent("fw2").accept(flow -> !isOdd(flow));
        final long odd = flows.stream().filter(StateOrchestrationMasterTest::isOdd).count();
        final var plan = lab.master.plan(Lab.notification(TestFlows.VM, "fw1", "fw2"));
        assertEquals(1234, plan.flows());
        assertEquals(odd, plan.refused());
        assertEquals(MigrationPlan.MAX_REFUSALS, plan.refusals().size());
        final var refusal = plan.refusals().getFirst();
        assertEquals(RefusalReason.POLICY_DENIED, refusal.reason());
        assertTrue(isOdd(refusal.flow()));
        lab.assertUndone(flows, "fw1", "fw2");
        assertEquals(Set.of(FakeAgent.Stage.ABORTED), lab.agent("fw1").stages());
        assertEquals(Set.of(), lab.agent("fw2").stages());
        assertEquals(List.of(), lab.master.migrations());
    }

    @Test
    void planFailsWithASentenceAndLeavesNothingBehind() throws Exception {
        lab.agent("fw1").put(flows);
        lab.agent("fw2").fault(Request.ASSESS, Fault.refusing(AgentException.Kind.OPERATION_FAILED));
        final var rejection = assertThrows(MigrationRejectedException.class,
            () -> lab.master.plan(Lab.notification(TestFlows.VM, "fw1", "fw2")));
        assertEquals(Kind.OPERATION_FAILED, rejection.kind());
        assertEquals(Set.of(FakeAgent.Stage.ABORTED), lab.agent("fw1").stages());
        assertEquals(Kind.INVALID_VALUE, assertThrows(MigrationRejectedException.class,
            () -> lab.master.plan(Lab.notification(TestFlows.VM, "fw1", "fw9"))).kind());
        assertEquals(Kind.INVALID_VALUE, assertThrows(MigrationRejectedException.class,
            () -> lab.master.plan(Lab.notification(TestFlows.VM, "fw1", "fw2", "fw3", "fw4"))).kind());
    }

    @Test
    void planEndsInTimeAlthoughAHostIsSilent() {
        lab.policy(new Policy(lab.policy().authorized(), Policy.Limits.DEFAULT, Lab.Timers.QUICK));
        lab.agent("fw1").fault(Request.UPLOAD, Fault.silence());
        assertEquals(Kind.OPERATION_FAILED, assertThrows(MigrationRejectedException.class,
            () -> lab.master.plan(Lab.notification(TestFlows.VM, "fw1", "fw2"))).kind());
    }

    @Test
    void closingUndoesWhatIsUnderWay() throws Exception {
        lab.agent("fw1").put(flows);
        final var asked = new CountDownLatch(1);
        lab.agent("fw2").fault(Request.COMMIT, Fault.waitingFor(asked, new CountDownLatch(1)));
        final var id = migrate();
        asked.await();
        lab.master.close();
        assertEquals(Phase.CANCELLED, lab.record(id).phase());
        lab.assertUndone(flows, "fw1", "fw2");
        assertEquals(Kind.OPERATION_FAILED, assertThrows(MigrationRejectedException.class, this::migrate).kind());
    }

    @Test
    void anObserverThatThrowsDoesNotStopAMigration() throws Exception {
        lab.agent("fw1").put(flows);
        lab.observer.fail();
        final var id = migrate();
        lab.await(id, Phase.COMPLETED);
        lab.assertMoved(flows, "fw1", "fw2");
        lab.await(migrate(), Phase.COMPLETED);
    }
}
