// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.protection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.opendaylight.statemigration.flow.Flow;
import org.opendaylight.statemigration.host.HostProfile;
import org.opendaylight.statemigration.host.StateHostId;
import org.opendaylight.statemigration.ifma.AgentException;
import org.opendaylight.statemigration.ifma.MigrationId;
import org.opendaylight.statemigration.som.FakeAgent;
import org.opendaylight.statemigration.som.FakeAgent.Request;
import org.opendaylight.statemigration.som.Fault;
import org.opendaylight.statemigration.som.TestFlows;
import org.opendaylight.statemigration.som.model.CheckpointKey;
import org.opendaylight.statemigration.som.model.CheckpointRecord;
import org.opendaylight.statemigration.som.model.CheckpointRecord.State;
import org.opendaylight.statemigration.som.model.StateHostRecord;
import org.opendaylight.statemigration.som.model.StateHostRecord.Status;
import org.opendaylight.statemigration.som.policy.Policy;
import org.opendaylight.statemigration.som.registry.RegisteredHost;

class CheckpointTest {
    private static final Duration INTERVAL = Duration.ofMillis(20);
    private static final Duration LONG_INTERVAL = Duration.ofMinutes(1);
    private static final StateHostId FW1 = new StateHostId("fw1");
    private static final int ROOM = 600;

    private final List<Flow> flows = TestFlows.of(TestFlows.VM, 250);
    private final FakeAgent agent = new FakeAgent("fw1");
    private final AtomicInteger numbers = new AtomicInteger();
    private final Policy policy = new Policy(Map.of(), new Policy.Limits(1000, 50, 1, 1, 1), Policy.Timers.DEFAULT)
        .protecting(new Policy.Protections(List.of(), ROOM));
    private final CheckpointSlots checkpointSlots = new CheckpointSlots();
    private final FlowQuota budget = new FlowQuota(() -> ROOM);
    private volatile Instant now = Instant.parse("2026-11-23T12:00:00Z");
    private volatile Instant lastContact = now;
    private volatile boolean connected = true;
    private final CountDownLatch gate = new CountDownLatch(1);
    private Checkpoint checkpoint;

    private Checkpoint begin(final Duration interval) {
        agent.put(flows);
        checkpoint = new Checkpoint(new CheckpointKey(FW1, TestFlows.VM), interval, new ProtectionContext(
            id -> Optional.of(new RegisteredHost(new StateHostRecord(FW1,
                connected ? Status.CONNECTED : Status.DISCONNECTED, "", Optional.of(now), Optional.of(lastContact),
                Optional.empty(), Optional.of(agent.profileWith(
                    HostProfile.Limits.DEFAULT))), Optional.of(agent))),
            () -> policy, () -> now, prefix -> new MigrationId(prefix + "-" + numbers.incrementAndGet())), budget,
            checkpointSlots);
        checkpoint.start();
        return checkpoint;
    }

    @AfterEach
    void stop() {
        checkpoint.stop();
    }

    private CheckpointRecord await(final State state, final int count) {
        awaitTrue(state + " with " + count + " flows", () -> show().state() == state && show().flows() == count);
        return show();
    }

    private CheckpointRecord show() {
        return checkpoint.show(Optional.empty());
    }

    private void awaitTrue(final String what, final BooleanSupplier condition) {
        final long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                fail("Waited in vain: " + what + ", but have " + show());
            }
            try {
                Thread.sleep(2);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Test
    void shorterIntervalCountsAtOnce() {
        begin(LONG_INTERVAL);
        await(State.CURRENT, flows.size());
        agent.put(TestFlows.of(TestFlows.VM, "192.0.2.81", 7));
        checkpoint.every(INTERVAL);
        await(State.CURRENT, flows.size() + 7);
    }

    @Test
    void hostThatIsNotAskedIsNotSilent() {
        begin(LONG_INTERVAL);
        await(State.CURRENT, flows.size());
        now = now.plusSeconds(59);
        agent.fault(Request.UPLOAD_CHANGES, Fault.silence());
        checkpoint.every(INTERVAL);
        awaitTrue("It is asked", () -> agent.asked(Request.UPLOAD_CHANGES) == 1);
        assertFalse(checkpoint.isSilent(), "It has just been asked");
        now = now.plusSeconds(11);
        assertTrue(checkpoint.isSilent());
        assertTrue(checkpoint.isOrphaned());
        assertTrue(await(State.ORPHANED, flows.size()).detail().contains("has not answered for more than 10 s"));
        assertEquals(Duration.ofSeconds(70), checkpoint.age(checkpoint.copy().orElseThrow()));
    }

    @Test
    void hostThatIsSlowWithOneMachineIsNotSilentAsItAnswersOthers() {
        begin(INTERVAL);
        await(State.CURRENT, flows.size());
        agent.fault(Request.UPLOAD_CHANGES, Fault.silence());
        final long asked = agent.asked(Request.UPLOAD_CHANGES);
        awaitTrue("It is asked", () -> agent.asked(Request.UPLOAD_CHANGES) > asked);
        now = now.plusSeconds(11);
        lastContact = now.minusSeconds(9);
        assertFalse(checkpoint.isSilent());
        lastContact = now.minusSeconds(10);
        assertTrue(checkpoint.isSilent());
    }

    @Test
    void eachChunkIsAnAnswer() {
        begin(INTERVAL);
        await(State.CURRENT, flows.size());
        final var third = new CountDownLatch(1);
        final var wait = Fault.waitingFor(third, gate).after(2);
        agent.fault(Request.UPLOAD_CHANGES, real -> {
            now = now.plusSeconds(9);
            return wait.answer(real);
        });
        agent.put(TestFlows.of(TestFlows.VM, "192.0.2.81", 150));
        awaitTrue("The third chunk is asked for", () -> third.getCount() == 0);
        assertFalse(checkpoint.isSilent(), "It takes 27 s for all, but lives");
    }

    @Test
    void whatThereIsNoRoomForIsNotCopied() {
        assertTrue(budget.change(0, 400));
        begin(INTERVAL);
        final var record = await(State.IMPOSSIBLE, 0);
        assertTrue(record.detail().contains("There is no room for the 250 flows of 10.0.0.1 at fw1: all checkpoints"
            + " together may have 600"), record.detail());
        assertEquals(1, agent.asked(Request.UPLOAD), "The first chunk tells how many there are");
        assertTrue(budget.change(0, 200), "None is taken");
    }

    @Test
    void placesForMigrationsAreLeftAtTheHost() {
        final int most = HostProfile.Limits.DEFAULT.migrationsBeforehand();
        for (int number = 1; number <= most; number++) {
            assertTrue(checkpointSlots.take(new CheckpointKey(FW1, TestFlows.vm("10.0.1." + number)), most));
        }
        begin(INTERVAL);
        final var record = await(State.IMPOSSIBLE, 0);
        assertTrue(record.detail().contains("permits 64 open migrations, of which checkpoints get 48"),
            record.detail());
        assertEquals(0, agent.asked(Request.FOLLOW));
    }

    @Test
    void newCopyAndTheOldOneTakeRoomUntilOneOfThemGoes() {
        begin(INTERVAL);
        await(State.CURRENT, flows.size());
        goAndReturn();
        assertFalse(budget.change(0, 101), "Two copies take 500 of 600");
        assertTrue(show().detail().contains("copied anew"), show().detail());
        agent.heal();
        gate.countDown();
        await(State.CURRENT, flows.size());
        awaitTrue("One is gone", () -> budget.change(0, 350));
    }

    @Test
    void oldCopyGoesWhereThereIsNoRoomForBoth() {
        begin(INTERVAL);
        await(State.CURRENT, flows.size());
        assertTrue(budget.change(0, 200));
        goAndReturn();
        assertEquals(Optional.empty(), checkpoint.copy());
        agent.heal();
        gate.countDown();
        await(State.CURRENT, flows.size());
    }

    /** Waits until the second chunk of the new copy is asked for. */
    private void goAndReturn() {
        connected = false;
        agent.fault(Request.UPLOAD_CHANGES, Fault.requestLost());
        await(State.ORPHANED, flows.size());
        final var second = new CountDownLatch(1);
        agent.fault(Request.UPLOAD, Fault.waitingFor(second, gate).after(1));
        connected = true;
        awaitTrue("The second chunk is asked for", () -> second.getCount() == 0);
    }

    @Test
    void hostThatAnswersWithAnErrorLeavesTheCopyAsItWas() {
        begin(INTERVAL);
        await(State.CURRENT, flows.size());
        agent.fault(Request.FOLLOW, Fault.refusing(AgentException.Kind.OPERATION_FAILED));
        agent.fault(Request.UPLOAD_CHANGES, Fault.refusing(AgentException.Kind.OPERATION_FAILED));
        final var record = await(State.ORPHANED, flows.size());
        assertTrue(record.detail().contains("It does not work"), record.detail());
        now = now.plusSeconds(30);
        assertEquals(Duration.ofSeconds(30), checkpoint.age(checkpoint.copy().orElseThrow()),
            "It lives, so the copy ages");
    }

    @Test
    void hostThatReturnedForAMomentWasLostWhenItWentAgain() {
        begin(INTERVAL);
        await(State.CURRENT, flows.size());
        connected = false;
        agent.fault(Request.UPLOAD_CHANGES, Fault.requestLost());
        await(State.ORPHANED, flows.size());
        now = now.plusSeconds(30);
        agent.fault(Request.UPLOAD, Fault.requestLost());
        final long asked = agent.asked(Request.UPLOAD);
        connected = true;
        awaitTrue("It is asked", () -> agent.asked(Request.UPLOAD) > asked);
        awaitTrue("It was alive 30 s later", () -> checkpoint.age(checkpoint.copy().orElseThrow())
            .equals(Duration.ofSeconds(30)));
    }
}
