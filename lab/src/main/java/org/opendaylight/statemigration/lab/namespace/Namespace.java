// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.lab.namespace;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.opendaylight.statemigration.lab.kernel.KernelCalls;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A network namespace. Closing it ends the processes in it and removes it.
 *
 * <p>Programs are started in it with {@code ip netns exec}. What this process itself has to do in it (HTTP, netlink,
 * sysctl) runs on a thread that has entered the namespace: a socket belongs for life to the namespace of the thread
 * that made it, and a new thread begins in that of its parent. So one driver can talk to all places at once, and no
 * cable leads from the laboratory to the network of the machine it runs on.
 */
public final class Namespace implements Place, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Namespace.class);
    /** What a new namespace may take over from the machine, whose operator may want it otherwise. */
    private static final Map<String, String> SETTINGS = Map.of("ipv4/conf/all/rp_filter", "0",
        "ipv4/conf/default/rp_filter", "0", "ipv6/conf/all/disable_ipv6", "0", "ipv6/conf/default/disable_ipv6", "0");
    private static final String PREFIX = "statemig-";

    private final String name;
    private final ExecutorService thread;

    private Namespace(final String name) throws IOException {
        this.name = requireNonNull(name);
        thread = Executors.newSingleThreadExecutor(Thread.ofPlatform().name(name).daemon().factory());
        call(() -> {
            KernelCalls.enterNamespace(name);
            return null;
        });
    }

    /**
     * Make a namespace, with its loopback interface up, IPv6, and no check of the paths that packets come by.
     *
     * @param id what tells it from the other namespaces of this process
     * @return the namespace
     * @throws IOException if it cannot be made
     */
    public static Namespace create(final String id) throws IOException {
        final var name = PREFIX + ProcessHandle.current().pid() + "-" + id;
        ShellCommand.run(List.of("ip", "netns", "add", name));
        final var namespace = new Namespace(name);
        namespace.ip("link set lo up\n");
        for (var setting : SETTINGS.entrySet()) {
            namespace.sysctl(setting.getKey(), setting.getValue());
        }
        return namespace;
    }

    /** {@return its name in the kernel} */
    public String name() {
        return name;
    }

    /** {@return the file that stands for it} */
    public Path path() {
        return Path.of("/run/netns", name);
    }

    /**
     * Run commands of {@code ip}, all in one process.
     *
     * @param batch the commands, one a line
     * @throws IOException if one of them fails
     */
    public void ip(final String batch) throws IOException {
        ShellCommand.feed(List.of("ip", "-n", name, "-batch", "-"), batch);
    }

    /**
     * Lay a link to another namespace, with both ends up.
     *
     * @param other the other namespace
     * @param port name of the interface here
     * @param otherPort name of the interface there
     * @throws IOException if it cannot be made
     */
    public void linkTo(final Namespace other, final String port, final String otherPort) throws IOException {
        ShellCommand.run(List.of("ip", "link", "add", port, "netns", name, "type", "veth", "peer", "name", otherPort,
            "netns", other.name));
        ip("link set dev " + port + " up\n");
        other.ip("link set dev " + otherPort + " up\n");
    }

    /**
     * Load rules of the packet filter, or change them.
     *
     * @param script what {@code nft} reads
     * @throws IOException if it does not take them
     */
    public void rules(final String script) throws IOException {
        ShellCommand.feed(command(List.of("nft", "-f", "-")), script);
    }

    /**
     * Set a kernel variable of the namespace.
     *
     * @param key path below {@code /proc/sys/net}
     * @param value its value
     * @throws IOException if it cannot be set
     */
    public void sysctl(final String key, final String value) throws IOException {
        call(() -> Files.writeString(Path.of("/proc/sys/net", key), value));
    }

    /**
     * Run a short command in the namespace.
     *
     * @param command name and arguments
     * @return what it wrote
     * @throws IOException if it fails
     */
    public String run(final String... command) throws IOException {
        return ShellCommand.run(command(List.of(command)));
    }

    /**
     * Run a script of the shell in the namespace, which ends where a command fails.
     *
     * @param script the script
     * @return what it wrote to its standard output
     * @throws IOException if a command of it fails
     */
    public String shell(final String script) throws IOException {
        return ShellCommand.feed(command(List.of("sh", "-e", "-s")), script);
    }

    @Override
    public List<String> command(final List<String> command) {
        final var full = new ArrayList<>(List.of("ip", "netns", "exec", name));
        full.addAll(command);
        return full;
    }

    @Override
    public <T> T call(final Task<T> task) throws IOException {
        try {
            return thread.submit(task::run).get();
        } catch (ExecutionException e) {
            throw new IOException(e.getCause().getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while something was done in " + name, e);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
        remove(name);
    }

    /**
     * Remove what runs that were killed have left behind. Names bear the process id of their run, so that those can be
     * told.
     *
     * @throws IOException if the namespaces cannot be listed
     */
    static void removeStale() throws IOException {
        for (var line : ShellCommand.run(List.of("ip", "netns", "list")).lines().toList()) {
            final var name = line.split(" ", 2)[0];
            final var parts = name.split("-");
            if (name.startsWith(PREFIX) && parts.length == 3 && parts[1].matches("\\d{1,9}")
                && ProcessHandle.of(Long.parseLong(parts[1])).isEmpty()) {
                remove(name);
            }
        }
    }

    /** Ends all processes in it and removes it. What cannot be removed is logged. */
    private static void remove(final String name) {
        try {
            for (var pid : ShellCommand.run(List.of("ip", "netns", "pids", name)).split("\\s+")) {
                if (!pid.isEmpty() && Long.parseLong(pid) != ProcessHandle.current().pid()) {
                    ProcessHandle.of(Long.parseLong(pid)).ifPresent(ProcessHandle::destroyForcibly);
                }
            }
            ShellCommand.run(List.of("ip", "netns", "delete", name));
        } catch (IOException e) {
            LOG.warn("Network namespace {} was not removed", name, e);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
