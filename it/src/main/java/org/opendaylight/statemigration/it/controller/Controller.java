// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.it.controller;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.opendaylight.statemigration.lab.namespace.Place;
import org.opendaylight.statemigration.lab.time.Await;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A controller: a copy of the distribution, running as a process. Closing it ends the process. */
public final class Controller implements AutoCloseable {
    /** Data of the module that this project adds. */
    public static final String STATE_MIGRATION = "statemigration-master:state-migration";

    private static final Logger LOG = LoggerFactory.getLogger(Controller.class);
    private static final URI ROOT = URI.create("http://127.0.0.1:8181");
    private static final Duration START_TIMEOUT = Duration.ofMinutes(10);
    private static final int STOP_SECONDS = 90;
    private static final List<Integer> PORTS = List.of(8181, 8182, 4334, 4335);

    private final Path folder;
    private final ProcessHandle process;
    private final Restconf restconf;

    private Controller(final Path folder, final ProcessHandle process, final Restconf restconf) {
        this.folder = requireNonNull(folder);
        this.process = requireNonNull(process);
        this.restconf = requireNonNull(restconf);
    }

    /**
     * Start a controller from a copy of the distribution. Does not wait until it answers.
     *
     * @param place where it runs
     * @param folder the copy
     * @param javaHome the Java it runs on
     * @return the controller
     * @throws IOException if it cannot be started
     */
    public static Controller start(final Place place, final Path folder, final Path javaHome) throws IOException {
        checkPorts(place);
        // 'daemon' replaces the shell by Java, so that the process can be told to end
        final var process = script(place, folder, javaHome, "bin/karaf", "daemon").start().toHandle();
        return new Controller(folder, process, new Restconf(place, ROOT));
    }

    /**
     * Start a controller as an operator does, in the background. Does not wait until it answers.
     *
     * @param place where it runs
     * @param folder its folder
     * @param command the command in this folder that starts it
     * @param javaHome the Java it runs on
     * @return the controller
     * @throws IOException if it cannot be started
     * @throws InterruptedException if interrupted
     */
    public static Controller startInBackground(final Place place, final Path folder, final String command,
            final Path javaHome) throws IOException, InterruptedException {
        checkPorts(place);
        script(place, folder, javaHome, command).start();
        final var file = folder.resolve("karaf.pid");
        final var process = Await.present("the controller has started", () -> Files.exists(file)
            ? Files.readString(file).lines().findFirst().map(pid -> Long.parseLong(pid.strip()))
                .flatMap(ProcessHandle::of) : Optional.empty());
        return new Controller(folder, process, new Restconf(place, ROOT));
    }

    /**
     * End the controller in good order, as an operator does.
     *
     * @param place where it runs
     * @param command the command in its folder that ends it
     * @param javaHome the Java it runs on
     * @throws IOException if it does not end
     * @throws InterruptedException if interrupted
     */
    public void stop(final Place place, final String command, final Path javaHome)
            throws IOException, InterruptedException {
        script(place, folder, javaHome, command).start().waitFor();
        Await.until("the controller has ended", () -> !process.isAlive());
    }

    private static ProcessBuilder script(final Place place, final Path folder, final Path javaHome,
            final String... command) {
        final var words = new ArrayList<>(List.of(command));
        words.set(0, folder.resolve(words.getFirst()).toString());
        final var builder = new ProcessBuilder(place.command(words));
        builder.environment().put("JAVA_HOME", javaHome.toString());
        builder.environment().remove("JAVA_OPTS");
        builder.environment().remove("KARAF_HOME");
        return builder.redirectErrorStream(true).redirectOutput(folder.resolve("console.log").toFile());
    }

    /** {@return the process} */
    public ProcessHandle process() {
        return process;
    }

    /** {@return HTTP to it} */
    public Restconf restconf() {
        return restconf;
    }

    /**
     * Wait until the controller serves something.
     *
     * @param path path of data below {@code /rests/data}
     * @throws IOException if it ends, or takes too long; the message shows the end of its log
     * @throws InterruptedException if interrupted
     */
    public void await(final String path) throws IOException, InterruptedException {
        awaitNoFailure(path, () -> restconf.failure(path));
    }

    /**
     * Wait until the controller answers a request that is not RESTCONF.
     *
     * @param path path, beginning with a slash
     * @param data what is posted
     * @throws IOException if it ends, or takes too long; the message shows the end of its log
     * @throws InterruptedException if interrupted
     */
    public void awaitPost(final String path, final Object data) throws IOException, InterruptedException {
        awaitNoFailure(path, () -> {
            try {
                final var answer = restconf.post(path, data).getAsJsonObject();
                return answer.get("status").getAsInt() == 200 ? Optional.empty() : Optional.of(answer.toString());
            } catch (IOException e) {
                return Optional.of(e.toString());
            }
        });
    }

    private void awaitNoFailure(final String path, final Supplier<Optional<String>> failure)
            throws IOException, InterruptedException {
        final var found = new AtomicReference<>("");
        Await.until("the controller serves " + path, START_TIMEOUT, () -> {
            if (!process.isAlive()) {
                throw new IOException("The controller ended at start. " + endOfLog());
            }
            found.set(failure.get().orElse(""));
            return found.get().isEmpty();
        }, () -> found + " " + endOfLog());
    }

    /** {@return the log of the controller} */
    public Path log() {
        return folder.resolve("data/log/karaf.log");
    }

    @Override
    public void close() {
        restconf.close();
        // Nothing of it is kept, so it need not end in good order
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        try {
            process.onExit().get(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("The controller in {} does not end", folder, e);
        }
    }

    private String endOfLog() throws IOException {
        final var file = Files.exists(log()) ? log() : folder.resolve("console.log");
        final var lines = Files.readAllLines(file);
        return "The end of " + file.getFileName() + ":\n"
            + String.join("\n", lines.subList(Math.max(0, lines.size() - 30), lines.size()));
    }

    /** A second controller on the same ports would fail later and less clearly. */
    private static void checkPorts(final Place place) throws IOException {
        for (int port : PORTS) {
            try {
                place.call(() -> {
                    new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1")).close();
                    return null;
                });
            } catch (IOException e) {
                throw new IOException("The controller needs port " + port + " on " + place
                    + ", but another program uses it: end that first", e);
            }
        }
    }
}
