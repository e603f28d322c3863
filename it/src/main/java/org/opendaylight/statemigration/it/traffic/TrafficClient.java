package org.opendaylight.statemigration.it.traffic;

import com.google.gson.Gson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The client: opens connections of each sort to each address. Says {@code ready} when all are open. Then it answers
 * each line with a {@link TrafficReport}: {@code status}; {@code reset} forgets the longest gap; {@code check MILLIS}
 * tries idle connections first. It ends when its standard input does.
 */
public final class TrafficClient {
    private final List<Idle> idle = new ArrayList<>();
    private final List<Bulk> bulks = new ArrayList<>();
    private final List<RequestResponse> exchanges = new ArrayList<>();

    private TrafficClient() {
        // see main()
    }

    /**
     * The program.
     *
     * @param args idle connections, bulk connections, request/response connections, all per address; addresses
     * @throws IOException if a connection cannot be opened
     */
    @SuppressWarnings("checkstyle:regexpSinglelineJava")
    public static void main(final String[] args) throws IOException {
        final var client = new TrafficClient();
        for (var address : List.of(args).subList(3, args.length)) {
            client.open(address, Integer.parseInt(args[0]), Integer.parseInt(args[1]), Integer.parseInt(args[2]));
        }
        System.out.println("ready");
        final var commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (var line = commands.readLine(); line != null; line = commands.readLine()) {
            final var words = line.split(" ");
            switch (words[0]) {
                case "check" -> client.idle.forEach(connections -> connections.check(Integer.parseInt(words[1])));
                case "reset" -> client.exchanges.forEach(exchange -> exchange.gap().reset());
                default -> {
                    // only report
                }
            }
            System.out.println(new Gson().toJson(client.report()));
        }
        System.exit(0);
    }

    private void open(final String address, final int idles, final int bulk, final int exchange) throws IOException {
        idle.add(Idle.open(address, TrafficServer.ECHO_PORT, idles));
        for (int i = 0; i < bulk; i++) {
            bulks.add(Bulk.start(Connection.open(address, TrafficServer.BULK_PORT)));
        }
        for (int i = 0; i < exchange; i++) {
            exchanges.add(RequestResponse.start(Connection.open(address, TrafficServer.ECHO_PORT)));
        }
    }

    private TrafficReport report() {
        final var connections = Stream.of(idle.stream().flatMap(some -> some.connections().stream()),
            bulks.stream().map(Bulk::connection), exchanges.stream().map(RequestResponse::connection))
            .flatMap(some -> some).toList();
        final var failures = connections.stream().map(Connection::failure).filter(Objects::nonNull).toList();
        return new TrafficReport(connections.size(), failures.size(),
            (int) (bulks.stream().filter(Bulk::corrupt).count()
                + exchanges.stream().filter(RequestResponse::corrupt).count()),
            bulks.stream().mapToLong(Bulk::received).sum(),
            exchanges.stream().mapToLong(RequestResponse::answers).sum(),
            exchanges.stream().mapToDouble(exchange -> exchange.gap().millis()).max().orElse(0),
            failures.isEmpty() ? null : failures.getFirst());
    }
}
