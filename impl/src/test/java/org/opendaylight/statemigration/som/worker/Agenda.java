// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.worker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.IntUnaryOperator;
import org.opendaylight.statemigration.som.worker.TaskScheduler.ScheduledTask;

/**
 * What is to be done in a {@link Simulation}, now and later, and what time it is. Tasks and timers may be put in from
 * any thread, the rest is up to who has the turn.
 */
final class Agenda {
    private final IntUnaryOperator order;
    private final List<Entry> ready = new ArrayList<>();
    private final PriorityQueue<Timer> timers = new PriorityQueue<>(Comparator.comparing(Timer::at)
        .thenComparing(Timer::number));
    private final List<TaskThread> waiting = new ArrayList<>();
    private volatile Duration now = Duration.ZERO;
    private long count;

    /** Something that is ready to run. */
    sealed interface Entry {
    }

    /** A task that has yet to begin. */
    record Begin(Runnable task) implements Entry {
    }

    /** A task whose wait is over. */
    record GoOn(TaskThread task) implements Entry {
    }

    private record Timer(Duration at, long number, Runnable action) {
    }

    /**
     * Nothing is to be done.
     *
     * @param order which one of so many that are ready comes next
     */
    Agenda(final IntUnaryOperator order) {
        this.order = order;
    }

    /** {@return how much time has passed} */
    Duration now() {
        return now;
    }

    void passUntil(final Duration time) {
        now = time;
    }

    synchronized void begin(final Runnable task) {
        ready.add(new Begin(task));
    }

    synchronized ScheduledTask after(final Duration delay, final Runnable action) {
        final var timer = new Timer(now.plus(delay.isNegative() ? Duration.ZERO : delay), count++, action);
        timers.add(timer);
        return () -> {
            synchronized (this) {
                timers.remove(timer);
            }
        };
    }

    void await(final TaskThread task) {
        waiting.add(task);
    }

    List<TaskThread> waiting() {
        return List.copyOf(waiting);
    }

    /** Forget all but tasks that wait. */
    synchronized void clear() {
        ready.clear();
        timers.clear();
    }

    /** {@return what comes next now, if anything} */
    Optional<Entry> pollReady() {
        final var woken = waiting.stream().filter(TaskThread::isReady).toList();
        waiting.removeAll(woken);
        synchronized (this) {
            woken.forEach(task -> ready.add(new GoOn(task)));
            return ready.isEmpty() ? Optional.empty() : Optional.of(ready.remove(order.applyAsInt(ready.size())));
        }
    }

    /** {@return what the next timer does, whose time it is then; empty if that is too late} */
    synchronized Optional<Runnable> pollTimer(final Duration latest) {
        if (timers.isEmpty() || timers.peek().at().compareTo(latest) > 0) {
            return Optional.empty();
        }
        final var timer = timers.remove();
        now = timer.at();
        return Optional.of(timer.action());
    }
}
