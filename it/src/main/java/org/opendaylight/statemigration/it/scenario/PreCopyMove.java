// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.it.scenario;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.time.Duration;
import java.util.function.Predicate;
import org.opendaylight.statemigration.it.controller.MigrationView;
import org.opendaylight.statemigration.it.controller.Provisioning;
import org.opendaylight.statemigration.lab.network.Figure1;
import org.opendaylight.statemigration.lab.network.Site;
import org.opendaylight.statemigration.lab.network.Vm;

/** VM1 moves, and the controller is told before. */
public final class PreCopyMove {
    private static final Duration TIMEOUT = Duration.ofMinutes(1);
    private static final long LOOK_MILLIS = 50;

    private final Figure1 lab;
    private final Provisioning provisioning;

    /**
     * The scenario.
     *
     * @param lab the laboratory
     * @param provisioning to the controller
     */
    public PreCopyMove(final Figure1 lab, final Provisioning provisioning) {
        this.lab = requireNonNull(lab);
        this.provisioning = requireNonNull(provisioning);
    }

    /**
     * Announce a move over RESTCONF, and wait until a copy of the state is there.
     *
     * @param to where VM1 will go
     * @return the migration
     * @throws IOException if the controller refuses, or takes too long
     * @throws InterruptedException if interrupted
     */
    public String announce(final Site to) throws IOException, InterruptedException {
        final var id = provisioning.announce(to);
        await(id, view -> view.phase().equals("standing-by"));
        return id;
    }

    /**
     * Say in the topology where VM1 will go, and wait until a copy of the state is there.
     *
     * @param to where VM1 will go
     * @return the migration
     * @throws IOException if the controller refuses, or takes too long
     * @throws InterruptedException if interrupted
     */
    public String plan(final Site to) throws IOException, InterruptedException {
        final var watch = MigrationWatch.begin(provisioning, TIMEOUT);
        provisioning.planned(Vm.VM1, to.nve());
        final var id = first(watch).id();
        await(id, view -> view.phase().equals("standing-by"));
        return id;
    }

    /**
     * Move VM1 to elsewhere than planned, change the topology, and wait until the migration has ended that follows.
     *
     * @param to where it goes
     * @return that migration
     * @throws IOException if the controller refuses, or takes too long
     * @throws InterruptedException if interrupted
     */
    public MigrationView stray(final Site to) throws IOException, InterruptedException {
        final var watch = MigrationWatch.begin(provisioning, TIMEOUT);
        lab.move(to);
        provisioning.attached(Vm.VM1, to.nve());
        return await(first(watch).id(), MigrationView::hasEnded);
    }

    /**
     * Move VM1, change the topology, and wait until the migration has ended.
     *
     * @param to where it goes
     * @param id the migration to wait for
     * @return the migration
     * @throws IOException if the controller refuses, or takes too long
     * @throws InterruptedException if interrupted
     */
    public MigrationView move(final Site to, final String id) throws IOException, InterruptedException {
        lab.move(to);
        provisioning.attached(Vm.VM1, to.nve());
        return await(id, MigrationView::hasEnded);
    }

    /**
     * Wait for a migration.
     *
     * @param id which
     * @param condition until what
     * @return the migration
     * @throws IOException if it takes too long, or fails
     * @throws InterruptedException if interrupted
     */
    public MigrationView await(final String id, final Predicate<MigrationView> condition)
            throws IOException, InterruptedException {
        final long deadline = System.nanoTime() + TIMEOUT.toNanos();
        while (System.nanoTime() < deadline) {
            final var mine = provisioning.migrations().stream().filter(each -> each.id().equals(id)).findFirst();
            if (mine.filter(condition).isPresent()) {
                return mine.orElseThrow();
            }
            if (mine.filter(MigrationView::hasEnded).isPresent()) {
                throw new IOException("Migration ended otherwise than expected: " + mine.orElseThrow().json());
            }
            Thread.sleep(LOOK_MILLIS);
        }
        throw new IOException("Migration " + id + " has not got there: " + provisioning.migrations());
    }

    private static MigrationView first(final MigrationWatch watch) throws IOException, InterruptedException {
        return watch.await("to begin", migrations -> !migrations.isEmpty()).getFirst();
    }
}
