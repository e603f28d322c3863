// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.protection;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;
import org.opendaylight.statemigration.som.model.CheckpointKey;
import org.opendaylight.statemigration.som.model.CheckpointRecord;
import org.opendaylight.statemigration.som.model.CheckpointRecord.State;
import org.opendaylight.statemigration.som.protection.PollSchedule.Next;
import org.opendaylight.statemigration.som.worker.TaskScheduler.ScheduledTask;

/**
 * A copy of the flows of one VM at one State Host, kept current by tasks: each sends one request, and says when the
 * next is due. Between them it holds no thread. Its monitor guards when tasks run, not what they do, and is not held
 * while they run or are handed over to the pool.
 */
final class Checkpoint {
    private final CheckpointKey key;
    private final ProtectionContext context;
    private final FailureDetector failureDetector;
    private final PollSchedule pollSchedule;
    private final FlowCopier copier;
    private Activity activity = Activity.IDLE;
    private boolean woken;
    private boolean waitsForRound;
    private ScheduledTask timer = () -> { };
    /** Tells a timer that was cancelled too late from the present one. */
    private long timerNumber;

    /** What it does at present. */
    private enum Activity {
        /** Nothing, until it is woken. */
        IDLE,
        /** Waits for its timer. */
        WAITING,
        /** Waits for a thread. */
        QUEUED,
        /** Asks the State Host. */
        RUNNING,
        /** Asks the State Host for the last time. */
        STOPPING,
        /** Nothing any more. */
        STOPPED
    }

    Checkpoint(final CheckpointKey key, final Duration interval, final ProtectionContext context,
            final FlowQuota quota, final CheckpointSlots slots, final FailureDetector failureDetector) {
        this.key = requireNonNull(key);
        this.context = requireNonNull(context);
        this.failureDetector = requireNonNull(failureDetector);
        pollSchedule = new PollSchedule(interval);
        copier = new FlowCopier(key, context, quota, slots, failureDetector, pollSchedule);
    }

    CheckpointKey key() {
        return key;
    }

    /** Ask the State Host now, whatever it waits for. */
    void wake() {
        synchronized (this) {
            switch (activity) {
                case IDLE, WAITING -> {
                    timer.cancel();
                    activity = Activity.QUEUED;
                }
                case RUNNING -> {
                    woken = true;
                    return;
                }
                default -> {
                    return;
                }
            }
        }
        enqueue();
    }

    /** Ask the State Host now if it waits for nothing but for the State Host. */
    void wakeIfPossible() {
        if (isIdle() && failureDetector.mayAsk() && context.connected(key.host()).isPresent()) {
            wake();
        }
    }

    /** Ask so often from now on; counts at once. */
    synchronized void every(final Duration interval) {
        if (pollSchedule.every(interval) && activity == Activity.WAITING && waitsForRound) {
            // From now: those that wait longer than one interval have had their round
            timer.cancel();
            startTimer(interval);
        }
    }

    /** Give it up, and have the State Host follow no longer. */
    void stop() {
        synchronized (this) {
            timer.cancel();
            if (activity == Activity.RUNNING) {
                activity = Activity.STOPPING;
            }
            if (activity == Activity.STOPPING || activity == Activity.STOPPED) {
                return;
            }
            activity = Activity.STOPPED;
        }
        copier.close();
    }

    /** {@return the copy as it is; empty if there is none} */
    Optional<FlowCopy> copy() {
        return copier.progress().copy();
    }

    /** {@return how old the copy is: when the State Host was found dead, or now if it is not known to be} */
    Duration age(final FlowCopy of) {
        return copier.age(of);
    }

    /** {@return whether the State Host does not answer although there is a session with it} */
    boolean isSilent() {
        return failureDetector.isSilent();
    }

    boolean isOrphaned() {
        return copier.progress().lostAt().isPresent() || isSilent();
    }

    CheckpointRecord show(final Optional<String> vmName) {
        final var now = copier.progress();
        final var detail = isSilent() ? "State Host " + key.host() + " has not answered for more than "
            + FailureDetector.SILENCE.toSeconds() + " s" : now.detail();
        final var copy = now.copy();
        final var state = copy.isEmpty() ? detail.isEmpty() ? State.STARTING : State.IMPOSSIBLE
            : detail.isEmpty() ? State.CURRENT : State.ORPHANED;
        return new CheckpointRecord(key, vmName, now.id(), state, copy.map(one -> one.flows().size()).orElse(0),
            copy.map(FlowCopy::takenAt),
            copy.map(one -> Duration.between(one.takenAt(), context.clock().instant())), detail);
    }

    private synchronized boolean isIdle() {
        return activity == Activity.IDLE;
    }

    private void enqueue() {
        context.executor(key.host()).execute(this::run);
    }

    // Errors too: they end this request, and the checkpoint begins anew later
    @SuppressWarnings("checkstyle:IllegalCatch")
    private void run() {
        synchronized (this) {
            if (activity != Activity.QUEUED) {
                return;
            }
            activity = Activity.RUNNING;
        }
        Next next = Next.WHEN_WOKEN;
        try {
            next = copier.step();
        } catch (InterruptedException e) {
            // The pool is being closed
            Thread.currentThread().interrupt();
        } catch (Throwable e) {
            next = copier.failed(e);
        } finally {
            end(next);
        }
    }

    private void end(final Next next) {
        final boolean stopped;
        synchronized (this) {
            stopped = activity == Activity.STOPPING;
            if (stopped) {
                activity = Activity.STOPPED;
            } else if (woken || next.delay().filter(Duration.ZERO::equals).isPresent()) {
                activity = Activity.QUEUED;
            } else if (next.delay().isPresent()) {
                activity = Activity.WAITING;
                waitsForRound = next.isRound();
                startTimer(waitsForRound ? pollSchedule.interval() : next.delay().orElseThrow());
            } else {
                activity = Activity.IDLE;
            }
            woken = false;
            if (activity != Activity.QUEUED && !stopped) {
                return;
            }
        }
        if (stopped) {
            copier.close();
        } else {
            enqueue();
        }
    }

    private void startTimer(final Duration delay) {
        timerNumber++;
        final long number = timerNumber;
        timer = context.scheduler().after(delay, () -> due(number));
    }

    private void due(final long number) {
        synchronized (this) {
            if (activity != Activity.WAITING || number != timerNumber) {
                return;
            }
            activity = Activity.QUEUED;
        }
        enqueue();
    }
}
