// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.lab.traffic;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One end of a bulk connection: sends the pattern and checks each byte that comes. It sends at a steady rate, about
 * 16 MB/s, so that a laboratory of few processors measures the network and not itself.
 */
final class Bulk {
    private static final int CHUNK = 64 * 1024;
    private static final long INTERVAL_MILLIS = 4;

    private final AtomicLong received = new AtomicLong();
    private final Gap gap = new Gap();
    private final Connection connection;
    private volatile boolean corrupt;

    private Bulk(final Connection connection) {
        this.connection = connection;
    }

    static Bulk start(final Connection connection) {
        final var bulk = new Bulk(connection);
        connection.start(bulk::send);
        connection.start(bulk::receive);
        return bulk;
    }

    Connection connection() {
        return connection;
    }

    Gap gap() {
        return gap;
    }

    /** {@return bytes received and found right} */
    long received() {
        return received.get();
    }

    /** {@return whether a wrong byte came} */
    boolean corrupt() {
        return corrupt;
    }

    private void send() throws IOException, InterruptedException {
        final var output = connection.socket().getOutputStream();
        final var pattern = Pattern.start();
        final var buffer = new byte[CHUNK];
        while (true) {
            pattern.fill(buffer);
            output.write(buffer);
            Thread.sleep(INTERVAL_MILLIS);
        }
    }

    private void receive() throws IOException {
        final var input = connection.socket().getInputStream();
        final var pattern = Pattern.start();
        final var buffer = new byte[CHUNK];
        for (int count = input.read(buffer); count >= 0; count = input.read(buffer)) {
            if (!pattern.matches(buffer, count)) {
                corrupt = true;
                throw new IOException("A wrong byte came after " + received.get() + " right ones");
            }
            received.addAndGet(count);
            gap.answer();
        }
        throw new IOException("The other end closed the connection");
    }
}
