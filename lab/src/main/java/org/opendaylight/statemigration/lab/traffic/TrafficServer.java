// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.lab.traffic;

import com.google.gson.Gson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * The server: echoes on one port, TCP and UDP, and sends and checks bulk data on another. Says {@code ready} when it
 * listens, then answers each line with a {@link TrafficReport}, until its standard input ends.
 */
public final class TrafficServer {
    /** Port on which all that comes is sent back. */
    static final int ECHO_PORT = 5001;
    /** Port for bulk data. */
    static final int BULK_PORT = 5002;

    private static final int BACKLOG = 1_024;

    private final AtomicInteger opened = new AtomicInteger();
    private final AtomicInteger failedEchoes = new AtomicInteger();
    private final Collection<Bulk> bulks = new ConcurrentLinkedQueue<>();

    private TrafficServer() {
        // see main()
    }

    /**
     * The program.
     *
     * @param args none
     * @throws IOException if it cannot listen
     */
    @SuppressWarnings("checkstyle:regexpSinglelineJava")
    public static void main(final String[] args) throws IOException {
        final var server = new TrafficServer();
        server.listen(ECHO_PORT, connection -> Thread.ofVirtual().start(() -> server.echo(connection)));
        server.echoDatagrams();
        server.listen(BULK_PORT, connection -> server.bulks.add(Bulk.start(connection)));
        System.out.println("ready");
        final var commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (var command = commands.readLine(); command != null; command = commands.readLine()) {
            System.out.println(new Gson().toJson(server.report()));
        }
        System.exit(0);
    }

    @SuppressWarnings("checkstyle:regexpSinglelineJava")
    private void listen(final int port, final Consumer<Connection> service) throws IOException {
        final var listener = new ServerSocket();
        // The unspecified IPv6 address takes IPv4 too
        listener.bind(new InetSocketAddress("::", port), BACKLOG);
        Thread.ofVirtual().start(() -> {
            while (true) {
                try {
                    final var connection = new Connection(listener.accept());
                    opened.incrementAndGet();
                    service.accept(connection);
                } catch (IOException e) {
                    System.err.println("Port " + port + ": " + e);
                }
            }
        });
    }

    /** Nothing is kept of a connection that has ended: there may be many. */
    private void echo(final Connection connection) {
        try (connection) {
            connection.socket().getInputStream().transferTo(connection.socket().getOutputStream());
        } catch (IOException e) {
            failedEchoes.incrementAndGet();
        }
    }

    @SuppressWarnings("checkstyle:regexpSinglelineJava")
    private void echoDatagrams() throws IOException {
        final var socket = new DatagramSocket(new InetSocketAddress("::", ECHO_PORT));
        Thread.ofPlatform().daemon().start(() -> {
            final var packet = new DatagramPacket(new byte[Datagrams.ANSWER], Datagrams.ANSWER);
            while (true) {
                try {
                    socket.receive(packet);
                    if (packet.getLength() == Datagrams.QUESTION) {
                        ByteBuffer.wrap(packet.getData()).putInt(Datagrams.QUESTION, packet.getPort());
                        packet.setLength(Datagrams.ANSWER);
                        socket.send(packet);
                    }
                    packet.setLength(Datagrams.ANSWER);
                } catch (IOException e) {
                    System.err.println("UDP port " + ECHO_PORT + ": " + e);
                }
            }
        });
    }

    private TrafficReport report() {
        final long failed = failedEchoes.get()
            + bulks.stream().filter(bulk -> bulk.connection().failure() != null).count();
        return new TrafficReport(opened.get(), (int) failed, (int) bulks.stream().filter(Bulk::corrupt).count(),
            bulks.stream().mapToLong(Bulk::received).sum(), 0, 0, 0,
            bulks.stream().map(bulk -> bulk.connection().failure()).filter(Objects::nonNull).findFirst().orElse(null),
            new TrafficReport.Churned(0, 0, Map.of()), new TrafficReport.Counted(0, 0, 0, 0));
    }
}
