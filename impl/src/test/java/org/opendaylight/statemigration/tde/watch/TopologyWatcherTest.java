// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.tde.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.opendaylight.statemigration.host.FunctionType;
import org.opendaylight.statemigration.host.StateHostId;
import org.opendaylight.statemigration.ifma.FailureReason;
import org.opendaylight.statemigration.ifma.MigrationId;
import org.opendaylight.statemigration.ifmt.HostRejection;
import org.opendaylight.statemigration.ifmt.MigrationRejectedException;
import org.opendaylight.statemigration.ifmt.MigrationRejectedException.Kind;
import org.opendaylight.statemigration.ifmt.StateMigrationNotification;
import org.opendaylight.statemigration.ifmt.StateMigrationNotification.Leg;
import org.opendaylight.statemigration.ifmt.StateMigrationNotification.Origin;
import org.opendaylight.statemigration.ifmt.StateMigrationNotification.Unmatched;
import org.opendaylight.statemigration.ifmt.StateMigrationNotification.Unmatched.Side;
import org.opendaylight.statemigration.som.policy.Damping;
import org.opendaylight.statemigration.tde.ManualTimer;
import org.opendaylight.statemigration.tde.Network;
import org.opendaylight.statemigration.tde.RecordingReceiver;
import org.opendaylight.statemigration.tde.StatusLines;

class TopologyWatcherTest {
    private static final Duration SETTLE = Duration.ofMillis(50);
    private static final Duration BOUND = Duration.ofMillis(200);

    private final ManualTimer timer = new ManualTimer();
    private final List<StateMigrationNotification> notified = new ArrayList<>();
    private final List<String> observed = new ArrayList<>();
    private final Network network = Network.figure1();
    private String rejection;
    private int reads;
    private final TopologyVmInventory inventory = new TopologyVmInventory();
    private Damping damping = Damping.DEFAULT;
    private TopologyWatcher watcher;

    @BeforeEach
    void before() {
        watcher = new TopologyWatcher("dc", (RecordingReceiver) notification -> {
            if (rejection != null) {
                throw new MigrationRejectedException(new HostRejection.Unavailable(new StateHostId("fw2"),
                    Kind.OPERATION_FAILED, FailureReason.STATE_HOST_DISCONNECTED, rejection));
            }
            notified.add(notification);
            return new MigrationId("m" + notified.size());
        }, new StatusLines(observed::add), inventory, timer, timer::instant,
            () -> new SettleTimes(SETTLE, BOUND, damping));
    }

    @Test
    void firstSnapshotMovesNothing() {
        change();
        timer.advance(1000);
        assertEquals(1, reads);
        assertEquals(List.of(), notified);
    }

    @Test
    void moveIsNotifiedOnceQuiet() {
        change();
        network.move("vm1", "nve2");
        change();
        timer.advance(49);
        assertEquals(List.of(), notified);
        timer.advance(1);
        assertEquals(1, notified.size());
        final var notification = notified.getFirst();
        assertEquals(Origin.TOPOLOGY, notification.origin());
        assertEquals("vm1", notification.vmName().orElseThrow());
        assertEquals(List.of(new Leg(new StateHostId("fw1"), new StateHostId("fw2"), List.of())),
            notification.legs());
    }

    @Test
    void burstIsOneDecision() {
        start();
        for (var edge : List.of("nve3", "nve1", "nve2")) {
            network.move("vm1", edge);
            change();
            timer.advance(30);
        }
        assertEquals(List.of(), notified);
        timer.advance(20);
        assertEquals(1, notified.size());
        assertEquals(2, reads);
    }

    @Test
    void decisionIsNotPutOffBeyondTheBound() {
        start();
        network.move("vm1", "nve2");
        for (int i = 0; i < 10; i++) {
            change();
            timer.advance(20);
        }
        assertEquals(1, notified.size());
        // A change after it begins a new burst
        network.move("vm1", "nve1");
        change();
        timer.advance(50);
        assertEquals(2, notified.size());
    }

    @Test
    void nothingRemainsScheduledAfterADecision() {
        start();
        change();
        change();
        timer.advance(50);
        assertTrue(timer.isIdle());
    }

    @Test
    void moveThatIsTakenBackWithinTheBurstIsNone() {
        start();
        network.move("vm1", "nve2");
        change();
        network.move("vm1", "nve1");
        change();
        timer.advance(50);
        assertEquals(List.of(), notified);
    }

    @Test
    void refusalIsShownUntilThePathIsClear() {
        start();
        apply(network.cable("nve1", "fw2"));
        assertEquals(1, observed.size(), observed::toString);
        assertTrue(observed.getFirst().startsWith("dc vm1 at 50: Flows with vm3 stay where they are: paths of equal"),
            observed::toString);
        // Another VM's move says nothing about this one
        apply(network.vm("vm8", "nve2", "10.0.0.8"));
        assertEquals(1, observed.size(), observed::toString);
        apply(network.cut("nve1", "fw2"));
        assertEquals("dc vm1 cleared", observed.getLast());
        assertEquals(List.of(), notified);
    }

    @Test
    void refusalGoesWithItsVm() {
        start();
        apply(network.cable("nve1", "fw2"));
        apply(network.delete("vm1"));
        assertEquals("dc vm1 cleared", observed.getLast());
    }

    @Test
    void rejectionSaysHowToAskAgain() {
        start();
        rejection = "State Host fw2 is not connected";
        apply(network.move("vm1", "nve2"));
        assertEquals(List.of("dc vm1 at 50: The State Orchestration Master did not migrate the state of 10.0.0.1: State"
            + " Host fw2 is not connected. Once that is mended, ask again with notify-state-migration, source fw1 and"
            + " destination fw2."), observed);
        // The topology is the truth: from there on
        rejection = null;
        apply(network.move("vm1", "nve1"));
        assertEquals("dc vm1 cleared", observed.getLast());
        assertEquals(new StateHostId("fw2"), notified.getFirst().legs().getFirst().source());
    }

    @Test
    void inconsistencyIsShownOnceAndTheBaselineStays() {
        start();
        apply(network.move("vm1", "nve9"));
        apply(network.edges("nve7"));
        assertEquals(List.of("dc vm1 at 50: VM vm1 is attached to nve9, which is not a node of the"
            + " topology."), observed);
        apply(network.move("vm1", "nve2"));
        assertEquals("dc vm1 cleared", observed.getLast());
        assertEquals(1, notified.size());
    }

    @Test
    void inconsistencyAboutNoVmStopsNoOther() {
        start();
        apply(network.host("fw9").move("vm1", "nve2"));
        assertEquals(List.of("dc - at 50: State Host fw9 (node fw9) performs no function: give at least one."),
            observed);
        assertEquals(1, notified.size());
        apply(network.removeNode("fw9"));
        assertEquals("dc - cleared", observed.getLast());
    }

    @Test
    void inconsistencyAboutOneVmStopsNoOther() {
        start();
        apply(network.vm("vm9", "nowhere", "10.0.0.9").move("vm1", "nve2"));
        assertEquals(List.of("dc vm9 at 50: VM vm9 is attached to nowhere, which is not a node of the"
            + " topology."), observed);
        assertEquals(1, notified.size());
        // vm9 may well talk with vm1: only flows with vm3 are known to have moved
        assertEquals("[10.0.0.3/32]", notified.getFirst().legs().getFirst().peers().toString());
    }

    @Test
    void functionsWithoutCounterpartAreToldToTheMaster() {
        network.host("nat1", FunctionType.NAT).cut("fw1", "nve3").cable("fw1", "nat1").cable("nat1", "nve3")
            .cut("nve1", "nve2");
        start();
        apply(network.move("vm1", "nve2"));
        assertEquals(List.of(new Unmatched(new StateHostId("nat1"), FunctionType.NAT, Side.LEFT)),
            notified.getFirst().unmatched());
        assertEquals(List.of(), observed);
    }

    @Test
    void onlyFunctionsWithoutCounterpartAreRefused() {
        network.edges("nve4").cable("nve4", "nve3");
        start();
        apply(network.move("vm1", "nve4"));
        assertEquals(List.of(), notified);
        assertEquals(List.of("dc vm1 at 50: Flows with vm3 stay where they are: no firewall on the new path takes over"
            + " from fw1. Once it is clear where they belong, ask for the migration with notify-state-migration."),
            observed);
    }

    @Test
    void firstSnapshotThatContradictsItselfIsNoBaseline() {
        network.move("vm1", "nve9");
        start();
        apply(network.move("vm1", "nve1"));
        assertEquals(List.of(), notified);
        apply(network.move("vm1", "nve2"));
        assertEquals(1, notified.size());
    }

    @Test
    void whatIsNoExceptionIsShownAndTheNextChangeIsTriedAfresh() {
        start();
        watcher.changed(() -> {
            throw new StackOverflowError("too deep");
        });
        timer.advance(SETTLE.toMillis());
        assertEquals(List.of("dc - at 50: The topology could not be evaluated: the controller's log says why."),
            observed);
        apply(network.move("vm1", "nve2"));
        assertEquals(1, notified.size());
        assertEquals("dc - cleared", observed.getLast());
    }

    @Test
    void forgetClearsRefusals() {
        start();
        apply(network.cable("nve1", "fw2"));
        change();
        watcher.forget();
        timer.advance(1000);
        assertEquals("dc vm1 cleared", observed.getLast());
        assertEquals(2, reads);
    }

    @Test
    void closedWatcherDecidesNothing() {
        start();
        network.move("vm1", "nve2");
        change();
        watcher.close();
        change();
        timer.advance(1000);
        assertEquals(List.of(), notified);
    }

    private void start() {
        change();
        timer.advance(0);
    }

    private void apply(final Network changed) {
        change();
        timer.advance(SETTLE.toMillis());
    }

    /** The source reads the network as it was at the time of the change. */
    private void change() {
        final var snapshot = network.snapshot();
        watcher.changed(() -> {
            reads++;
            return snapshot;
        });
    }
}
