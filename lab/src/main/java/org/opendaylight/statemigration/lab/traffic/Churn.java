// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.lab.traffic;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Opens a steady number of connections a second. Each exchanges something when it is open, lives between 0.1 and 2
 * seconds, exchanges something again and closes. It has failed if it is refused or reset, if it waits longer than
 * half a minute, or if what comes back is wrong.
 */
final class Churn {
    private static final int TIMEOUT_MILLIS = 30_000;
    private static final int SHORTEST_MILLIS = 100;
    private static final int LONGEST_MILLIS = 2_000;

    private final Map<String, Integer> failures = new ConcurrentHashMap<>();
    private final AtomicLong tried = new AtomicLong();
    private final ExecutorService connections = Executors.newVirtualThreadPerTaskExecutor();
    private final String address;
    private final long intervalNanos;

    private Churn(final String address, final int perSecond) {
        this.address = address;
        intervalNanos = 1_000_000_000L / perSecond;
    }

    static Churn start(final String address, final int perSecond) {
        final var churn = new Churn(address, perSecond);
        Thread.ofVirtual().start(churn::run);
        return churn;
    }

    long tried() {
        return tried.get();
    }

    /** {@return failed connections by reason} */
    Map<String, Integer> failures() {
        return Map.copyOf(failures);
    }

    /** Open no more connections and wait until each has come to its end, which is bounded by their timeouts. */
    void finish() {
        connections.close();
    }

    private void run() {
        long due = System.nanoTime();
        try {
            while (true) {
                connections.execute(this::live);
                tried.incrementAndGet();
                due += intervalNanos;
                LockSupport.parkNanos(due - System.nanoTime());
            }
        } catch (RejectedExecutionException e) {
            // finished
        }
    }

    private void live() {
        String step = "connect";
        try (var connection = Connection.open(address, TrafficServer.ECHO_PORT, TIMEOUT_MILLIS)) {
            connection.socket().setSoTimeout(TIMEOUT_MILLIS);
            step = "first exchange";
            exchange(connection);
            Thread.sleep(ThreadLocalRandom.current().nextInt(SHORTEST_MILLIS, LONGEST_MILLIS));
            step = "second exchange";
            exchange(connection);
        } catch (IOException e) {
            failures.merge(step + ": " + reason(e), 1, Integer::sum);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void exchange(final Connection connection) throws IOException {
        final var question = ByteBuffer.allocate(Long.BYTES).putLong(ThreadLocalRandom.current().nextLong()).array();
        connection.socket().getOutputStream().write(question);
        final var answer = connection.socket().getInputStream().readNBytes(Long.BYTES);
        if (answer.length < Long.BYTES) {
            throw new IOException("closed by the other end");
        }
        if (!ByteBuffer.wrap(answer).equals(ByteBuffer.wrap(question))) {
            throw new IOException("wrong data");
        }
    }

    private static String reason(final IOException failure) {
        return switch (failure.getCause() == null ? failure : failure.getCause()) {
            case SocketTimeoutException timeout -> "no answer within " + TIMEOUT_MILLIS / 1000 + " s";
            case ConnectException refused -> "refused";
            default -> failure.getMessage();
        };
    }
}
