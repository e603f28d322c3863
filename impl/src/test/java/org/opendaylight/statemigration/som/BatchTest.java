// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.opendaylight.statemigration.flow.Flow;
import org.opendaylight.statemigration.host.VmIdentity;
import org.opendaylight.statemigration.ifma.AgentException;
import org.opendaylight.statemigration.ifmt.MigrationBatch;
import org.opendaylight.statemigration.ifmt.MigrationRejectedException;
import org.opendaylight.statemigration.ifmt.StateMigrationNotification;
import org.opendaylight.statemigration.ifmt.VmRejection;
import org.opendaylight.statemigration.som.SimulatedStateHost.Request;
import org.opendaylight.statemigration.som.model.BatchId;
import org.opendaylight.statemigration.som.model.BatchRecord;
import org.opendaylight.statemigration.som.model.BatchRecord.Migrating;
import org.opendaylight.statemigration.som.model.BatchRecord.Rejected;
import org.opendaylight.statemigration.som.model.Phase;
import org.opendaylight.statemigration.som.policy.Policy;

class BatchTest {
    private static final int VMS = 12;

    private final List<Flow> flows = new ArrayList<>();
    private MasterFixture masterFixture = new MasterFixture("fw1", "fw2");

    @AfterEach
    void close() {
        masterFixture.close();
    }

    private static VmIdentity vm(final int number) {
        return TestFlows.vm("10.0.0." + number);
    }

    private List<StateMigrationNotification> notifications() {
        return IntStream.rangeClosed(1, VMS).mapToObj(number -> {
            flows.addAll(TestFlows.of(vm(number), 3));
            masterFixture.agent("fw1").put(TestFlows.of(vm(number), 3));
            return MasterFixture.notification(vm(number), "fw1", "fw2");
        }).toList();
    }

    private static MigrationBatch batch(final List<StateMigrationNotification> notifications, final int concurrency) {
        return new MigrationBatch("nve1 is drained", false, OptionalInt.of(concurrency), notifications);
    }

    private BatchRecord shown(final BatchId id) {
        awaitShown(id, "it is there", batch -> true);
        return masterFixture.observer.batch(id);
    }

    private void awaitShown(final BatchId id, final String what, final Predicate<BatchRecord> condition) {
        masterFixture.awaitTrue("Batch " + id + " is shown, and that " + what, () -> {
            final var batch = masterFixture.observer.batch(id);
            return batch != null && condition.test(batch);
        });
    }

    private BatchRecord awaitEnd(final BatchId id) {
        awaitShown(id, "it has ended", batch -> batch.endedAt().isPresent());
        return shown(id);
    }

    @Test
    void vmsBeginInOrder() {
        final var submission = masterFixture.master.submit(batch(notifications(), 1), List.of());
        final var ended = awaitEnd(submission.id());
        final var ids = submission.answers().stream()
            .map(answer -> ((MigrationBatch.Accepted) answer).migration()).toList();
        assertEquals(ids, ended.members().stream().map(member -> ((Migrating) member).migration()).toList());
        assertEquals(ids, masterFixture.observer.started());
        masterFixture.assertMoved(flows, "fw1", "fw2");
    }

    @Test
    void noMoreThanPermittedAreUnderWayAtOneTime() {
        final var under = new AtomicInteger();
        final var most = new AtomicInteger();
        masterFixture.agent("fw1").fault(Request.UPLOAD, real -> {
            most.accumulateAndGet(under.incrementAndGet(), Math::max);
            masterFixture.simulation.sleep(Duration.ofMillis(5));
            return real.call();
        });
        masterFixture.agent("fw1").fault(Request.RELEASE, real -> {
            under.decrementAndGet();
            return real.call();
        });
        final var ended = awaitEnd(masterFixture.master.submit(batch(notifications(), 3), List.of()).id());
        assertEquals(VMS, ended.count(phase -> phase == Phase.COMPLETED));
        assertEquals(3, most.get());
        masterFixture.assertMoved(flows, "fw1", "fw2");
    }

    @Test
    void progressIsToldAsItGoes() throws Exception {
        final var gate = masterFixture.latch(1);
        masterFixture.agent("fw2").fault(Request.COMMIT, Fault.waitingFor(masterFixture.latch(1), gate).after(4));
        final var id = masterFixture.master.submit(batch(notifications(), 2), List.of()).id();
        awaitShown(id, "four are done, two are under way", now -> now.count(phase -> phase == Phase.COMPLETED) == 4
            && now.count(phase -> phase == Phase.NOTIFIED) == VMS - 6 && now.endedAt().isEmpty());
        gate.countDown();
        assertEquals(VMS, awaitEnd(id).count(phase -> phase == Phase.COMPLETED));
    }

    @Test
    void oneThatFailsOrIsRejectedDoesNotStopTheOthers() {
        final var moving = new ArrayList<>(notifications());
        moving.set(5, MasterFixture.notification(vm(6), "fw1", "fw9"));
        masterFixture.agent("fw2").fault(Request.COMMIT, Fault.refusing(AgentException.Kind.OPERATION_FAILED).times(1));
        final var submission = masterFixture.master.submit(batch(moving, 1),
            List.of(new Rejected("vm99", new VmRejection.Unknown("vm-name vm99"))));
        final var ended = awaitEnd(submission.id());
        assertEquals(VMS - 2, ended.count(phase -> phase == Phase.COMPLETED));
        assertEquals(1, ended.count(phase -> phase == Phase.FAILED));
        assertEquals(2, ended.rejected());
        assertTrue(submission.answers().get(5) instanceof MigrationBatch.Rejected);
        assertTrue(((Rejected) ended.members().get(5)).why().detail().contains("fw9"), ended.toString());
    }

    @Test
    void cancelledBatchLeavesTheRestAtTheSource() throws Exception {
        final var gate = masterFixture.latch(1);
        final var asked = masterFixture.latch(1);
        masterFixture.agent("fw2").fault(Request.COMMIT, Fault.waitingFor(asked, gate).after(3));
        final var id = masterFixture.master.submit(batch(notifications(), 1), List.of()).id();
        asked.await();
        masterFixture.agent("fw2").fault(Request.COMMIT, Fault.silence());
        assertEquals(VMS - 3, masterFixture.master.cancel(id));
        final var ended = awaitEnd(id);
        assertEquals(3, ended.count(phase -> phase == Phase.COMPLETED));
        assertEquals(VMS - 3, ended.count(phase -> phase == Phase.CANCELLED));
        masterFixture.assertNothingLost(flows);
        assertEquals(9, masterFixture.agent("fw2").flows().size());
        masterFixture.assertNoHold();
        assertEquals(0, masterFixture.master.cancel(id), "Nothing is left to be stopped");
    }

    private BatchId announce(final int concurrency) {
        masterFixture.policy(new Policy(masterFixture.policy().authorized(), Policy.Limits.DEFAULT,
            MasterFixture.Timers.SLOW,
            new Policy.Planned(64, Duration.ofMillis(5), Duration.ofMinutes(10)), Policy.Leniency.NONE));
        return masterFixture.master.submit(new MigrationBatch("nve1 is drained", true, OptionalInt.of(concurrency),
            notifications()), List.of()).id();
    }

    private void awaitCount(final BatchId id, final Phase phase, final int count) {
        awaitShown(id, count + " are " + phase, batch -> batch.count(phase::equals) == count);
    }

    @Test
    void noMoreThanPermittedAreCopiedForTheFirstTimeAtOneTime() {
        final var under = new AtomicInteger();
        final var most = new AtomicInteger();
        masterFixture.agent("fw1").fault(Request.FOLLOW, real -> {
            most.accumulateAndGet(under.incrementAndGet(), Math::max);
            masterFixture.simulation.sleep(Duration.ofMillis(5));
            return real.call();
        });
        masterFixture.agent("fw2").fault(Request.DOWNLOAD, real -> {
            final var answer = real.call();
            under.decrementAndGet();
            return answer;
        });
        awaitCount(announce(3), Phase.STANDING_BY, VMS);
        assertEquals(3, most.get());
        masterFixture.awaitTrue("All are copied", () -> masterFixture.agent("fw2").flows().equals(Set.copyOf(flows)));
    }

    @Test
    void oneThatCannotBeCopiedDoesNotStopTheOthers() {
        masterFixture.agent("fw2").fault(Request.GET_READY, Fault.refusing(AgentException.Kind.OPERATION_FAILED)
            .times(1));
        final var id = announce(1);
        awaitCount(id, Phase.STANDING_BY, VMS - 1);
        assertEquals(1, shown(id).count(Phase.FAILED::equals));
    }

    @Test
    void vmThatMovesBeforeItIsCopiedDoesNotWaitForTheOthers() throws Exception {
        final var asked = masterFixture.latch(1);
        masterFixture.agent("fw2").fault(Request.DOWNLOAD, Fault.waitingFor(asked, masterFixture.latch(1)).times(1));
        announce(1);
        asked.await();
        masterFixture.await(masterFixture.master.notify(MasterFixture.notification(vm(VMS), "fw1", "fw2")),
            Phase.COMPLETED);
        assertEquals(1, masterFixture.agent("fw1").asked(Request.FOLLOW));
    }

    @Test
    void cancelledBatchOfAnnouncedMovesLeavesAllAtTheSource() throws Exception {
        final var asked = masterFixture.latch(2);
        masterFixture.agent("fw2").fault(Request.DOWNLOAD, Fault.waitingFor(asked, masterFixture.latch(1)));
        final var id = announce(2);
        asked.await();
        assertEquals(VMS, masterFixture.master.cancel(id));
        assertEquals(VMS, awaitEnd(id).count(phase -> phase == Phase.CANCELLED));
        masterFixture.assertUndone(flows, "fw1", "fw2");
        assertEquals(2, masterFixture.agent("fw1").asked(Request.FOLLOW), "The others were never begun");
    }

    @Test
    void batchThatIsNotKnownCannotBeCancelled() {
        final var rejection = assertThrows(MigrationRejectedException.class,
            () -> masterFixture.master.cancel(new BatchId("b-unknown")));
        assertEquals(MigrationRejectedException.Kind.DATA_MISSING, rejection.kind());
    }

    @Test
    void batchOfWhichAllAreRejectedEndsAtOnce() {
        final var submission = masterFixture.master.submit(batch(List.of(MasterFixture.notification(vm(1), "fw1",
            "fw9")), 1),
            List.of());
        assertEquals(1, awaitEnd(submission.id()).rejected());
    }

    @Test
    void endedBatchesAreForgottenInTime() {
        masterFixture.close();
        masterFixture = new MasterFixture(MasterFixture.Timers.SLOW, new Policy.Limits(1000, 100, 8, 1000, 1),
            MasterFixture.TIMINGS, "fw1", "fw2");
        final var first = masterFixture.master.submit(batch(List.of(MasterFixture.notification(vm(1), "fw1",
            "fw2")), 1),
            List.of()).id();
        awaitEnd(first);
        awaitEnd(masterFixture.master.submit(batch(List.of(MasterFixture.notification(vm(2), "fw1", "fw2")), 1),
            List.of()).id());
        masterFixture.awaitTrue("The first is forgotten", () -> masterFixture.observer.forgottenBatches()
            .equals(List.of(first)));
    }
}
