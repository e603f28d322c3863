// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.tde.watch;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.opendaylight.statemigration.ifmt.StateMigrationReceiver;
import org.opendaylight.statemigration.tde.refusal.TopologyRefusal;
import org.opendaylight.statemigration.tde.relocation.Baseline;
import org.opendaylight.statemigration.tde.relocation.Decision;
import org.opendaylight.statemigration.tde.relocation.RelocationPlanner;
import org.opendaylight.statemigration.tde.topology.TopologySnapshot;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches one topology. A burst of changes leads to one decision, once the topology has been quiet for a while, or has
 * been changing for too long. What changes too often is left out until it is stable. The first snapshot moves nothing:
 * it is what later ones are compared with.
 *
 * <p>Whatever becomes of a decision, the next one starts from the topology that led to it. The topology is the truth;
 * state that could not be moved then is for an operator to move, and the refusal says how.
 */
public final class TopologyWatcher implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TopologyWatcher.class);
    private static final Runnable NOTHING = () -> { };

    private final String topologyId;
    private final MasterClient masterClient;
    private final RefusalTracker refusalTracker;
    private final SuppressionTracker suppressions;
    private final TopologyVmInventory inventory;
    private final Timer timer;
    private final InstantSource clock;
    private final SettleTimer settleTimer;
    private final Runnable reconsider = this::reconsider;
    private final Runnable announceAgain = this::announceAgain;

    // Guarded by this
    private boolean begun;
    private boolean closed;
    private Runnable cancelReuse = NOTHING;
    private Runnable cancelAgain = NOTHING;

    // Touched by the timer's tasks only, which run one at a time
    private final DampedTopology stable;
    private final PlannedMoves plannedMoves;
    private Baseline baseline;

    /**
     * Watch a topology.
     *
     * @param topologyId its id
     * @param receiver whom to notify of state that has to move
     * @param listener whom to tell of changes that cannot be acted upon
     * @param inventory where to enter the VMs
     * @param timer runs decisions
     * @param clock for the time of refusals, and of changes
     * @param settling when to decide
     */
    public TopologyWatcher(final String topologyId, final StateMigrationReceiver receiver,
            final TopologyStatusListener listener, final TopologyVmInventory inventory, final Timer timer,
            final InstantSource clock, final Supplier<SettleTimes> settling) {
        this.topologyId = requireNonNull(topologyId);
        masterClient = new MasterClient(topologyId, receiver);
        refusalTracker = new RefusalTracker(topologyId, listener, clock);
        suppressions = new SuppressionTracker(topologyId, listener);
        this.inventory = requireNonNull(inventory);
        this.timer = requireNonNull(timer);
        this.clock = requireNonNull(clock);
        settleTimer = new SettleTimer(timer, settling, this::settled);
        stable = new DampedTopology(new FlapDamping(() -> settling.get().damping()));
        plannedMoves = new PlannedMoves(masterClient);
    }

    /**
     * The topology has changed. Returns at once.
     *
     * @param source reads it as it is now; called at most once, and not at all if a later change comes soon
     */
    public synchronized void changed(final Source source) {
        requireNonNull(source);
        if (closed) {
            return;
        }
        if (!begun) {
            // Not put off: a change that follows at once must find something to be compared with
            begun = true;
            timer.after(Duration.ZERO, () -> decide(source));
            return;
        }
        settleTimer.changed(source);
    }

    /** Forget the topology: it is no longer there, or no longer to be watched. Planned moves are called off. */
    public void forget() {
        close();
        timer.after(Duration.ZERO, () -> {
            plannedMoves.callOffAll();
            inventory.forget(topologyId);
            suppressions.clear();
            refusalTracker.clear();
        });
    }

    /** Stop. Refusals stay visible. */
    @Override
    public synchronized void close() {
        closed = true;
        cancelReuse.run();
        cancelAgain.run();
        settleTimer.take();
    }

    private void settled() {
        settleTimer.take().ifPresent(this::decide);
    }

    private void decide(final Source source) {
        guarded(() -> act(stable.of(source.read(), clock.instant())));
    }

    private void reconsider() {
        guarded(() -> act(stable.again(clock.instant())));
    }

    private void announceAgain() {
        guarded(() -> {
            plannedMoves.again(clock.instant());
            refusalTracker.usable(baseline.current().vms().keySet(), Set.of(), Map.of(),
                wrong(baseline.current()));
        });
    }

    // A defect must not end the watching: it is shown, and the next change is tried afresh. So is what is no exception:
    // a topology may ask for more memory or a deeper stack than there is
    @SuppressWarnings("checkstyle:IllegalCatch")
    private void guarded(final Runnable decision) {
        try {
            decision.run();
        } catch (RuntimeException | Error e) {
            LOG.error("Topology {} could not be evaluated", topologyId, e);
            refusalTracker.unusable();
        }
        suppressions.show(stable.suppressed());
        comeBack();
    }

    /**
     * When the first of what is suppressed may count again, or a plan may be announced again, even if nothing changes
     * meanwhile.
     */
    private synchronized void comeBack() {
        cancelReuse.run();
        cancelAgain.run();
        cancelReuse = NOTHING;
        cancelAgain = NOTHING;
        if (closed) {
            return;
        }
        final var reuse = stable.suppressed().values().stream().min(Instant::compareTo);
        if (reuse.isPresent()) {
            cancelReuse = at(reuse.orElseThrow(), reconsider);
        }
        final var again = plannedMoves.nextLook(clock.instant());
        if (again.isPresent()) {
            cancelAgain = at(again.orElseThrow(), announceAgain);
        }
    }

    private Runnable at(final Instant time, final Runnable task) {
        final var delay = Duration.between(clock.instant(), time);
        return timer.after(delay.isNegative() ? Duration.ZERO : delay, task);
    }

    private void act(final TopologySnapshot snapshot) {
        inventory.update(snapshot);
        if (baseline == null) {
            baseline = Baseline.of(snapshot);
            plannedMoves.update(snapshot, Set.of(), clock.instant());
            refusalTracker.usable(Set.of(), Set.of(), Map.of(), wrong(snapshot));
            LOG.info("Watching topology {}: {} VMs", topologyId, snapshot.vms().size());
            return;
        }
        plannedMoves.callOffStrays(snapshot);
        final var step = RelocationPlanner.find(baseline, snapshot);
        baseline = step.next();
        final var refusals = new TreeMap<String, List<TopologyRefusal>>();
        final var relocations = new ArrayList<Decision.Relocation>();
        for (var decision : step.decisions()) {
            switch (decision) {
                case Decision.Relocation relocation -> relocations.add(relocation);
                case Decision.Refusal refusal -> add(refusals, refusal.vmName(), refusal.refusal());
            }
        }
        final var notified = relocate(relocations, refusals);
        plannedMoves.update(baseline.current(), notified, clock.instant());
        final var reconsidered = step.decisions().stream().map(Decision::vmName).collect(Collectors.toSet());
        reconsidered.addAll(step.reconsidered());
        refusalTracker.usable(snapshot.vms().keySet(), reconsidered, refusals, wrong(snapshot));
    }

    private List<TopologyRefusal> wrong(final TopologySnapshot snapshot) {
        final var all = new ArrayList<TopologyRefusal>(snapshot.inconsistencies());
        all.addAll(plannedMoves.refused());
        return all;
    }

    /** {@return VMs that have a migration now} */
    private Set<String> relocate(final List<Decision.Relocation> relocations,
            final Map<String, List<TopologyRefusal>> refusals) {
        final var answers = masterClient.notify(relocations.stream().map(Decision.Relocation::notification).toList());
        final var notified = new HashSet<String>();
        for (int i = 0; i < relocations.size(); i++) {
            final var relocation = relocations.get(i);
            answers.get(i).rejection().ifPresentOrElse(
                why -> add(refusals, relocation.vmName(), new TopologyRefusal.NotMigrated(
                    relocation.vmName(), relocation.vm(), relocation.legs(), why)),
                () -> notified.add(relocation.vmName()));
        }
        return notified;
    }

    private static void add(final Map<String, List<TopologyRefusal>> refusals, final String vmName,
            final TopologyRefusal refusal) {
        refusals.computeIfAbsent(vmName, key -> new ArrayList<>()).add(refusal);
    }

    /** Reads the topology as it was when it changed. */
    @FunctionalInterface
    public interface Source {
        /** {@return the topology} */
        TopologySnapshot read();
    }
}
