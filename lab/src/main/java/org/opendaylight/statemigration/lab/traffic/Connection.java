// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.lab.traffic;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicReference;

/** A TCP connection that remembers how it failed first. */
final class Connection implements AutoCloseable {
    private static final int CONNECT_MILLIS = 5_000;

    private final AtomicReference<String> failure = new AtomicReference<>();
    private final Socket socket;

    Connection(final Socket socket) throws IOException {
        this.socket = socket;
        socket.setTcpNoDelay(true);
    }

    static Connection open(final String address, final int port) throws IOException {
        return open(address, port, CONNECT_MILLIS);
    }

    static Connection open(final String address, final int port, final int millis) throws IOException {
        final var socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(address, port), millis);
        } catch (IOException e) {
            socket.close();
            throw new IOException("No connection to " + address + " port " + port + ": " + e.getMessage(), e);
        }
        return new Connection(socket);
    }

    Socket socket() {
        return socket;
    }

    /** Do something on a thread of its own; what it throws is the failure of the connection. */
    void start(final Work work) {
        Thread.ofVirtual().start(() -> {
            try {
                work.run();
            } catch (IOException e) {
                fail(e.getMessage() == null ? e.toString() : e.getMessage());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    void fail(final String reason) {
        failure.compareAndSet(null, reason);
    }

    /** {@return how it failed, or null} */
    String failure() {
        return failure.get();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            fail(e.getMessage());
        }
    }

    /** What is done on a connection. */
    @FunctionalInterface
    interface Work {
        void run() throws IOException, InterruptedException;
    }
}
