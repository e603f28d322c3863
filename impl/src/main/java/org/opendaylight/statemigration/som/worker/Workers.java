// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.worker;

import static java.util.Objects.requireNonNull;

/**
 * The threads by which migrations run: 101, whatever there is to do. {@code StateHostRegistry} has 9 more to read
 * profiles, and {@code CheckpointManager} 34 for checkpoints and clean-ups.
 *
 * <p>Locks are taken in this order; none is held over a request to a State Host, a transaction or a call of a listener:
 * <ol>
 * <li>the monitor of {@code MigrationScheduler} (queue, slots and VM locks);</li>
 * <li>the monitors of {@code MigrationTable}, of {@code BatchTracker} and of {@code StateHostRegistry}, one at a
 * time;</li>
 * <li>the monitor of one step that runs ({@code StepRun}), of a {@code ChunkQueue}, or of the counters of a leg;</li>
 * <li>the monitors of {@link Mailbox} and {@link WorkerPool}, which only queue.</li>
 * </ol>
 * Who waits for a mailbox or a State Host does so with a limit. What belongs to one migration is guarded by no lock: it
 * is touched in the migration's mailbox only.
 */
public final class Workers implements AutoCloseable {
    private static final int EVENT_THREADS = 4;
    private static final int STEP_THREADS = 64;
    private static final int STEPS_PER_HOST = 16;
    private static final int PRE_COPY_THREADS = 32;
    private static final int PRE_COPIES_PER_HOST = 4;

    private final WorkerPool events;
    private final WorkerPool steps;
    private final WorkerPool preCopies;
    private final TaskScheduler scheduler;
    private final Runnable shutdown;

    /** Threads as many as a controller needs, all of them started. */
    public Workers() {
        this(new WorkerPool("state-migration-event", EVENT_THREADS, 1),
            new WorkerPool("state-migration-step", STEP_THREADS, STEPS_PER_HOST),
            new WorkerPool("state-migration-pre-copy", PRE_COPY_THREADS, PRE_COPIES_PER_HOST),
            new TimerThread("state-migration-timer"));
    }

    private Workers(final WorkerPool events, final WorkerPool steps, final WorkerPool preCopies,
            final TimerThread timer) {
        this(events, steps, preCopies, timer, timer::close);
    }

    /**
     * Threads, or what takes their place in a test.
     *
     * @param events handles the events of mailboxes, which block nowhere
     * @param steps runs requests to State Hosts for VMs that move now; the key is the State Host
     * @param preCopies runs requests to State Hosts for VMs that have yet to move; the key is the State Host
     * @param scheduler hands tasks over when their time has come
     */
    public Workers(final WorkerPool events, final WorkerPool steps, final WorkerPool preCopies,
            final TaskScheduler scheduler) {
        this(events, steps, preCopies, scheduler, () -> { });
    }

    private Workers(final WorkerPool events, final WorkerPool steps, final WorkerPool preCopies,
            final TaskScheduler scheduler, final Runnable shutdown) {
        this.events = requireNonNull(events);
        this.steps = requireNonNull(steps);
        this.preCopies = requireNonNull(preCopies);
        this.scheduler = requireNonNull(scheduler);
        this.shutdown = shutdown;
    }

    /** {@return handles events} */
    public WorkerPool events() {
        return events;
    }

    /** {@return runs requests to State Hosts for VMs that move now} */
    public WorkerPool steps() {
        return steps;
    }

    /** {@return runs requests to State Hosts for VMs that have yet to move} */
    public WorkerPool preCopies() {
        return preCopies;
    }

    /** {@return hands tasks over when their time has come} */
    public TaskScheduler scheduler() {
        return scheduler;
    }

    /**
     * Events of one subject, handled one after the other.
     *
     * @param name for the log
     * @return a mailbox
     */
    public Mailbox mailbox(final String name) {
        return new Mailbox(name, events);
    }

    @Override
    public void close() {
        shutdown.run();
        steps.close();
        preCopies.close();
        events.close();
    }
}
