package org.opendaylight.statemigration.it.traffic;

import com.google.gson.Gson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/**
 * The server: echoes on one port, and sends and checks bulk data on another. Says {@code ready} when it listens, then
 * answers each line with a {@link TrafficReport}, until its standard input ends.
 */
public final class TrafficServer {
    /** Port on which all that comes is sent back. */
    static final int ECHO_PORT = 5001;
    /** Port for bulk data. */
    static final int BULK_PORT = 5002;

    private static final int BACKLOG = 1_024;

    private final Collection<Connection> echoes = new ConcurrentLinkedQueue<>();
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
        server.listen(ECHO_PORT, connection -> {
            server.echoes.add(connection);
            connection.start(() -> connection.socket().getInputStream()
                .transferTo(connection.socket().getOutputStream()));
        });
        server.listen(BULK_PORT, connection -> server.bulks.add(Bulk.start(connection)));
        System.out.println("ready");
        final var commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        while (commands.readLine() != null) {
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
                    service.accept(new Connection(listener.accept()));
                } catch (IOException e) {
                    System.err.println("Port " + port + ": " + e);
                }
            }
        });
    }

    private TrafficReport report() {
        final long failed = echoes.stream().filter(echo -> echo.failure() != null).count()
            + bulks.stream().filter(bulk -> bulk.connection().failure() != null).count();
        return new TrafficReport(echoes.size() + bulks.size(), (int) failed,
            (int) bulks.stream().filter(Bulk::corrupt).count(), bulks.stream().mapToLong(Bulk::received).sum(), 0, 0,
            bulks.stream().map(bulk -> bulk.connection().failure()).filter(Objects::nonNull).findFirst().orElse(null));
    }
}
