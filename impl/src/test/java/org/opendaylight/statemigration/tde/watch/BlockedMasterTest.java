// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.tde.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.opendaylight.statemigration.ifma.MigrationId;
import org.opendaylight.statemigration.ifmt.RequestRejection;
import org.opendaylight.statemigration.som.policy.Damping;
import org.opendaylight.statemigration.som.worker.TimerThread;
import org.opendaylight.statemigration.som.worker.WorkerPool;
import org.opendaylight.statemigration.tde.Network;
import org.opendaylight.statemigration.tde.RecordingReceiver;
import org.opendaylight.statemigration.tde.UnexpectedStatus;
import org.opendaylight.statemigration.tde.refusal.TopologyRefusal;

/** What a master that does not answer, or fails, does to the topologies. */
class BlockedMasterTest {
    private static final int CHANGES = 1000;
    private static final long LIMIT_SECONDS = 90;

    private final WorkerPool threads = new WorkerPool("test-topology", 2, 1);
    private final TimerThread timerThread = new TimerThread("test-timer");
    private final CountDownLatch released = new CountDownLatch(1);
    private final BlockingQueue<String> events = new ArrayBlockingQueue<>(10 * CHANGES);

    @AfterEach
    void after() {
        released.countDown();
        timerThread.close();
        threads.close();
    }

    @Test
    void topologyWhoseNotificationBlocksHoldsUpNoOtherAndKeepsTheNewestSnapshotOnly() throws Exception {
        final var blocked = new Watched("blocked", notification -> {
            events.add("blocked");
            released.await();
        });
        blocked.start();
        blocked.move("nve2");
        expect("blocked read 1");
        expect("blocked");
        for (int i = 0; i < CHANGES; i++) {
            blocked.move(i % 2 == 0 ? "nve1" : "nve2");
        }

        final var other = new Watched("other", notification -> events.add("other notified"));
        other.start();
        other.move("nve2");
        expect("other read 1");
        expect("other notified");

        assertEquals(List.of(), List.copyOf(events));
        released.countDown();
        expect("blocked read " + (CHANGES + 1));
        // Nothing older comes later
        blocked.move("nve1");
        expect("blocked", "blocked read " + (CHANGES + 2));
    }

    @Test
    void masterThatFailsIsShownAndAskedAgainWithTheNextChange() throws Exception {
        final var failing = new Watched("failing", notification -> {
            events.add("asked");
            throw new IllegalStateException("Not now");
        });
        failing.start();
        for (int i = 1; i <= 3; i++) {
            failing.move(i % 2 == 0 ? "nve1" : "nve2");
            expect("failing read " + i);
            expect("asked");
            expect("failing refused");
        }
    }

    private void expect(final String event) throws InterruptedException {
        assertEquals(event, events.poll(LIMIT_SECONDS, TimeUnit.SECONDS));
    }

    /** An event, perhaps after some of another kind. */
    private void expect(final String before, final String event) throws InterruptedException {
        final var seen = new ArrayList<String>();
        while (!seen.contains(event)) {
            final var next = events.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
            assertTrue(event.equals(next) || before.equals(next), event + " is missing, but there is " + next);
            seen.add(next);
        }
    }

    /** What a master does with a notification. */
    @FunctionalInterface
    private interface Reaction {
        void to(Object notification) throws InterruptedException;
    }

    /** A topology that is watched. */
    private final class Watched implements UnexpectedStatus {
        private final String name;
        private final Network network = Network.figure1();
        private final TopologyWatcher watcher;
        private int changes;

        Watched(final String name, final Reaction reaction) {
            this.name = name;
            final Timer clock = (delay, task) -> timerThread.after(delay, task)::cancel;
            watcher = new TopologyWatcher(name, (RecordingReceiver) notification -> {
                try {
                    reaction.to(notification);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return new MigrationId("m-" + name);
            }, this, new TopologyVmInventory(), new TopologyTimer(clock, threads.of(name)), InstantSource.system(),
                () -> new SettleTimes(Duration.ofMillis(1), Duration.ofMillis(5), Damping.DEFAULT));
        }

        void start() throws InterruptedException {
            change();
            expect(name + " read 0");
        }

        void move(final String edge) {
            network.move("vm1", edge);
            change();
        }

        private void change() {
            final var snapshot = network.snapshot();
            final int number = changes++;
            watcher.changed(() -> {
                events.add(name + " read " + number);
                return snapshot;
            });
        }

        @Override
        public void refused(final String topologyId, final String vmName, final List<TopologyRefusal> refusals,
                final Instant at) {
            final var refusal = (TopologyRefusal.NotMigrated) refusals.getFirst();
            events.add(refusal.rejection() instanceof RequestRejection.ControllerFailed ? name + " refused"
                : refusal.toString());
        }

        @Override
        public void cleared(final String topologyId, final String vmName) {
            // The next migration of the VM is another
        }
    }
}
