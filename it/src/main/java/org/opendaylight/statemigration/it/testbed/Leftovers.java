// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.it.testbed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import org.opendaylight.statemigration.it.controller.Distribution;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What has to be ended and removed, the last one first; that happens also if this process is told to end. */
final class Leftovers implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Leftovers.class);

    private final Deque<Runnable> resources = new ArrayDeque<>();
    private final Thread hook = new Thread(this::removeAll, "remove-all");
    private Path folder;

    Leftovers() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** {@return a new folder, which is removed in the end; the property {@code statemigration.keep} keeps it} */
    Path folder() throws IOException {
        final var created = Files.createTempDirectory("statemig-");
        synchronized (resources) {
            folder = created;
        }
        return created;
    }

    /** Do this in the end. */
    void add(final Runnable resource) {
        synchronized (resources) {
            resources.push(resource);
        }
    }

    @Override
    public void close() {
        removeAll();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // this process is ending, and the hook runs
        }
    }

    private void removeAll() {
        synchronized (resources) {
            while (!resources.isEmpty()) {
                resources.pop().run();
            }
            try {
                if (folder != null && System.getProperty("statemigration.keep") == null) {
                    Distribution.delete(folder);
                }
            } catch (IOException e) {
                LOG.warn("{} was left behind", folder, e);
            }
        }
    }
}
