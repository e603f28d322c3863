// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.lab.junit;

import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.opendaylight.statemigration.lab.namespace.Requirements;

/**
 * Closes what a test class has made for all its tests, the last one first, also if one of them could not be made. Skips
 * the class where the machine does not permit a laboratory.
 */
public final class ClassResources implements BeforeAllCallback, AfterAllCallback {
    private final Deque<AutoCloseable> made = new ArrayDeque<>();

    /**
     * Close this after all tests of the class.
     *
     * @param <T> what it is
     * @param resource what was made
     * @return the same
     */
    public <T extends AutoCloseable> T own(final T resource) {
        made.push(resource);
        return resource;
    }

    @Override
    public void beforeAll(final ExtensionContext context) {
        Requirements.missing().ifPresent(missing -> Assumptions.abort("Skipped. " + missing));
    }

    @Override
    public void afterAll(final ExtensionContext context) throws Exception {
        while (!made.isEmpty()) {
            made.pop().close();
        }
    }
}
