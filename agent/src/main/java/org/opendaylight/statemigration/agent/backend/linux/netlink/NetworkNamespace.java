// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.backend.linux.netlink;

import static java.util.Objects.requireNonNull;

import com.google.common.util.concurrent.Uninterruptibles;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeoutException;

/**
 * The network namespace that a state table is in. A socket stays in the namespace of the thread that opened it, so it
 * is enough to open it there.
 *
 * @param path a file that stands for the namespace, such as {@code /run/netns/NAME}; empty for that of this process
 */
public record NetworkNamespace(Optional<Path> path) {
    private static final int CLONE_NEWNET = 0x40000000;
    /** Above the time that any rule of the firewall takes to be made. */
    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    public NetworkNamespace {
        requireNonNull(path);
    }

    /** Something to be done in a namespace. */
    @FunctionalInterface
    public interface Action<T> {
        T run() throws IOException;
    }

    /**
     * Do something in this namespace.
     *
     * @param <T> type of the result
     * @param action what to do
     * @return its result
     * @throws IOException if it fails or the namespace cannot be entered
     */
    public <T> T call(final Action<T> action) throws IOException {
        if (path.isEmpty()) {
            return action.run();
        }
        final var task = new FutureTask<>(() -> {
            final int fd = Libc.open(path.orElseThrow().toString());
            try {
                Libc.setns(fd, CLONE_NEWNET);
            } finally {
                Libc.close(fd);
            }
            return action.run();
        });
        // A platform thread, because the namespace belongs to the kernel's thread; thrown away, because it never
        // comes back from there
        Thread.ofPlatform().name("netns").daemon().start(task);
        return get(task);
    }

    private static <T> T get(final FutureTask<T> task) throws IOException {
        try {
            return Uninterruptibles.getUninterruptibly(task, TIMEOUT);
        } catch (ExecutionException e) {
            throw new IOException(e.getCause().getMessage(), e);
        } catch (TimeoutException e) {
            throw new IOException("What was to be done in another network namespace does not end", e);
        }
    }
}
