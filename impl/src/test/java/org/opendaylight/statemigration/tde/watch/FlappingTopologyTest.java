// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.tde.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.opendaylight.statemigration.host.StateHostId;
import org.opendaylight.statemigration.ifma.MigrationId;
import org.opendaylight.statemigration.ifmt.StateMigrationNotification;
import org.opendaylight.statemigration.som.policy.Damping;
import org.opendaylight.statemigration.tde.ManualTimer;
import org.opendaylight.statemigration.tde.Network;
import org.opendaylight.statemigration.tde.RecordingReceiver;
import org.opendaylight.statemigration.tde.UnexpectedStatus;

/** Links and VMs that change all the time, on a clock that runs when told to. */
class FlappingTopologyTest {
    private final ManualTimer timer = new ManualTimer();
    private final Network network = Network.figure1();
    private final List<StateMigrationNotification> notified = new ArrayList<>();
    private final TreeMap<String, Instant> suppressed = new TreeMap<>();
    private StateHostId state = new StateHostId("fw1");
    private final TopologyWatcher watcher = new TopologyWatcher("dc", (RecordingReceiver) this::migrate,
        new Watched(), new TopologyVmInventory(), timer, timer::instant,
        () -> new SettleTimes(Duration.ofMillis(50), Duration.ofSeconds(1), Damping.DEFAULT));

    @Test
    void flappingLinkCountsAsDownUntilItIsStable() {
        start();
        for (int i = 0; i < 10; i++) {
            network.state("nve1", "fw1", i % 2 == 1);
            change(200);
        }
        // The fourth loss was one too many: what the first three cost had decayed a little
        assertEquals(7, notified.size());
        assertEquals(new StateHostId("fw2"), state);
        assertEquals(List.of("fw1>nve1", "nve1>fw1"), List.copyOf(suppressed.keySet()));
        timer.advance(Damping.DEFAULT.maxSuppress().toMillis());
        assertEquals(List.of(), List.copyOf(suppressed.keySet()));
        assertEquals(new StateHostId("fw1"), state);
        assertTrue(timer.isIdle());
    }

    /** Its packets are where it is now, so every move is followed. */
    @Test
    void vmIsFollowedHoweverOftenItMoves() {
        start();
        for (int i = 0; i < 21; i++) {
            network.move("vm1", i % 2 == 0 ? "nve2" : "nve1");
            change(100);
            assertEquals(new StateHostId(i % 2 == 0 ? "fw2" : "fw1"), state);
        }
        assertEquals(21, notified.size());
        assertEquals(List.of(), List.copyOf(suppressed.keySet()));
    }

    @Test
    void forgottenTopologyHasNothingSuppressed() {
        start();
        for (int i = 0; i < 10; i++) {
            network.state("nve1", "fw1", i % 2 == 1);
            change(100);
        }
        watcher.forget();
        timer.advance(0);
        assertEquals(List.of(), List.copyOf(suppressed.keySet()));
        assertTrue(timer.isIdle());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void randomFlapsLeadToFewMigrationsAndTheRightEnd(final int seed) {
        final var random = new Random(seed);
        start();
        for (int round = 0; round < 20; round++) {
            final int before = notified.size();
            final int flaps = 50 + random.nextInt(100);
            for (int i = 0; i < flaps; i++) {
                network.state(random.nextBoolean() ? "nve1" : "nve3", "fw1", random.nextBoolean());
                change(20 + random.nextInt(100));
            }
            assertTrue(notified.size() - before < flaps / 4, notified.size() - before + " of " + flaps);
            final boolean up = random.nextBoolean();
            final var edge = random.nextBoolean() ? "nve1" : "nve2";
            network.state("nve1", "fw1", up).state("fw1", "nve3", true).move("vm1", edge);
            change(1_000);
            timer.advance(Damping.DEFAULT.maxSuppress().toMillis());
            assertEquals(new StateHostId(up && edge.equals("nve1") ? "fw1" : "fw2"), state);
            assertEquals(List.of(), List.copyOf(suppressed.keySet()));
        }
    }

    private MigrationId migrate(final StateMigrationNotification notification) {
        notified.add(notification);
        final var leg = notification.legs().getFirst();
        assertEquals(state, leg.source());
        state = leg.destination();
        return new MigrationId("m" + notified.size());
    }

    private void start() {
        change(0);
    }

    private void change(final long thenWait) {
        final var snapshot = network.snapshot();
        watcher.changed(() -> snapshot);
        timer.advance(thenWait);
    }

    private final class Watched implements UnexpectedStatus {
        @Override
        public void suppressed(final String topologyId, final String linkId, final Instant until) {
            suppressed.put(linkId, until);
        }

        @Override
        public void released(final String topologyId, final String linkId) {
            suppressed.remove(linkId);
        }
    }
}
