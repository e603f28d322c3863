// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.protection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.opendaylight.statemigration.flow.Flow;
import org.opendaylight.statemigration.host.HostProfile;
import org.opendaylight.statemigration.host.StateHostId;
import org.opendaylight.statemigration.ifma.AgentException;
import org.opendaylight.statemigration.ifma.MigrationId;
import org.opendaylight.statemigration.som.Fault;
import org.opendaylight.statemigration.som.SimulatedStateHost;
import org.opendaylight.statemigration.som.SimulatedStateHost.Request;
import org.opendaylight.statemigration.som.TestFlows;
import org.opendaylight.statemigration.som.model.CheckpointKey;
import org.opendaylight.statemigration.som.model.CheckpointRecord;
import org.opendaylight.statemigration.som.model.CheckpointRecord.State;
import org.opendaylight.statemigration.som.model.StateHostRecord;
import org.opendaylight.statemigration.som.model.StateHostRecord.Status;
import org.opendaylight.statemigration.som.policy.Policy;
import org.opendaylight.statemigration.som.registry.RegisteredHost;
import org.opendaylight.statemigration.som.worker.SimulatedTime;
import org.opendaylight.statemigration.som.worker.WorkerPool;

class CheckpointTest {
    private static final Duration INTERVAL = Duration.ofMillis(500);
    private static final Duration LONG_INTERVAL = Duration.ofMinutes(1);
    private static final Duration TICK = Duration.ofSeconds(1);
    private static final StateHostId FW1 = new StateHostId("fw1");
    private static final int ROOM = 600;

    private final SimulatedTime time = new SimulatedTime(8);
    private final List<Flow> flows = TestFlows.of(TestFlows.VM, 250);
    private final SimulatedStateHost agent = new SimulatedStateHost("fw1");
    private final AtomicInteger numbers = new AtomicInteger();
    private final Policy policy = new Policy(Map.of(), new Policy.Limits(1000, 50, 1, 1, 1), Policy.Timers.DEFAULT)
        .protecting(new Policy.Protections(List.of(), ROOM));
    private final CheckpointSlots slots = new CheckpointSlots();
    private final FlowQuota quota = new FlowQuota(() -> ROOM);
    private final SimulatedTime.Gate gate = time.gate();
    private volatile Instant lastContact = time.instant();
    private volatile boolean connected = true;
    private final ProtectionContext context = new ProtectionContext(id -> Optional.of(host()), () -> policy, time,
        prefix -> new MigrationId(prefix + "-" + numbers.incrementAndGet()), new WorkerPool("test", time, 2), time);
    private final FailureDetector failureDetector = new FailureDetector(FW1, context);
    private Checkpoint checkpoint;

    private RegisteredHost host() {
        return new RegisteredHost(new StateHostRecord(FW1, connected ? Status.CONNECTED : Status.DISCONNECTED, "",
            Optional.of(time.instant()), Optional.of(lastContact), Optional.empty(),
            Optional.of(agent.profileWith(HostProfile.Limits.DEFAULT))), Optional.of(agent));
    }

    private void begin(final Duration interval) {
        agent.put(flows);
        checkpoint = new Checkpoint(new CheckpointKey(FW1, TestFlows.VM), interval, context, quota, slots,
            failureDetector);
        checkpoint.wake();
        time.settle();
    }

    @AfterEach
    void stop() {
        checkpoint.stop();
        time.close();
    }

    /** What is done every second. */
    private void tick(final Duration duration) {
        for (var left = duration; !left.isNegative() && !left.isZero(); left = left.minus(TICK)) {
            time.advance(TICK);
            failureDetector.giveUpOverdue();
            checkpoint.wakeIfPossible();
            time.settle();
        }
    }

    private CheckpointRecord assertShown(final State state, final int count) {
        final var record = show();
        assertEquals(state, record.state(), record::toString);
        assertEquals(count, record.flows(), record::toString);
        return record;
    }

    /** Blocks at the gate before the request is done. */
    private Fault blocked() {
        return real -> {
            gate.pass();
            return real.call();
        };
    }

    private CheckpointRecord show() {
        return checkpoint.show(Optional.empty());
    }

    @Test
    void copyFollowsTheFlowsRoundByRound() {
        begin(INTERVAL);
        assertEquals(Optional.of(time.instant()), assertShown(State.CURRENT, 250).takenAt());
        agent.put(TestFlows.of(TestFlows.VM, "192.0.2.81", 7));
        time.advance(INTERVAL.minusMillis(1));
        assertEquals(Optional.of(Duration.ofMillis(499)), assertShown(State.CURRENT, 250).age());
        time.advance(Duration.ofMillis(1));
        assertEquals(Optional.of(Duration.ZERO), assertShown(State.CURRENT, 257).age());
    }

    @Test
    void shorterIntervalCountsAtOnce() {
        begin(LONG_INTERVAL);
        agent.put(TestFlows.of(TestFlows.VM, "192.0.2.81", 7));
        checkpoint.every(INTERVAL);
        time.advance(INTERVAL);
        assertShown(State.CURRENT, flows.size() + 7);
    }

    @Test
    void noThreadIsHeldBetweenRounds() {
        begin(INTERVAL);
        final long asked = agent.asked(Request.UPLOAD_CHANGES);
        time.jump(INTERVAL.multipliedBy(20));
        time.settle();
        assertEquals(asked, agent.asked(Request.UPLOAD_CHANGES), "Only the scheduler begins a round");
    }

    @Test
    void hostThatIsNotAskedIsNotSilent() {
        begin(LONG_INTERVAL);
        time.advance(Duration.ofSeconds(59));
        agent.fault(Request.UPLOAD_CHANGES, blocked());
        time.advance(TICK);
        assertEquals(1, agent.asked(Request.UPLOAD_CHANGES));
        assertFalse(checkpoint.isSilent(), "It has just been asked");
        time.jump(Duration.ofSeconds(11));
        assertTrue(checkpoint.isSilent());
        assertTrue(checkpoint.isOrphaned());
        assertTrue(assertShown(State.ORPHANED, flows.size()).detail().contains("has not answered for more than 10 s"));
        assertEquals(Duration.ofSeconds(71), checkpoint.age(checkpoint.copy().orElseThrow()));
    }

    @Test
    void hostThatIsSlowWithOneVmIsNotSilentAsItAnswersOthers() {
        begin(INTERVAL);
        agent.fault(Request.UPLOAD_CHANGES, blocked());
        time.advance(INTERVAL);
        assertTrue(gate.isReached());
        time.jump(Duration.ofSeconds(11));
        lastContact = time.instant().minusSeconds(9);
        assertFalse(checkpoint.isSilent());
        lastContact = time.instant().minusSeconds(10);
        assertTrue(checkpoint.isSilent());
    }

    @Test
    void requestThatIsNotAnsweredIsGivenUpAndRepeatedNowAndThenUntilItIs() {
        begin(INTERVAL);
        agent.put(TestFlows.of(TestFlows.VM, "192.0.2.81", 7));
        agent.fault(Request.UPLOAD_CHANGES, real -> {
            gate.pass();
            return real.call();
        });
        tick(Duration.ofMinutes(5));
        assertTrue(checkpoint.isSilent());
        assertShown(State.ORPHANED, flows.size());
        final long asked = agent.asked(Request.UPLOAD_CHANGES);
        assertTrue(asked >= 5 && asked <= 12, "It was asked " + asked + " times");
        agent.heal();
        gate.open();
        tick(Duration.ofMinutes(2));
        assertFalse(checkpoint.isSilent());
        assertShown(State.CURRENT, flows.size() + 7);
        assertEquals(1, agent.asked(Request.FOLLOW), "Nothing is copied twice");
    }

    @Test
    void eachChunkIsAnAnswer() {
        begin(INTERVAL);
        final var wait = blocked().after(2);
        agent.fault(Request.UPLOAD_CHANGES, real -> {
            time.jump(Duration.ofSeconds(9));
            return wait.answer(real);
        });
        agent.put(TestFlows.of(TestFlows.VM, "192.0.2.81", 150));
        time.advance(INTERVAL);
        assertTrue(gate.isReached());
        assertFalse(checkpoint.isSilent(), "It takes 27 s for all, but lives");
    }

    @Test
    void whatThereIsNoRoomForIsNotCopied() {
        assertTrue(quota.change(0, 400));
        begin(INTERVAL);
        final var record = assertShown(State.IMPOSSIBLE, 0);
        assertTrue(record.detail().contains("There is no room for the 250 flows of 10.0.0.1 at fw1: all checkpoints"
            + " together may have 600"), record.detail());
        assertEquals(1, agent.asked(Request.UPLOAD), "The first chunk tells how many there are");
        assertTrue(quota.change(0, 200), "None is taken");
        assertTrue(quota.change(400, 0));
        time.advance(Duration.ofSeconds(5));
        assertShown(State.CURRENT, flows.size());
    }

    @Test
    void slotsForMigrationsAreLeftAtTheHost() {
        final int most = HostProfile.Limits.DEFAULT.migrationsWithPreCopy();
        for (int number = 1; number <= most; number++) {
            assertTrue(slots.take(new CheckpointKey(FW1, TestFlows.vm("10.0.1." + number)), most));
        }
        begin(INTERVAL);
        final var record = assertShown(State.IMPOSSIBLE, 0);
        assertTrue(record.detail().contains("permits 64 open migrations, of which checkpoints get 48"),
            record.detail());
        assertEquals(0, agent.asked(Request.FOLLOW));
    }

    @Test
    void newCopyAndTheOldOneTakeRoomUntilOneOfThemGoes() {
        begin(INTERVAL);
        goAndReturn();
        assertFalse(quota.change(0, 101), "Two copies take 500 of 600");
        assertTrue(show().detail().contains("copied anew"), show().detail());
        gate.open();
        assertShown(State.CURRENT, flows.size());
        assertTrue(quota.change(0, 350), "One is gone");
    }

    @Test
    void oldCopyGoesWhereThereIsNoRoomForBoth() {
        begin(INTERVAL);
        assertTrue(quota.change(0, 200));
        goAndReturn();
        assertEquals(Optional.empty(), checkpoint.copy());
        gate.open();
        assertShown(State.CURRENT, flows.size());
    }

    /** Until the second chunk of the new copy is asked for. */
    private void goAndReturn() {
        connected = false;
        time.advance(INTERVAL);
        assertShown(State.ORPHANED, flows.size());
        agent.fault(Request.UPLOAD, blocked().after(1));
        connected = true;
        checkpoint.wake();
        time.settle();
        assertTrue(gate.isReached());
    }

    @Test
    void hostThatAnswersWithAnErrorLeavesTheCopyAsItWas() {
        begin(INTERVAL);
        agent.fault(Request.FOLLOW, Fault.refusing(AgentException.Kind.OPERATION_FAILED));
        agent.fault(Request.UPLOAD_CHANGES, Fault.refusing(AgentException.Kind.OPERATION_FAILED));
        time.advance(INTERVAL);
        final var record = assertShown(State.ORPHANED, flows.size());
        assertTrue(record.detail().contains("It does not work"), record.detail());
        time.advance(Duration.ofSeconds(30));
        assertEquals(INTERVAL.plusSeconds(30), checkpoint.age(checkpoint.copy().orElseThrow()),
            "It lives, so the copy ages");
    }

    @Test
    void hostThatReturnedForAMomentWasLostWhenItWentAgain() {
        begin(INTERVAL);
        connected = false;
        time.advance(INTERVAL);
        assertShown(State.ORPHANED, flows.size());
        time.advance(Duration.ofSeconds(30));
        assertEquals(INTERVAL, checkpoint.age(checkpoint.copy().orElseThrow()));
        agent.fault(Request.UPLOAD, Fault.requestLost());
        connected = true;
        checkpoint.wake();
        time.settle();
        assertEquals(INTERVAL.plusSeconds(30), checkpoint.age(checkpoint.copy().orElseThrow()),
            "It was alive 30 s later");
    }

    @Test
    void errorEndsOneRequestAndTheCopyIsMadeAnewLater() {
        begin(INTERVAL);
        agent.fault(Request.UPLOAD_CHANGES, real -> {
            throw new StackOverflowError("on purpose");
        });
        time.advance(INTERVAL);
        assertTrue(assertShown(State.ORPHANED, flows.size()).detail().contains("internal error"));
        agent.heal();
        agent.put(TestFlows.of(TestFlows.VM, "192.0.2.81", 7));
        time.advance(Duration.ofSeconds(5));
        assertShown(State.CURRENT, flows.size() + 7);
    }

    @Test
    void stoppedCheckpointTakesNoSlotAndNoRoomAndTheHostFollowsNoLonger() {
        begin(INTERVAL);
        final int most = HostProfile.Limits.DEFAULT.migrationsWithPreCopy();
        checkpoint.stop();
        time.settle();
        assertTrue(quota.change(0, ROOM));
        for (int number = 1; number <= most; number++) {
            assertTrue(slots.take(new CheckpointKey(FW1, TestFlows.vm("10.0.1." + number)), most));
        }
        assertEquals(1, agent.asked(Request.ABORT));
        final int asked = agent.asked().size();
        time.advance(Duration.ofMinutes(5));
        assertEquals(asked, agent.asked().size());
    }

    @Test
    void checkpointStoppedDuringARequestGivesUpEverythingWhenThatEnds() {
        begin(INTERVAL);
        agent.fault(Request.UPLOAD_CHANGES, blocked());
        time.advance(INTERVAL);
        assertTrue(gate.isReached());
        checkpoint.stop();
        gate.open();
        assertTrue(quota.change(0, ROOM));
        assertEquals(1, agent.asked(Request.ABORT));
    }
}
