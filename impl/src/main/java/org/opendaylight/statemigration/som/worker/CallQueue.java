// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.worker;

import com.google.common.util.concurrent.MoreExecutors;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls of listeners that are noted while a monitor is held, in the order of what they tell, and made after it is given
 * up. They are made one at a time: a thread that finds another one at it leaves its calls to that one. Listeners return
 * at once, so no more calls wait than there were changes during one of them.
 */
public final class CallQueue {
    private static final Logger LOG = LoggerFactory.getLogger(CallQueue.class);

    private final Queue<Runnable> calls = new ConcurrentLinkedQueue<>();
    private final Executor oneAtATime = MoreExecutors.newSequentialExecutor(MoreExecutors.directExecutor());

    /**
     * Note a call.
     *
     * @param call the call; returns at once
     */
    public void add(final Runnable call) {
        calls.add(call);
    }

    /** Make the calls that were noted. The caller holds no monitor. */
    public void run() {
        oneAtATime.execute(() -> {
            for (var call = calls.poll(); call != null; call = calls.poll()) {
                make(call);
            }
        });
    }

    @SuppressWarnings("checkstyle:IllegalCatch")
    private static void make(final Runnable call) {
        try {
            call.run();
        } catch (Throwable e) {
            LOG.error("A listener failed", e);
        }
    }
}
