package org.opendaylight.statemigration.tde;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.opendaylight.statemigration.ifmt.MigrationRejectedException;
import org.opendaylight.statemigration.ifmt.StateMigrationReceiver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches one topology. A burst of changes leads to one decision, once the topology has been quiet for a while, or has
 * been changing for too long. The first snapshot moves nothing: it is what later ones are compared with.
 *
 * <p>Whatever becomes of a decision, the next one starts from the topology that led to it. The topology is the truth;
 * state that could not be moved then is for an operator to move, and the refusal says how.
 */
public final class SettlingTopologyWatcher implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SettlingTopologyWatcher.class);
    private static final Runnable NOTHING = () -> { };

    private final String topologyId;
    private final StateMigrationReceiver receiver;
    private final RefusalBoard board;
    private final Timer timer;
    private final Supplier<Duration> settle;
    private final Supplier<Duration> settleBound;

    // Guarded by this
    private boolean begun;
    private boolean closed;
    private Source latest;
    private Runnable cancelSettle = NOTHING;
    private Runnable cancelBound = NOTHING;

    /** Touched by the timer's tasks only, which run one at a time. */
    private Baseline baseline;

    /**
     * Watch a topology.
     *
     * @param topologyId its id
     * @param receiver whom to notify of state that has to move
     * @param observer whom to tell of changes that cannot be acted upon
     * @param timer runs decisions
     * @param clock for the time of refusals
     * @param settle how long the topology must be quiet
     * @param settleBound how long a decision may be put off at most
     */
    public SettlingTopologyWatcher(final String topologyId, final StateMigrationReceiver receiver,
            final TopologyObserver observer, final Timer timer, final InstantSource clock,
            final Supplier<Duration> settle, final Supplier<Duration> settleBound) {
        this.topologyId = requireNonNull(topologyId);
        this.receiver = requireNonNull(receiver);
        board = new RefusalBoard(topologyId, observer, clock);
        this.timer = requireNonNull(timer);
        this.settle = requireNonNull(settle);
        this.settleBound = requireNonNull(settleBound);
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
        if (latest == null) {
            cancelBound = timer.after(settleBound.get(), this::settled);
        }
        latest = source;
        cancelSettle.run();
        cancelSettle = timer.after(settle.get(), this::settled);
    }

    /** Forget the topology: it is no longer there, or no longer to be watched. */
    public void forget() {
        close();
        timer.after(Duration.ZERO, board::clear);
    }

    /** Stop. Refusals stay visible. */
    @Override
    public synchronized void close() {
        closed = true;
        takeLatest();
    }

    private void settled() {
        takeLatest().ifPresent(this::decide);
    }

    private synchronized Optional<Source> takeLatest() {
        cancelSettle.run();
        cancelBound.run();
        cancelSettle = NOTHING;
        cancelBound = NOTHING;
        final var source = Optional.ofNullable(latest);
        latest = null;
        return source;
    }

    // A defect must not end the watching: it is shown, and the next change is tried afresh
    @SuppressWarnings("checkstyle:IllegalCatch")
    private void decide(final Source source) {
        try {
            act(source.read());
        } catch (RuntimeException e) {
            LOG.error("Topology {} could not be evaluated", topologyId, e);
            board.unusable("The topology could not be evaluated: " + e + ". The controller's log says more.");
        }
    }

    private void act(final TopologySnapshot snapshot) {
        if (baseline == null) {
            baseline = Baseline.of(snapshot);
            board.usable(Set.of(), Set.of(), Map.of(), snapshot.contradictions());
            LOG.info("Watching topology {}: {} virtual machines", topologyId, snapshot.machines().size());
            return;
        }
        final var step = RelocationFinder.find(baseline, snapshot);
        baseline = step.next();
        final var refusals = new TreeMap<String, String>();
        for (var decision : step.decisions()) {
            switch (decision) {
                case Decision.Relocation relocation -> relocate(relocation)
                    .ifPresent(sentence -> add(refusals, relocation.vmName(), sentence));
                case Decision.Refusal refusal -> add(refusals, refusal.vmName(), refusal.sentence());
            }
        }
        final var reconsidered = step.decisions().stream().map(Decision::vmName).collect(Collectors.toSet());
        reconsidered.addAll(step.reconsidered());
        board.usable(snapshot.machines().keySet(), reconsidered, refusals, snapshot.contradictions());
    }

    // What the receiver does not expect counts as a rejection: other decisions of the same change still go out
    @SuppressWarnings("checkstyle:IllegalCatch")
    private Optional<String> relocate(final Decision.Relocation relocation) {
        try {
            final var id = receiver.notify(relocation.notification());
            LOG.debug("Topology {}: migration {} for {}", topologyId, id, relocation);
            return Optional.empty();
        } catch (MigrationRejectedException e) {
            LOG.debug("Topology {}: {} was rejected", topologyId, relocation, e);
            return Optional.of(rejected(relocation, e.getMessage()));
        } catch (RuntimeException e) {
            LOG.error("Topology {}: {} failed", topologyId, relocation, e);
            return Optional.of(rejected(relocation, e.toString()));
        }
    }

    private static String rejected(final Decision.Relocation relocation, final String why) {
        return "The State Orchestration Master did not migrate the state of " + relocation.vm() + ": " + why
            + (why.endsWith(".") ? "" : ".") + " Once that is mended, ask again with notify-state-migration, "
            + relocation.legs().stream()
                .map(leg -> "source " + leg.source() + " and destination " + leg.destination()
                    + (leg.peers().isEmpty() ? "" : " for peers " + leg.peers()))
                .collect(Collectors.joining(", then "))
            + ".";
    }

    private static void add(final Map<String, String> refusals, final String vmName, final String sentence) {
        refusals.merge(vmName, sentence, (one, other) -> one + " " + other);
    }

    /** Reads the topology as it was when it changed. */
    @FunctionalInterface
    public interface Source {
        /** {@return the topology} */
        TopologySnapshot read();
    }
}
