// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.lab.namespace;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The network namespaces of one laboratory, by name. All are removed when this is closed, and also if this process is
 * told to end.
 */
public final class Namespaces implements AutoCloseable {
    private final Map<String, Namespace> namespaces = new ConcurrentHashMap<>();
    private final ResourceStack resources = new ResourceStack();

    /**
     * None yet. What a killed run left behind is removed first.
     *
     * @throws IOException if the namespaces of the kernel cannot be listed
     */
    public Namespaces() throws IOException {
        Namespace.removeStale();
    }

    /**
     * Make a namespace, with its loopback interface up.
     *
     * @param id its name, without hyphens
     * @return the namespace
     * @throws IOException if it cannot be made
     */
    public Namespace add(final String id) throws IOException {
        final var namespace = resources.add(() -> Namespace.create(id));
        namespaces.put(id, namespace);
        return namespace;
    }

    /**
     * A namespace that was made.
     *
     * @param id its name
     * @return the namespace
     * @throws IllegalArgumentException if there is none
     */
    public Namespace get(final String id) {
        final var namespace = namespaces.get(id);
        if (namespace == null) {
            throw new IllegalArgumentException("There is no " + id + " in the laboratory");
        }
        return namespace;
    }

    @Override
    public void close() {
        resources.close();
    }
}
