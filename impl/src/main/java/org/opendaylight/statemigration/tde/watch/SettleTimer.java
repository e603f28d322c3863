// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.tde.watch;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.function.Supplier;
import org.opendaylight.statemigration.tde.watch.TopologyWatcher.Source;

/**
 * Puts off a decision until a topology has been quiet for a while, or has been changing for too long. Keeps nothing but
 * the newest state of the topology meanwhile.
 */
final class SettleTimer {
    private static final Runnable NOTHING = () -> { };

    private final Timer timer;
    private final Supplier<SettleTimes> times;
    private final Runnable quiet;
    private final Runnable bound;
    private Source latest;
    private Runnable cancelQuiet = NOTHING;
    private Runnable cancelBound = NOTHING;

    /**
     * A timer for a topology that does not change.
     *
     * @param timer runs decisions
     * @param times how long to wait
     * @param decision takes what is to be decided upon
     */
    SettleTimer(final Timer timer, final Supplier<SettleTimes> times, final Runnable decision) {
        this.timer = requireNonNull(timer);
        this.times = requireNonNull(times);
        // Two tasks, as each may be taken back without the other
        quiet = decision::run;
        bound = decision::run;
    }

    /** The topology has changed. */
    synchronized void changed(final Source source) {
        if (latest == null) {
            cancelBound = timer.after(times.get().bound(), bound);
        }
        latest = source;
        cancelQuiet.run();
        cancelQuiet = timer.after(times.get().quiet(), quiet);
    }

    /** {@return the newest state that nothing was decided upon; empty if there is none} */
    synchronized Optional<Source> take() {
        cancelQuiet.run();
        cancelBound.run();
        cancelQuiet = NOTHING;
        cancelBound = NOTHING;
        final var source = Optional.ofNullable(latest);
        latest = null;
        return source;
    }
}
