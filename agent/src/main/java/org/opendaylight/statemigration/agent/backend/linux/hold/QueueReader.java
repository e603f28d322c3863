// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.backend.linux.hold;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.opendaylight.statemigration.agent.backend.linux.netlink.KernelException;
import org.opendaylight.statemigration.time.Backoff;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that reads the packets of a queue. It goes on after failures of any kind, as nobody else answers for the
 * packets; but the more reads in a row have failed, the longer it pauses. That packets were dropped for want of room
 * is no failure: others wait to be read.
 */
final class QueueReader {
    /** Short at first, as packets wait. */
    static final Backoff BACKOFF = new Backoff(Duration.ofMillis(1), Duration.ofSeconds(5));

    private static final Logger LOG = LoggerFactory.getLogger(QueueReader.class);

    private final int queue;
    private final Reading reading;
    private final Backoff backoff;
    private final CountDownLatch end = new CountDownLatch(1);
    private final Thread thread;

    private int failures;

    /**
     * Create a reader that has not begun.
     *
     * @param queue number of the queue
     * @param reading what to do again and again
     * @param backoff pauses after failures
     */
    QueueReader(final int queue, final Reading reading, final Backoff backoff) {
        this.queue = queue;
        this.reading = requireNonNull(reading);
        this.backoff = requireNonNull(backoff);
        thread = Thread.ofPlatform().daemon().name("packet-queue-" + queue).unstarted(this::run);
    }

    /** Reads packets once. */
    @FunctionalInterface
    interface Reading {
        /**
         * Wait for packets for a short while, and do what is to be done with them.
         *
         * @throws KernelException if they cannot be read
         */
        void read() throws KernelException;
    }

    void start() {
        thread.start();
    }

    /** No longer read, but for a reading that is under way. */
    void end() {
        end.countDown();
    }

    /**
     * Wait for the thread to end.
     *
     * @param timeout for how long
     * @return whether it has ended
     * @throws InterruptedException if interrupted
     */
    boolean join(final Duration timeout) throws InterruptedException {
        return thread.join(timeout);
    }

    private void run() {
        try {
            Duration pause = Duration.ZERO;
            while (!end.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                pause = attempt();
            }
        } catch (InterruptedException e) {
            LOG.debug("Interrupted: no longer reading queue {}", queue, e);
            Thread.currentThread().interrupt();
        }
    }

    /** Read once; returns the pause before the next time. */
    @SuppressWarnings("checkstyle:illegalCatch")
    Duration attempt() {
        try {
            reading.read();
            failures = 0;
            return Duration.ZERO;
        } catch (RuntimeException | Error e) {
            final var pause = backoff.after(++failures);
            LOG.error("Failed to read packets of queue {}, trying again in {} ms", queue, pause.toMillis(), e);
            return pause;
        } catch (KernelException e) {
            if (e.errno() == KernelException.ENOBUFS) {
                LOG.debug("Packets of queue {} were dropped for want of room, as those beyond the length of a hold are",
                    queue, e);
                failures = 0;
                return Duration.ZERO;
            }
            final var pause = backoff.after(++failures);
            LOG.warn("Packets of queue {} cannot be read, trying again in {} ms", queue, pause.toMillis(), e);
            return pause;
        }
    }
}
