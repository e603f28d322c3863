// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.lab.traffic;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/** Connections on which nothing happens until they are asked whether they still work. */
final class Idle {
    /** As many at a time as a listener's backlog takes without repeated SYNs. */
    private static final int AT_A_TIME = 64;

    private final List<Connection> connections;
    private long challenge;

    private Idle(final List<Connection> connections) {
        this.connections = List.copyOf(connections);
    }

    static Idle open(final String address, final int port, final int count) throws IOException {
        final var opened = new ArrayList<Connection>(count);
        for (int i = 0; i < count; i++) {
            opened.add(Connection.open(address, port));
        }
        return new Idle(opened);
    }

    List<Connection> connections() {
        return connections;
    }

    /** Exchange something over each connection; one that does not answer in time has failed. */
    synchronized void check(final int timeoutMillis) {
        challenge++;
        final var slots = new Semaphore(AT_A_TIME);
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var connection : connections) {
                executor.execute(() -> {
                    slots.acquireUninterruptibly();
                    try {
                        echo(connection, challenge, timeoutMillis);
                    } catch (IOException e) {
                        connection.fail(String.valueOf(e.getMessage()));
                    } finally {
                        slots.release();
                    }
                });
            }
        }
    }

    private static void echo(final Connection connection, final long number, final int timeoutMillis)
            throws IOException {
        if (connection.failure() == null) {
            connection.socket().setSoTimeout(timeoutMillis);
            connection.socket().getOutputStream().write(ByteBuffer.allocate(Long.BYTES).putLong(number).array());
            final var answer = connection.socket().getInputStream().readNBytes(Long.BYTES);
            if (answer.length < Long.BYTES) {
                throw new IOException("The other end closed the connection");
            }
            if (ByteBuffer.wrap(answer).getLong() != number) {
                throw new IOException("The answer is not that to the question");
            }
        }
    }
}
