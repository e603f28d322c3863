// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.lab.traffic;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.opendaylight.statemigration.lab.junit.Ipv6Sockets;
import org.opendaylight.statemigration.lab.network.FirewallPair;
import org.opendaylight.statemigration.lab.time.Await;

/** New TCP connections all the time, each of which asks and answers some times and then ends. */
public final class ShortConnections implements AutoCloseable {
    private static final int BACKLOG = 4096;
    private static final int DEAD_MILLIS = 60_000;
    private static final int BATCH = 200;

    private final FirewallPair lab;
    private final InetAddress from;
    private final ServerSocketChannel server;
    private final int perSecond;
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final AtomicInteger opened = new AtomicInteger();
    private final ExecutorService conversations = Executors.newVirtualThreadPerTaskExecutor();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();

    /**
     * Begin to open connections from the VM to the peer.
     *
     * @param lab where
     * @param from address of the VM
     * @param to address of the peer
     * @param perSecond how many are opened in a second
     * @throws IOException if the peer cannot listen
     */
    public ShortConnections(final FirewallPair lab, final InetAddress from, final InetAddress to, final int perSecond)
            throws IOException {
        Ipv6Sockets.assumeFor(from);
        this.lab = lab;
        this.from = from;
        this.perSecond = perSecond;
        server = lab.place("peer").call(ServerSocketChannel::open);
        server.bind(new InetSocketAddress(to, 0), BACKLOG);
        Thread.ofVirtual().start(this::accept);
        Thread.ofPlatform().daemon().start(this::open);
    }

    /** {@return how many have been opened} */
    public int opened() {
        return opened.get();
    }

    /**
     * Wait until so many have been opened.
     *
     * @param count how many, from the start
     * @throws IOException if it does not come to that
     * @throws InterruptedException if interrupted
     */
    public void awaitOpened(final int count) throws IOException, InterruptedException {
        Await.until(count + " connections are opened", () -> opened() >= count);
    }

    /**
     * Open no more and let those that are open come to their end.
     *
     * @return a sentence for each that failed
     * @throws InterruptedException if interrupted
     */
    public List<String> end() throws InterruptedException {
        stopped.set(true);
        ended.await();
        // Waits for all, each of whose steps is bounded
        conversations.close();
        return List.copyOf(failures);
    }

    @Override
    public void close() throws IOException {
        stopped.set(true);
        server.close();
    }

    private void open() {
        final var random = RandomGenerator.getDefault();
        final var start = System.nanoTime();
        final var ready = new ArrayList<SocketChannel>();
        try {
            for (int number = 0; !stopped.get(); number++) {
                if (ready.isEmpty()) {
                    // Many at once: a namespace is entered on a thread of its own
                    ready.addAll(lab.place("vm").call(() -> {
                        final var batch = new ArrayList<SocketChannel>();
                        for (int i = 0; i < BATCH; i++) {
                            batch.add(SocketChannel.open());
                        }
                        return batch;
                    }));
                }
                final var channel = ready.removeLast();
                final int questions = 1 + random.nextInt(8);
                final int pause = 5 + random.nextInt(150);
                opened.incrementAndGet();
                conversations.execute(() -> converse(channel, questions, pause));
                final long wait = start + number * 1_000_000_000L / perSecond - System.nanoTime();
                if (wait > 0) {
                    Thread.sleep(wait / 1_000_000, (int) (wait % 1_000_000));
                }
            }
        } catch (IOException | InterruptedException e) {
            failures.add("No more connections: " + e);
        } finally {
            for (SelectableChannel channel : ready) {
                try {
                    channel.close();
                } catch (IOException e) {
                    failures.add(e.toString());
                }
            }
            ended.countDown();
        }
    }

    private void converse(final SocketChannel channel, final int questions, final int pause) {
        int answered = -1;
        try (channel) {
            channel.bind(new InetSocketAddress(from, 0));
            channel.socket().connect(server.getLocalAddress(), DEAD_MILLIS);
            channel.socket().setSoTimeout(DEAD_MILLIS);
            for (answered = 0; answered < questions; answered++) {
                Thread.sleep(pause);
                final byte[] question = ByteBuffer.allocate(Long.BYTES).putLong(System.nanoTime()).array();
                channel.socket().getOutputStream().write(question);
                final byte[] answer = channel.socket().getInputStream().readNBytes(Long.BYTES);
                if (!ByteBuffer.wrap(question).equals(ByteBuffer.wrap(answer))) {
                    throw new IOException("Ended after " + answer.length + " octets");
                }
            }
            channel.shutdownOutput();
            if (channel.socket().getInputStream().read() >= 0) {
                throw new IOException("Answered without question");
            }
        } catch (IOException | InterruptedException e) {
            failures.add("Connection failed after " + answered + " of " + questions + " answers: " + e);
        }
    }

    private void accept() {
        while (server.isOpen()) {
            try {
                final var channel = server.accept();
                Thread.ofVirtual().start(() -> echo(channel));
            } catch (IOException e) {
                return;
            }
        }
    }

    /** Send back what comes, until the other end closes. */
    static void echo(final SocketChannel channel) {
        try (channel) {
            final var buffer = ByteBuffer.allocate(64);
            while (channel.read(buffer) >= 0) {
                buffer.flip();
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
                buffer.clear();
            }
        } catch (IOException e) {
            // the client sees it
        }
    }
}
