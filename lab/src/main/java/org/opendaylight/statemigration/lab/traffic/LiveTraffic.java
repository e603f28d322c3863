// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.lab.traffic;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.opendaylight.statemigration.lab.network.FirewallPair;
import org.opendaylight.statemigration.lab.time.Await;

/**
 * Connections that ask and answer all the time, over TCP and UDP. A connection is lost if an answer is wrong or stays
 * away for a minute; a datagram that stays away for a fraction of one is sent again and counted.
 */
public final class LiveTraffic implements AutoCloseable {
    /** Nothing takes so long on a busy machine, retransmissions included. */
    private static final int DEAD_MILLIS = 60_000;
    private static final int AGAIN_MILLIS = 400;
    /** Between an answer and the next question: so many leave the processors to the others. */
    private static final int INTERVAL_MILLIS = 5;

    private final FirewallPair lab;
    private final List<AutoCloseable> open = new ArrayList<>();
    private final List<Thread> clients = new ArrayList<>();
    private final Set<String> lost = ConcurrentHashMap.newKeySet();
    private final AtomicInteger opened = new AtomicInteger();
    private final AtomicInteger repeated = new AtomicInteger();
    private final AtomicLong answers = new AtomicLong();

    private volatile boolean stopped;

    /**
     * No connections yet.
     *
     * @param lab where they are opened
     */
    public LiveTraffic(final FirewallPair lab) {
        this.lab = lab;
    }

    /**
     * Open TCP connections.
     *
     * @param client namespace of the clients
     * @param from their address
     * @param server namespace of the server
     * @param at where it listens
     * @param known where the clients believe that it listens
     * @param count how many
     * @return where the connections come from, as the clients see it
     * @throws IOException if one cannot be opened
     */
    public List<InetSocketAddress> tcp(final String client, final InetAddress from, final String server,
            final InetSocketAddress at, final InetSocketAddress known, final int count) throws IOException {
        final var listener = lab.listen(server, at);
        open.add(listener);
        Thread.ofVirtual().start(() -> {
            while (listener.isOpen()) {
                try {
                    final var accepted = listener.accept();
                    Thread.ofVirtual().start(() -> ShortConnections.echo(accepted));
                } catch (IOException e) {
                    return;
                }
            }
        });
        final var seen = new ArrayList<InetSocketAddress>();
        for (int i = 0; i < count; i++) {
            final var channel = lab.connect(client, from, known);
            open.add(channel);
            seen.add((InetSocketAddress) channel.getLocalAddress());
            start("tcp " + channel.getLocalAddress(), name -> ask(channel));
        }
        return seen;
    }

    /**
     * Open UDP flows.
     *
     * @param client namespace of the clients
     * @param from their address
     * @param server namespace of the server
     * @param at where it listens
     * @param known where the clients believe that it listens
     * @param count how many
     * @throws IOException if one cannot be opened
     */
    public void udp(final String client, final InetAddress from, final String server, final InetSocketAddress at,
            final InetSocketAddress known, final int count) throws IOException {
        final var socket = lab.place(server).call(DatagramChannel::open);
        socket.bind(at);
        open.add(socket);
        Thread.ofVirtual().start(() -> echo(socket));
        for (int i = 0; i < count; i++) {
            final var channel = lab.place(client).call(DatagramChannel::open);
            channel.bind(new InetSocketAddress(from, 0));
            channel.connect(known);
            open.add(channel);
            start("udp " + channel.getLocalAddress(), name -> ask(channel));
        }
    }

    /** {@return how many answers have come} */
    public long answers() {
        return answers.get();
    }

    /**
     * Wait until there have been ten more answers for each connection.
     *
     * @throws AssertionError if a connection is lost
     * @throws IOException if the answers do not come in time
     * @throws InterruptedException if interrupted
     */
    public void goesOn() throws IOException, InterruptedException {
        final long wanted = answers.get() + 10L * opened.get();
        Await.until("traffic goes on", () -> {
            failIf(!lost.isEmpty(), "Connections were lost: " + lost);
            return answers.get() >= wanted;
        });
    }

    /**
     * End all connections, each after one more answer.
     *
     * @return a sentence with the counts
     * @throws AssertionError if a connection is lost
     * @throws InterruptedException if interrupted
     */
    public String end() throws InterruptedException {
        stopped = true;
        for (var client : clients) {
            failIf(!client.join(Duration.ofMillis(2L * DEAD_MILLIS)), "A connection does not end");
        }
        final var counts = opened + " connections, " + lost.size() + " lost, " + answers + " answers, " + repeated
            + " datagrams sent again";
        failIf(!lost.isEmpty(), counts + ": " + lost);
        return counts;
    }

    @Override
    public void close() throws Exception {
        stopped = true;
        for (var each : open) {
            each.close();
        }
    }

    @FunctionalInterface
    private interface Question {
        void ask(String name) throws IOException, InterruptedException;
    }

    private void start(final String name, final Question question) {
        opened.incrementAndGet();
        clients.add(Thread.ofVirtual().start(() -> {
            try {
                while (!stopped) {
                    question.ask(name);
                    Thread.sleep(INTERVAL_MILLIS);
                }
                question.ask(name);
            } catch (IOException | InterruptedException e) {
                lost.add(name + ": " + e);
            }
        }));
    }

    private void ask(final SocketChannel channel) throws IOException {
        final var question = ByteBuffer.allocate(Long.BYTES).putLong(System.nanoTime());
        channel.write(question.flip());
        channel.socket().setSoTimeout(DEAD_MILLIS);
        final var answer = channel.socket().getInputStream().readNBytes(Long.BYTES);
        if (answer.length != Long.BYTES || !ByteBuffer.wrap(answer).equals(question.rewind())) {
            throw new IOException("Ended or answered wrongly after " + answer.length + " octets");
        }
        answers.incrementAndGet();
    }

    private void ask(final DatagramChannel channel) throws IOException {
        final var question = ByteBuffer.allocate(Long.BYTES).putLong(System.nanoTime()).array();
        final var answer = new DatagramPacket(new byte[Long.BYTES], Long.BYTES);
        channel.socket().setSoTimeout(AGAIN_MILLIS);
        for (int tries = 0; tries < DEAD_MILLIS / AGAIN_MILLIS; tries++) {
            channel.write(ByteBuffer.wrap(question));
            try {
                do {
                    channel.socket().receive(answer);
                } while (!ByteBuffer.wrap(answer.getData()).equals(ByteBuffer.wrap(question)));
                answers.incrementAndGet();
                return;
            } catch (SocketTimeoutException e) {
                repeated.incrementAndGet();
            }
        }
        throw new IOException("No answer");
    }

    private static void failIf(final boolean failed, final String message) {
        if (failed) {
            throw new AssertionError(message);
        }
    }

    private static void echo(final DatagramChannel channel) {
        try {
            final var buffer = ByteBuffer.allocate(64);
            while (channel.isOpen()) {
                final var from = channel.receive(buffer);
                channel.send(buffer.flip(), from);
                buffer.clear();
            }
        } catch (IOException e) {
            // closed
        }
    }
}
