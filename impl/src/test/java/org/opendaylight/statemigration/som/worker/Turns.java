// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.worker;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/**
 * Sees to it that one thread of a {@link Simulation} goes on at a time: that of the test, or one that runs a task. Who
 * gives the turn away finds out whose it is next, so that the thread changes only where a task waits.
 */
final class Turns implements AutoCloseable {
    /** Of real time. A task that takes longer is blocked by something the simulation does not know. */
    private static final Duration STUCK = Duration.ofSeconds(60);

    private final Simulation simulation;
    private final Agenda agenda;
    private final Deque<TaskThread> idle = new ArrayDeque<>();
    private final Semaphore turnOfTest = new Semaphore(0);
    private volatile Throwable failure;
    private volatile TaskThread running;
    /** How often it was found out whose turn it is. */
    private final AtomicLong decisions = new AtomicLong();
    /** What the test waits for, and until when. */
    private BooleanSupplier awaited = () -> true;
    private Duration end = Duration.ZERO;
    /** While it is found out whose turn it is. */
    private boolean deciding;
    private int threads;

    Turns(final Simulation simulation, final Agenda agenda) {
        this.simulation = requireNonNull(simulation);
        this.agenda = requireNonNull(agenda);
    }

    /** End the threads. No task waits. */
    @Override
    public void close() {
        idle.forEach(TaskThread::end);
        idle.clear();
    }

    /** Note what fails the test, whoever catches it. */
    void failed(final Throwable cause) {
        if (failure == null) {
            failure = cause;
        }
    }

    @SuppressWarnings("checkstyle:illegalCatch")
    void runSafely(final Runnable task) {
        try {
            task.run();
        } catch (Throwable e) {
            failed(e);
        }
    }

    /**
     * The task of a thread has ended or waits: others go on until the thread has something to do again.
     *
     * @param self the current thread
     */
    void passTurn(final TaskThread self) {
        if (self.isWaiting()) {
            agenda.await(self);
        }
        final var next = next().orElse(null);
        if (next instanceof Agenda.Begin(var task) && !self.isWaiting()) {
            self.assign(task);
        } else if (!(next instanceof Agenda.GoOn(var task)) || task != self) {
            if (!self.isWaiting()) {
                idle.push(self);
            }
            hand(next);
            self.awaitTurn();
        }
        running = self;
    }

    void requireNotDeciding() {
        if (deciding) {
            throw new IllegalStateException("Conditions, and what the scheduler hands over, must not wait");
        }
    }

    /**
     * Have tasks run and time pass. Called by the test.
     *
     * @param condition until when; evaluated between tasks
     * @param limit how long at most
     * @return whether the condition holds
     */
    boolean drive(final BooleanSupplier condition, final Duration limit) {
        requireNotDeciding();
        awaited = condition;
        end = agenda.now().plus(limit);
        next().ifPresent(entry -> {
            hand(entry);
            awaitTurnOfTest();
        });
        final var cause = failure;
        if (cause != null) {
            failure = null;
            throw new AssertionError("A task failed: " + cause.getMessage(), cause);
        }
        return condition.getAsBoolean();
    }

    /** Give the turn to a task, or to the test if there is none. */
    private void hand(final Agenda.Entry entry) {
        switch (entry) {
            case Agenda.GoOn(var task) -> task.giveTurn();
            case Agenda.Begin(var task) -> {
                final var thread = idle.isEmpty() ? newThread() : idle.pop();
                thread.assign(task);
                thread.giveTurn();
            }
            case null -> turnOfTest.release();
        }
    }

    private TaskThread newThread() {
        final var thread = new TaskThread(simulation, this, ++threads);
        thread.start();
        return thread;
    }

    private void awaitTurnOfTest() {
        long before;
        try {
            do {
                before = decisions.get();
                if (turnOfTest.tryAcquire(STUCK.toSeconds(), TimeUnit.SECONDS)) {
                    return;
                }
            } while (decisions.get() != before);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        final var error = new AssertionError("A task is blocked by something other than the simulation");
        error.setStackTrace(running.getStackTrace());
        throw error;
    }

    /** {@return whose turn it is; empty for that of the test} */
    @SuppressWarnings("checkstyle:illegalCatch")
    private Optional<Agenda.Entry> next() {
        deciding = true;
        decisions.incrementAndGet();
        try {
            while (failure == null && !awaited.getAsBoolean()) {
                final var entry = agenda.pollReady();
                if (entry.isPresent()) {
                    return entry;
                }
                final var timer = agenda.pollTimer(end);
                if (timer.isEmpty()) {
                    agenda.passUntil(end);
                    return Optional.empty();
                }
                timer.orElseThrow().run();
            }
        } catch (Throwable e) {
            failed(e);
        } finally {
            deciding = false;
        }
        return Optional.empty();
    }
}
