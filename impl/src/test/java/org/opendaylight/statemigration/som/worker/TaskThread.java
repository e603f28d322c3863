// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.worker;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;

/**
 * Runs tasks of a {@link Simulation}, one after the other, and goes on only while it has the turn. An interruption that
 * arrives while its task waits ends the wait when the task gets the turn again, not at once.
 */
final class TaskThread extends Thread {
    private final Semaphore turn = new Semaphore(0);
    private final Simulation simulation;
    private final Turns turns;
    private Runnable task;
    private BooleanSupplier awaited = () -> false;
    private volatile Activity activity = Activity.NONE;
    private volatile boolean interrupted;

    /** What its task does. */
    private enum Activity {
        NONE, RUNS, WAITS
    }

    TaskThread(final Simulation simulation, final Turns turns, final int number) {
        super("simulated-" + number);
        this.simulation = requireNonNull(simulation);
        this.turns = requireNonNull(turns);
        setDaemon(true);
    }

    Simulation simulation() {
        return simulation;
    }

    boolean isWaiting() {
        return activity == Activity.WAITS;
    }

    /** {@return whether what its task waits for has come} */
    boolean isReady() {
        return interrupted || awaited.getAsBoolean();
    }

    /** Have a task run as soon as it has the turn. */
    void assign(final Runnable newTask) {
        task = newTask;
    }

    /** End the thread, which has no task. */
    void end() {
        task = null;
        giveTurn();
    }

    void giveTurn() {
        turn.release();
    }

    void awaitTurn() {
        turn.acquireUninterruptibly();
    }

    /**
     * Have the task wait until a condition holds. Called on this thread.
     *
     * @param condition evaluated between tasks
     * @throws InterruptedException if interrupted meanwhile
     */
    void await(final BooleanSupplier condition) throws InterruptedException {
        awaited = condition;
        activity = Activity.WAITS;
        turns.passTurn(this);
        activity = Activity.RUNS;
        if (interrupted) {
            interrupted = false;
            throw new InterruptedException();
        }
    }

    @Override
    public void run() {
        awaitTurn();
        while (task != null) {
            activity = Activity.RUNS;
            turns.runSafely(task);
            activity = Activity.NONE;
            Thread.interrupted();
            turns.passTurn(this);
        }
    }

    @Override
    public void interrupt() {
        switch (activity) {
            case RUNS -> super.interrupt();
            case WAITS -> interrupted = true;
            default -> turns.failed(new AssertionError("Interrupted after the task had ended"));
        }
    }

    @Override
    public boolean isInterrupted() {
        return interrupted || super.isInterrupted();
    }
}
