// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.it.testbed;

import java.io.IOException;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.opendaylight.statemigration.lab.junit.ClassResources;
import org.opendaylight.statemigration.lab.namespace.Requirements;
import org.opendaylight.statemigration.lab.network.ManagementNetwork;

/**
 * One controller for all test classes of a run. Each class brings its agents, and its laboratory if it needs one; both
 * are gone and the controller is as at its start when the next class begins. Where a test has failed, the next class
 * gets a new controller.
 */
public final class SharedTestBed implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {
    private static final Namespace NAMESPACE = Namespace.create(SharedTestBed.class);

    private final ClassResources resources = new ClassResources();
    private final boolean laboratory;
    private Shared shared;
    private boolean failed;

    private SharedTestBed(final boolean laboratory) {
        this.laboratory = laboratory;
    }

    /** {@return a test bed for a class that needs a laboratory; without root or the tools its tests are skipped} */
    public static SharedTestBed inLaboratory() {
        return new SharedTestBed(true);
    }

    /** {@return a test bed for a class whose agents have tables in memory} */
    public static SharedTestBed inMemory() {
        return new SharedTestBed(false);
    }

    /**
     * Close this after all tests of the class.
     *
     * @param <T> what it is
     * @param resource what was made
     * @return the same
     */
    public <T extends AutoCloseable> T own(final T resource) {
        return resources.own(resource);
    }

    /**
     * The network where the controller is.
     *
     * @return the network
     * @throws IOException if it cannot be built
     */
    public ManagementNetwork management() throws IOException {
        return shared.management();
    }

    /**
     * The controller, which is started for the first class that asks for it.
     *
     * @return the test bed, without agents
     * @throws IOException if it does not start
     * @throws InterruptedException if interrupted
     */
    public TestBed bed() throws IOException, InterruptedException {
        return shared.bed();
    }

    @Override
    public void beforeAll(final ExtensionContext context) {
        if (laboratory) {
            resources.beforeAll(context);
        }
        shared = context.getRoot().getStore(NAMESPACE).getOrComputeIfAbsent(Shared.class, type -> new Shared(),
            Shared.class);
    }

    @Override
    public void afterEach(final ExtensionContext context) {
        failed |= context.getExecutionException().isPresent();
    }

    @Override
    public void afterAll(final ExtensionContext context) throws Exception {
        try {
            if (shared != null) {
                shared.leave(failed || context.getExecutionException().isPresent());
            }
        } finally {
            resources.afterAll(context);
        }
    }

    /** Made once in a run, and closed at its end. */
    private static final class Shared implements AutoCloseable {
        private ManagementNetwork management;
        private TestBed bed;

        ManagementNetwork management() throws IOException {
            if (management == null) {
                management = ManagementNetwork.create();
            }
            return management;
        }

        TestBed bed() throws IOException, InterruptedException {
            if (bed == null) {
                final var installation = Installation.find();
                bed = Requirements.missing().isPresent() ? TestBed.onLoopback(installation, Console.onConsole())
                    : TestBed.in(management(), installation, Console.onConsole());
            }
            return bed;
        }

        void leave(final boolean failed) throws IOException, InterruptedException {
            if (bed == null) {
                return;
            }
            boolean clean = false;
            try {
                if (!failed) {
                    bed.reset();
                    clean = true;
                }
            } finally {
                if (!clean) {
                    bed.close();
                    bed = null;
                }
            }
        }

        @Override
        public void close() {
            if (bed != null) {
                bed.close();
            }
            if (management != null) {
                management.close();
            }
        }
    }
}
