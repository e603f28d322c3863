// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.registry;

/**
 * A request for whose answer the present thread waits, and that another thread may give up. The thread is interrupted
 * then, but no later than {@link #end()}, so that whatever it does next is not disturbed. Its monitor is the innermost
 * lock.
 */
public final class PendingCall {
    private final Thread thread = Thread.currentThread();
    private boolean ended;
    private boolean givenUp;

    /** Have the thread wait no longer. Nothing happens if it does not wait any more. */
    public synchronized void giveUp() {
        if (!ended && !givenUp) {
            givenUp = true;
            thread.interrupt();
        }
    }

    /**
     * The thread does not wait any more. Called on that thread.
     *
     * @return whether the request was given up; the thread is not marked as interrupted then
     */
    public synchronized boolean end() {
        ended = true;
        if (givenUp) {
            Thread.interrupted();
        }
        return givenUp;
    }
}
