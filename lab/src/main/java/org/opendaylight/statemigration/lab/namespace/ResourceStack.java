// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.lab.namespace;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What has to be ended or removed, the last one first, when this is closed, and also if this process is told to end.
 * One that fails is logged and does not keep the others.
 */
public final class ResourceStack implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ResourceStack.class);

    private final Deque<AutoCloseable> resources = new ArrayDeque<>();
    private final Thread hook = new Thread(this::closeAll, "close-all");

    /** Nothing yet. */
    public ResourceStack() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /**
     * How to make something that has to be ended or removed.
     *
     * @param <T> what is made
     */
    @FunctionalInterface
    public interface Maker<T extends AutoCloseable> {
        /**
         * Make it.
         *
         * @return what was made
         * @throws IOException if it cannot be made
         */
        T make() throws IOException;
    }

    /**
     * Make something, and close it in the end. A process that is told to end meanwhile waits until it is made, and
     * closes it then.
     *
     * @param <T> what is made
     * @param maker makes it
     * @return what was made
     * @throws IOException if it cannot be made
     */
    public <T extends AutoCloseable> T add(final Maker<T> maker) throws IOException {
        synchronized (resources) {
            final var made = maker.make();
            resources.push(made);
            return made;
        }
    }

    @Override
    public void close() {
        closeAll();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            LOG.debug("This process is ending, and the hook runs", e);
        }
    }

    @SuppressWarnings("checkstyle:illegalCatch")
    private void closeAll() {
        synchronized (resources) {
            while (!resources.isEmpty()) {
                final var resource = resources.pop();
                try {
                    resource.close();
                } catch (Exception e) {
                    LOG.warn("{} was not closed", resource, e);
                }
            }
        }
    }
}
