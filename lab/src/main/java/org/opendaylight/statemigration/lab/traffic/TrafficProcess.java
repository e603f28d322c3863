// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.lab.traffic;

import com.google.gson.Gson;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.opendaylight.statemigration.lab.namespace.Place;
import org.opendaylight.statemigration.lab.network.Vm;

/** One of the traffic programs, running inside a VM. */
public final class TrafficProcess implements AutoCloseable {
    /** What is silent for longer does not flow. */
    private static final int FLOWING_MILLIS = 100;

    private static final String READY = "ready";

    private final Process process;
    private final BufferedReader output;
    private final Writer input;

    private TrafficProcess(final Process process) {
        this.process = process;
        output = process.inputReader(StandardCharsets.UTF_8);
        input = process.outputWriter(StandardCharsets.UTF_8);
    }

    /**
     * Start the server.
     *
     * @param place where
     * @return the server, listening
     * @throws IOException if it does not start
     */
    public static TrafficProcess server(final Place place) throws IOException {
        return start(place, TrafficServer.class, List.of());
    }

    /**
     * Start a client that opens connections to VM3.
     *
     * @param place where
     * @param load what connections
     * @return the client, all connections open
     * @throws IOException if a connection cannot be opened
     */
    public static TrafficProcess client(final Place place, final Load load) throws IOException {
        return client(place, load, Vm.VM3);
    }

    /**
     * Start a client.
     *
     * @param place where
     * @param load what connections
     * @param peer the machine where the server runs
     * @return the client, all connections open
     * @throws IOException if a connection cannot be opened
     */
    public static TrafficProcess client(final Place place, final Load load, final Vm peer) throws IOException {
        final var arguments = new ArrayList<>(List.of(new Gson().toJson(load)));
        if (load.ipv4()) {
            arguments.add(peer.ipv4());
        }
        if (load.ipv6()) {
            arguments.add(peer.ipv6());
        }
        return start(place, TrafficClient.class, arguments);
    }

    /** {@return how the connections are, as far as is known} */
    public TrafficReport status() throws IOException {
        return ask("status");
    }

    /** {@return how the connections are; the longest gap is then measured anew} */
    public TrafficReport reset() throws IOException {
        return ask("reset");
    }

    /**
     * Try the idle connections too.
     *
     * @param timeoutMillis how long each may take to answer
     * @return how the connections are
     * @throws IOException if the program is gone
     */
    public TrafficReport check(final int timeoutMillis) throws IOException {
        return ask("check " + timeoutMillis);
    }

    /**
     * Wait until something comes over each bulk and each request/response connection. A connection that was silent for
     * a while may wait for its next retransmission; one whose state is lost stays silent until it is given up, which
     * takes a quarter of an hour.
     *
     * @param timeoutMillis how long it may take
     * @return how the connections are
     * @throws IOException if the program is gone, or it does not come to that; the message says how they are
     * @throws InterruptedException if interrupted
     */
    public TrafficReport awaitFlowing(final int timeoutMillis) throws IOException, InterruptedException {
        final long deadline = System.nanoTime() + timeoutMillis * 1_000_000L;
        while (true) {
            final var report = status();
            if (report.silenceMillis() <= FLOWING_MILLIS) {
                return report;
            }
            if (System.nanoTime() >= deadline) {
                throw new IOException("A connection is silent: " + report);
            }
            Thread.sleep(FLOWING_MILLIS / 2);
        }
    }

    /**
     * Open no more short-lived connections, and wait for the end of those there are.
     *
     * @return how the connections are
     * @throws IOException if the program is gone
     */
    public TrafficReport finish() throws IOException {
        return ask("finish");
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private TrafficReport ask(final String command) throws IOException {
        input.write(command + "\n");
        input.flush();
        return new Gson().fromJson(readLine(), TrafficReport.class);
    }

    private String readLine() throws IOException {
        final var line = output.readLine();
        if (line == null) {
            throw new IOException("A traffic program has ended; its own words are above");
        }
        return line;
    }

    private static TrafficProcess start(final Place place, final Class<?> program, final List<String> arguments)
            throws IOException {
        // Only what it needs is on its class path and only the quick compiler is used: it starts in a fraction of a
        // second and leaves the processors to the others
        final var command = new ArrayList<>(List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC", "-Xmx512m",
            "-cp", location(TrafficProcess.class) + File.pathSeparator + location(Gson.class),
            program.getName()));
        command.addAll(arguments);
        final var started = new TrafficProcess(new ProcessBuilder(place.command(command))
            .redirectError(ProcessBuilder.Redirect.INHERIT).start());
        try {
            if (!READY.equals(started.readLine())) {
                throw new IOException("A traffic program said something unexpected at start");
            }
        } catch (IOException e) {
            started.close();
            throw e;
        }
        return started;
    }

    private static String location(final Class<?> type) {
        return type.getProtectionDomain().getCodeSource().getLocation().getPath();
    }
}
