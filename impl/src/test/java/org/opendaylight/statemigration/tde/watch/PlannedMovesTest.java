// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.tde.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.opendaylight.statemigration.OperatorSentences;
import org.opendaylight.statemigration.host.StateHostId;
import org.opendaylight.statemigration.ifma.FailureReason;
import org.opendaylight.statemigration.ifma.MigrationId;
import org.opendaylight.statemigration.ifmt.HostRejection;
import org.opendaylight.statemigration.ifmt.MigrationBatch;
import org.opendaylight.statemigration.ifmt.MigrationRejectedException;
import org.opendaylight.statemigration.ifmt.MigrationRejectedException.Kind;
import org.opendaylight.statemigration.ifmt.StateMigrationNotification;
import org.opendaylight.statemigration.ifmt.StateMigrationReceiver;
import org.opendaylight.statemigration.som.policy.Damping;
import org.opendaylight.statemigration.tde.ManualTimer;
import org.opendaylight.statemigration.tde.Network;
import org.opendaylight.statemigration.tde.UnexpectedStatus;
import org.opendaylight.statemigration.tde.refusal.RefusalText;
import org.opendaylight.statemigration.tde.refusal.TopologyRefusal;

class PlannedMovesTest {
    private static final long PAUSE = PlannedMoves.PAUSES.initial().toMillis();

    private final ManualTimer timer = new ManualTimer();
    private final Network network = Network.figure1();
    private final List<String> calls = new ArrayList<>();
    private final TreeMap<String, String> refused = new TreeMap<>();
    private final Set<MigrationId> lost = new HashSet<>();
    private String rejection;
    private int rejections;
    private int migrations;
    private final TopologyWatcher watcher = new TopologyWatcher("dc", new Recording(), new RecordedStatus(),
        new TopologyVmInventory(), timer, timer::instant,
        () -> new SettleTimes(Duration.ofMillis(50), Duration.ofSeconds(1), Damping.DEFAULT));

    @Test
    void planIsAnnounced() {
        start();
        apply(network.plan("vm1", "nve2"));
        apply(network.vm("vm9", "nve1"));
        assertEquals(List.of("announce vm1 fw1>fw2 -> m1"), calls);
    }

    @Test
    void planOfTheFirstSnapshotIsAnnounced() {
        network.plan("vm1", "nve2");
        start();
        assertEquals(List.of("announce vm1 fw1>fw2 -> m1"), calls);
    }

    @Test
    void planThatIsTakenBackIsCalledOff() {
        start();
        apply(network.plan("vm1", "nve2"));
        apply(network.plan("vm1", null));
        assertEquals(List.of("announce vm1 fw1>fw2 -> m1", "call off m1"), calls);
    }

    @Test
    void planThatChangesIsAnnouncedAnew() {
        network.edges("nve4").firewall("fw4").cable("nve4", "fw4").cable("fw4", "nve3");
        start();
        apply(network.plan("vm1", "nve2"));
        apply(network.plan("vm1", "nve4"));
        assertEquals(List.of("announce vm1 fw1>fw2 -> m1", "call off m1", "announce vm1 fw1>fw4 -> m2"), calls);
    }

    @Test
    void planWhoseLegsChangeIsAnnouncedAnew() {
        network.firewall("fw4").cable("nve2", "fw4", 2).cable("fw4", "nve3", 2).cut("nve1", "nve2");
        start();
        apply(network.plan("vm1", "nve2"));
        apply(network.state("nve2", "fw2", false));
        assertEquals(List.of("announce vm1 fw1>fw2 -> m1", "call off m1", "announce vm1 fw1>fw4 -> m2"), calls);
    }

    @Test
    void planThatIsOfNoUseAnyMoreWhereItsPeerIsIsCalledOff() {
        start();
        apply(network.plan("vm1", "nve2"));
        apply(network.move("vm3", "nve1"));
        assertEquals(List.of("announce vm1 fw1>fw2 -> m1", "call off m1"), calls);
    }

    @Test
    void moveAsPlannedIsNotifiedAndNotCalledOff() {
        start();
        apply(network.plan("vm1", "nve2"));
        apply(network.move("vm1", "nve2"));
        apply(network.plan("vm1", null));
        assertEquals(List.of("announce vm1 fw1>fw2 -> m1", "notify vm1 fw1>fw2 -> m2"), calls);
    }

    @Test
    void moveElsewhereIsCalledOffFirst() {
        network.edges("nve4").firewall("fw4").cable("nve4", "fw4").cable("fw4", "nve3");
        start();
        apply(network.plan("vm1", "nve2"));
        apply(network.move("vm1", "nve4"));
        assertEquals(List.of("announce vm1 fw1>fw2 -> m1", "call off m1", "notify vm1 fw1>fw4 -> m2",
            "announce vm1 fw4>fw2 -> m3"), calls);
    }

    @Test
    void deletedVmIsCalledOff() {
        start();
        apply(network.plan("vm1", "nve2"));
        apply(network.delete("vm1"));
        assertEquals("call off m1", calls.getLast());
    }

    @Test
    void plannedMoveWithoutNeedIsNotAnnounced() {
        network.edges("nve4").cable("nve4", "fw1");
        start();
        apply(network.plan("vm1", "nve4"));
        assertEquals(List.of(), calls);
        assertEquals("{}", refused.toString());
    }

    @Test
    void drainedEdgeIsAnnouncedAndNotifiedInOrderOfNames() {
        network.vm("vm5", "nve1", "10.0.0.5").vm("vm4", "nve1", "10.0.0.4");
        start();
        apply(network.plan("vm5", "nve2").plan("vm1", "nve2").plan("vm4", "nve2"));
        assertEquals(List.of("Topology dc is about to change", "announce vm1 fw1>fw2 -> m1",
            "announce vm4 fw1>fw2 -> m2", "announce vm5 fw1>fw2 -> m3"),
            calls);
        calls.clear();
        apply(network.move("vm5", "nve2").move("vm1", "nve2").move("vm4", "nve2"));
        assertEquals(List.of("Topology dc has changed", "notify vm1 fw1>fw2 -> m4", "notify vm4 fw1>fw2 -> m5",
            "notify vm5 fw1>fw2 -> m6"), calls);
    }

    @Test
    void rejectedPlanIsShownUntilItIsTakenBack() {
        start();
        rejection = "State Host fw2 is not connected.";
        apply(network.plan("vm1", "nve2"));
        assertEquals("{vm1=The planned move to nve2 was not announced: State Host fw2 is not connected.}",
            refused.toString());
        apply(network.plan("vm1", null));
        assertEquals("{}", refused.toString());
        assertEquals(List.of(), calls);
    }

    @Test
    void rejectedPlanIsAnnouncedAgainWhileItStands() {
        start();
        rejection = "State Host fw2 is not connected.";
        apply(network.plan("vm1", "nve2"));
        timer.advance(PAUSE);
        assertEquals(Set.of("vm1"), refused.keySet());
        rejection = null;
        timer.advance(2 * PAUSE - 1);
        assertEquals(List.of(), calls);
        timer.advance(1);
        assertEquals(List.of("announce vm1 fw1>fw2 -> m1"), calls);
        assertEquals("{}", refused.toString());
    }

    @Test
    void planIsAnnouncedSeveralTimesAtMost() {
        start();
        rejection = "State Host fw2 is not connected.";
        apply(network.plan("vm1", "nve2"));
        timer.advance(PAUSE << PlannedMoves.MAX_ATTEMPTS);
        assertEquals(PlannedMoves.MAX_ATTEMPTS, rejections);
        assertEquals(Set.of("vm1"), refused.keySet());
        assertTrue(timer.isIdle());
    }

    private void awaitAnotherRejection(final int before) {
        while (rejections == before) {
            timer.advance(1000);
        }
    }

    @Test
    void pausesBetweenAnnouncementsGrowUpToTenMinutes() {
        start();
        rejection = "State Host fw2 is not connected.";
        apply(network.plan("vm1", "nve2"));
        final var pauses = new ArrayList<Long>();
        for (var last = timer.instant(); pauses.size() < PlannedMoves.MAX_ATTEMPTS - 1; last = timer.instant()) {
            awaitAnotherRejection(rejections);
            pauses.add(Duration.between(last, timer.instant()).toSeconds());
        }
        assertEquals(List.of(10L, 20L, 40L, 80L, 160L, 320L, 600L), pauses);
    }

    @Test
    void planWhoseCopyIsLostIsAnnouncedAgain() {
        start();
        apply(network.plan("vm1", "nve2"));
        timer.advance(5 * PAUSE);
        assertEquals(List.of("announce vm1 fw1>fw2 -> m1"), calls);
        lost.add(new MigrationId("m1"));
        timer.advance(PAUSE);
        assertEquals(List.of("announce vm1 fw1>fw2 -> m1", "announce vm1 fw1>fw2 -> m2"), calls);
        apply(network.plan("vm1", null));
        assertEquals("call off m2", calls.getLast());
        assertTrue(timer.isIdle());
    }

    @Test
    void nothingIsAnnouncedAgainOnceTheTopologyIsForgotten() {
        start();
        rejection = "State Host fw2 is not connected.";
        apply(network.plan("vm1", "nve2"));
        watcher.forget();
        timer.advance(PAUSE << PlannedMoves.MAX_ATTEMPTS);
        assertEquals(1, rejections);
    }

    @Test
    void planToWhatIsNoEdgeIsRefused() {
        start();
        apply(network.plan("vm1", "fw2"));
        assertEquals("{vm1=VM vm1 is to move to fw2, which is not a network virtualization edge of the"
            + " topology.}", refused.toString());
    }

    @Test
    void forgottenTopologyIsCalledOff() {
        start();
        apply(network.plan("vm1", "nve2"));
        watcher.forget();
        timer.advance(0);
        assertEquals("call off m1", calls.getLast());
    }

    @Test
    void planDoesNotClearARefusal() {
        start();
        apply(network.cable("nve1", "fw2"));
        assertTrue(refused.get("vm1").startsWith("Flows with vm3 stay where they are"), refused::toString);
        apply(network.plan("vm3", "nve3"));
        assertTrue(refused.get("vm1").startsWith("Flows with vm3 stay where they are"), refused::toString);
    }

    private void start() {
        final var snapshot = network.snapshot();
        watcher.changed(() -> snapshot);
        timer.advance(0);
    }

    private void apply(final Network changed) {
        final var snapshot = changed.snapshot();
        watcher.changed(() -> snapshot);
        timer.advance(50);
    }

    private final class Recording implements StateMigrationReceiver {
        @Override
        public MigrationId notify(final StateMigrationNotification notification) throws MigrationRejectedException {
            return record("notify ", notification);
        }

        @Override
        public MigrationId announce(final StateMigrationNotification notification) throws MigrationRejectedException {
            return record("announce ", notification);
        }

        @Override
        public void callOff(final MigrationId migration) {
            calls.add("call off " + migration);
        }

        @Override
        public boolean isLost(final MigrationId migration) {
            return lost.contains(migration);
        }

        @Override
        public List<MigrationBatch.Answer> submit(final MigrationBatch batch) {
            calls.add(batch.cause());
            return StateMigrationReceiver.super.submit(batch);
        }

        private MigrationId record(final String what, final StateMigrationNotification notification)
                throws MigrationRejectedException {
            if (rejection != null) {
                rejections++;
                throw new MigrationRejectedException(new HostRejection.Unavailable(new StateHostId("fw2"),
                    Kind.OPERATION_FAILED, FailureReason.STATE_HOST_DISCONNECTED, rejection));
            }
            final var id = new MigrationId("m" + ++migrations);
            calls.add(what + notification.vmName().orElseThrow() + " " + notification.legs().stream()
                .map(leg -> leg.source() + ">" + leg.destination() + (leg.peers().isEmpty() ? "" : leg.peers()))
                .collect(Collectors.joining(" ")) + " -> " + id);
            return id;
        }
    }

    private final class RecordedStatus implements UnexpectedStatus {
        @Override
        public void refused(final String topologyId, final String vmName,
                final List<TopologyRefusal> refusals, final Instant at) {
            final var detail = RefusalText.of(refusals);
            OperatorSentences.assertPlain(detail);
            refused.put(vmName, detail);
        }

        @Override
        public void cleared(final String topologyId, final String vmName) {
            refused.remove(vmName);
        }
    }
}
