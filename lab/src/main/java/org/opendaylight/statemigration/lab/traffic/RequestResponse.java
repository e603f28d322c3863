// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.lab.traffic;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Asks once a millisecond, without waiting for the answer before, and measures the longest gap between answers. A
 * request is a sequence number and the time at which it was sent; answers must come complete and in order.
 */
final class RequestResponse {
    private static final long INTERVAL_NANOS = 1_000_000;
    private static final int LENGTH = 2 * Long.BYTES;

    private final AtomicLong answers = new AtomicLong();
    private final Gap gap = new Gap();
    private final Connection connection;
    private volatile boolean corrupt;

    private RequestResponse(final Connection connection) {
        this.connection = connection;
    }

    static RequestResponse start(final Connection connection) {
        final var exchange = new RequestResponse(connection);
        connection.start(exchange::ask);
        connection.start(exchange::listen);
        return exchange;
    }

    Connection connection() {
        return connection;
    }

    Gap gap() {
        return gap;
    }

    long answers() {
        return answers.get();
    }

    boolean corrupt() {
        return corrupt;
    }

    private void ask() throws IOException {
        final var output = new DataOutputStream(connection.socket().getOutputStream());
        final var request = ByteBuffer.allocate(LENGTH);
        long due = System.nanoTime();
        for (long sequence = 0; ; sequence++) {
            output.write(request.clear().putLong(sequence).putLong(System.nanoTime()).array());
            due += INTERVAL_NANOS;
            LockSupport.parkNanos(due - System.nanoTime());
        }
    }

    private void listen() throws IOException {
        final var input = new DataInputStream(connection.socket().getInputStream());
        long sent = Long.MIN_VALUE;
        for (long sequence = 0; ; sequence++) {
            try {
                final long number = input.readLong();
                final long time = input.readLong();
                if (number != sequence || time - sent < 0 && sequence > 0) {
                    corrupt = true;
                    throw new IOException("Answer " + number + " came where " + sequence + " was due");
                }
                sent = time;
            } catch (EOFException e) {
                throw new IOException("The other end closed the connection", e);
            }
            answers.incrementAndGet();
            gap.answer();
        }
    }
}
