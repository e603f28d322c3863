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
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.opendaylight.statemigration.lab.namespace.Place;
import org.opendaylight.statemigration.lab.network.Vm;
import org.opendaylight.statemigration.lab.time.Await;

/** One of the traffic programs, running inside a VM. */
public final class TrafficProcess implements AutoCloseable {
    /** What is silent for longer does not flow: what arrived before is read by then on a busy machine, too. */
    private static final long SILENT_NANOS = 3_000_000_000L;

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
     * @param peer the VM where the server runs
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
     * Try the idle connections too, and give each as long to answer as anything takes on a busy machine.
     *
     * @return how the connections are
     * @throws IOException if the program is gone
     */
    public TrafficReport check() throws IOException {
        return check(Math.toIntExact(Await.BOUND.toMillis()));
    }

    /**
     * Try the idle connections too, of which some are expected not to answer.
     *
     * @param timeoutMillis how long each may take to answer
     * @return how the connections are
     * @throws IOException if the program is gone
     */
    public TrafficReport check(final int timeoutMillis) throws IOException {
        return ask("check " + timeoutMillis);
    }

    /**
     * Wait until something has come over each bulk and each request/response connection since this was called, twice:
     * what came first may have been under way already. A connection that was silent for a while may wait for its next
     * retransmission; one whose state is lost stays silent until it is given up, which takes a quarter of an hour.
     *
     * @return how the connections are
     * @throws IOException if the program is gone, or it does not come to that; the message says how they are
     * @throws InterruptedException if interrupted
     */
    public TrafficReport awaitFlowing() throws IOException, InterruptedException {
        awaitReport();
        return awaitReport();
    }

    private TrafficReport awaitReport() throws IOException, InterruptedException {
        final long begin = System.nanoTime();
        return Await.present("something comes over each connection", () -> {
            // Before it is asked, so that it is rather too short
            final double waited = (System.nanoTime() - begin) / 1_000_000.0;
            return Optional.of(status()).filter(report -> report.silenceMillis() < waited);
        });
    }

    /**
     * Wait until what was under way over connections that do not work any more has arrived.
     *
     * @return how the connections are
     * @throws IOException if the program is gone, or something still comes
     * @throws InterruptedException if interrupted
     */
    public TrafficReport awaitSilence() throws IOException, InterruptedException {
        final var last = new AtomicReference<>(status());
        final var since = new AtomicLong(System.nanoTime());
        return Await.present("nothing comes over any connection", () -> {
            final var now = status();
            final var before = last.getAndSet(now);
            if (now.bulkBytes() != before.bulkBytes() || now.answers() != before.answers()) {
                since.set(System.nanoTime());
            }
            return System.nanoTime() - since.get() > SILENT_NANOS ? Optional.of(now) : Optional.empty();
        });
    }

    /**
     * Wait until further short-lived connections have been opened.
     *
     * @param more how many
     * @return how the connections are
     * @throws IOException if the program is gone, or opens no more
     * @throws InterruptedException if interrupted
     */
    public TrafficReport awaitOpened(final int more) throws IOException, InterruptedException {
        final long wanted = status().churn().opened() + more;
        return Await.present(more + " more connections are opened",
            () -> Optional.of(status()).filter(report -> report.churn().opened() >= wanted));
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
