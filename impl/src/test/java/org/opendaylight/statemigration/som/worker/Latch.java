// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.worker;

import static java.util.Objects.requireNonNull;

/** What tasks of a {@link Simulation} and its test wait for until it has been counted down to zero. */
public final class Latch {
    private final Simulation simulation;
    private int left;

    Latch(final Simulation simulation, final int count) {
        this.simulation = requireNonNull(simulation);
        left = count;
    }

    public void countDown() {
        left--;
    }

    /**
     * Wait for it. A task waits for ever, the test no longer than it waits for anything.
     *
     * @throws InterruptedException if the task is interrupted
     */
    public void await() throws InterruptedException {
        if (Thread.currentThread() instanceof TaskThread) {
            simulation.await(this::isOpen);
        } else {
            simulation.awaitTrue("a latch is open", this::isOpen);
        }
    }

    private boolean isOpen() {
        return left <= 0;
    }
}
