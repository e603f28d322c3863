// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.lab.traffic;

import com.google.gson.Gson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The client: opens connections of each sort to each address. Says {@code ready} when all are open. Then it answers
 * each line with a {@link TrafficReport}: {@code status}; {@code reset} forgets the longest gap; {@code check MILLIS}
 * tries idle connections first; {@code finish} opens no more short-lived connections and waits for the last of them. It
 * ends when its standard input does.
 */
public final class TrafficClient {
    private final List<Idle> idle = new ArrayList<>();
    private final List<Bulk> bulks = new ArrayList<>();
    private final List<RequestResponse> exchanges = new ArrayList<>();
    private final List<Churn> churns = new ArrayList<>();
    private final List<Datagrams> datagrams = new ArrayList<>();

    private TrafficClient() {
        // see main()
    }

    /**
     * The program.
     *
     * @param args a {@link Load} in JSON; addresses
     * @throws IOException if a connection cannot be opened
     */
    @SuppressWarnings("checkstyle:regexpSinglelineJava")
    public static void main(final String[] args) throws IOException {
        final var client = new TrafficClient();
        final var load = new Gson().fromJson(args[0], Load.class);
        for (var address : List.of(args).subList(1, args.length)) {
            client.open(address, load);
        }
        System.out.println("ready");
        final var commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (var line = commands.readLine(); line != null; line = commands.readLine()) {
            final var words = line.split(" ");
            switch (words[0]) {
                case "check" -> client.idle.forEach(connections -> connections.check(Integer.parseInt(words[1])));
                case "reset" -> client.reset();
                case "finish" -> client.churns.forEach(Churn::finish);
                default -> {
                    // only report
                }
            }
            System.out.println(new Gson().toJson(client.report()));
        }
        System.exit(0);
    }

    private void open(final String address, final Load load) throws IOException {
        idle.add(Idle.open(address, TrafficServer.ECHO_PORT, load.idle()));
        for (int i = 0; i < load.bulk(); i++) {
            bulks.add(Bulk.start(Connection.open(address, TrafficServer.BULK_PORT)));
        }
        for (int i = 0; i < load.exchanges(); i++) {
            exchanges.add(RequestResponse.start(Connection.open(address, TrafficServer.ECHO_PORT)));
        }
        for (int i = 0; i < load.datagrams(); i++) {
            datagrams.add(Datagrams.start(address));
        }
        if (load.churn() > 0) {
            churns.add(Churn.start(address, load.churn()));
        }
    }

    private void reset() {
        exchanges.forEach(exchange -> exchange.gap().reset());
        datagrams.forEach(flow -> flow.gap().reset());
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
            Stream.concat(bulks.stream().map(Bulk::gap), exchanges.stream().map(RequestResponse::gap))
                .mapToDouble(Gap::silence).max().orElse(0),
            failures.isEmpty() ? null : failures.getFirst(), churned(), counted());
    }

    private TrafficReport.Churned churned() {
        final var reasons = new TreeMap<String, Integer>();
        churns.forEach(churn -> churn.failures().forEach((reason, count) ->
            reasons.merge(reason, count, Integer::sum)));
        return new TrafficReport.Churned(churns.stream().mapToLong(Churn::tried).sum(),
            reasons.values().stream().mapToInt(Integer::intValue).sum(), reasons);
    }

    private TrafficReport.Counted counted() {
        return new TrafficReport.Counted(datagrams.stream().mapToLong(Datagrams::sent).sum(),
            datagrams.stream().mapToLong(Datagrams::lost).sum(), datagrams.stream().mapToInt(Datagrams::rebinds).sum(),
            datagrams.stream().mapToDouble(flow -> flow.gap().millis()).max().orElse(0));
    }
}
