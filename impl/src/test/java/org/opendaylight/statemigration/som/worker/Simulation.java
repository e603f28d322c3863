// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.worker;

import com.google.common.base.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Random;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.function.IntUnaryOperator;

/**
 * Time that passes when the test says so, and pools whose tasks run one at a time: a task goes on until it ends or
 * waits for something of the simulation. It may be interrupted then, as in operation. Which of the tasks that are ready
 * goes on is the first one, or with a seed any of them. That a task waits and holds a monitor fails the test.
 *
 * <p>Tasks run and time passes while the test's own thread waits here. No task runs while the test does something else,
 * so that it sees a state that stands still. Other threads may hand tasks over, but not wait.
 */
public final class Simulation implements TaskScheduler, AutoCloseable {
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
    /** How long the test waits for anything. */
    private static final Duration LIMIT = Duration.ofSeconds(30);
    /** As in {@link Workers}. */
    private static final int STEPS_PER_HOST = 16;
    private static final int PRE_COPIES_PER_HOST = 4;

    private final Agenda agenda;
    private final Turns turns;
    private volatile boolean closed;

    /** Tasks run in the order in which they became ready. */
    public Simulation() {
        this(size -> 0);
    }

    /**
     * Tasks run in any order.
     *
     * @param seed determines the order
     */
    public Simulation(final long seed) {
        this(new Random(seed)::nextInt);
    }

    private Simulation(final IntUnaryOperator order) {
        agenda = new Agenda(order);
        turns = new Turns(this, agenda);
    }

    /** {@return the simulation whose task the current thread runs} */
    public static Simulation current() {
        return ((TaskThread) Thread.currentThread()).simulation();
    }

    public InstantSource clock() {
        return () -> BEGIN.plus(agenda.now());
    }

    public Ticker ticker() {
        return new Ticker() {
            @Override
            public long read() {
                return agenda.now().toNanos();
            }
        };
    }

    /**
     * A pool.
     *
     * @param perKey how many tasks of one key may run at one time
     * @return the pool
     */
    public WorkerPool pool(final int perKey) {
        return new WorkerPool("simulated", this::start, perKey);
    }

    public Workers workers() {
        return new Workers(pool(1), pool(STEPS_PER_HOST), pool(PRE_COPIES_PER_HOST), this);
    }

    public Latch latch(final int count) {
        return new Latch(this, count);
    }

    /**
     * Have something done by a task of its own.
     *
     * @param task what is done
     */
    public void start(final Runnable task) {
        if (!closed) {
            agenda.begin(task);
        }
    }

    @Override
    public ScheduledTask after(final Duration delay, final Runnable task) {
        return agenda.after(delay, task);
    }

    @Override
    public boolean await(final Future<?> outcome, final Duration limit) throws InterruptedException {
        return await(outcome::isDone, limit);
    }

    /**
     * Wait for a condition. On the test's thread this makes tasks run and time pass.
     *
     * @param condition evaluated between tasks
     * @param limit of simulated time
     * @return whether it holds
     * @throws InterruptedException if the task that waits is interrupted
     */
    public boolean await(final BooleanSupplier condition, final Duration limit) throws InterruptedException {
        if (!(Thread.currentThread() instanceof TaskThread)) {
            return turns.drive(condition, limit);
        }
        final var latest = agenda.now().plus(limit);
        final var timer = after(limit, () -> { });
        try {
            await(() -> condition.getAsBoolean() || agenda.now().compareTo(latest) >= 0);
        } finally {
            timer.cancel();
        }
        return condition.getAsBoolean();
    }

    /**
     * Have a task wait for a condition for ever.
     *
     * @param condition evaluated between tasks
     * @throws InterruptedException if the task is interrupted
     */
    public void await(final BooleanSupplier condition) throws InterruptedException {
        turns.requireNotDeciding();
        final var held = HeldLocks.ofCurrentThread();
        if (!held.isEmpty()) {
            turns.failed(new AssertionError("A task waits and holds the monitors of " + held));
        }
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (!condition.getAsBoolean()) {
            ((TaskThread) Thread.currentThread()).await(condition);
        }
    }

    /** Like {@link #await(BooleanSupplier, Duration)}, but a condition that does not hold in time fails the test. */
    public void awaitTrue(final String what, final BooleanSupplier condition) throws InterruptedException {
        if (!await(condition, LIMIT)) {
            final var inVain = new AssertionError("Waited in vain: " + what);
            turns.failed(inVain);
            throw inVain;
        }
    }

    /** Let a task wait until it is interrupted. */
    public void sleepForEver() throws InterruptedException {
        await(() -> false);
    }

    /** Let a task wait. */
    public void sleep(final Duration time) throws InterruptedException {
        await(() -> false, time);
    }

    /** Run what is to be done now. Called by the test. */
    public void run() {
        advance(Duration.ZERO);
    }

    /** Let time pass, and run what is to be done until then. Called by the test. */
    public void advance(final Duration time) {
        turns.drive(() -> false, time);
    }

    /** Interrupt what waits, and run nothing further, as pools do that are closed. */
    @Override
    public void close() {
        closed = true;
        agenda.clear();
        for (var waiting = agenda.waiting(); !waiting.isEmpty(); waiting = agenda.waiting()) {
            waiting.forEach(Thread::interrupt);
            run();
        }
        turns.close();
    }
}
