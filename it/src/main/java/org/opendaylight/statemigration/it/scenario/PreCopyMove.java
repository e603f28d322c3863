// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.it.scenario;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.function.Predicate;
import org.opendaylight.statemigration.it.controller.MigrationView;
import org.opendaylight.statemigration.it.controller.Provisioning;
import org.opendaylight.statemigration.lab.network.Figure1;
import org.opendaylight.statemigration.lab.network.Site;
import org.opendaylight.statemigration.lab.network.Vm;
import org.opendaylight.statemigration.lab.time.Await;

/** VM1 moves, and the controller is told before. */
public final class PreCopyMove {
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
     * Announce a move over RESTCONF, and wait until the pre-copy is current.
     *
     * @param to where VM1 will go
     * @return the migration
     * @throws IOException if the controller refuses, or takes too long
     * @throws InterruptedException if interrupted
     */
    public String announce(final Site to) throws IOException, InterruptedException {
        final var id = provisioning.requests().announce(to);
        await(id, view -> view.phase().equals("standing-by"));
        return id;
    }

    /**
     * Say in the topology where VM1 will go, and wait until the pre-copy is current.
     *
     * @param to where VM1 will go
     * @return the migration
     * @throws IOException if the controller refuses, or takes too long
     * @throws InterruptedException if interrupted
     */
    public String announceInTopology(final Site to) throws IOException, InterruptedException {
        final var watch = MigrationWatch.begin(provisioning);
        provisioning.topology().announce(Vm.VM1, to.nve());
        final var id = first(watch).id();
        await(id, view -> view.phase().equals("standing-by"));
        return id;
    }

    /**
     * Move VM1 to elsewhere than announced, change the topology, and wait until the migration has ended that follows.
     *
     * @param to where it goes
     * @return that migration
     * @throws IOException if the controller refuses, or takes too long
     * @throws InterruptedException if interrupted
     */
    public MigrationView stray(final Site to) throws IOException, InterruptedException {
        final var watch = MigrationWatch.begin(provisioning);
        begin(to);
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
        begin(to);
        return await(id, MigrationView::hasEnded);
    }

    /**
     * Move VM1 and change the topology. Ask the controller nothing.
     *
     * @param to where it goes
     * @throws IOException if the controller refuses
     */
    public void begin(final Site to) throws IOException {
        lab.move(to);
        provisioning.topology().attached(Vm.VM1, to.nve());
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
        return Await.present("migration " + id + " has got there", () -> {
            final var mine = provisioning.view().migrations().stream().filter(each -> each.id().equals(id)).findFirst();
            if (mine.isPresent() && !condition.test(mine.orElseThrow()) && mine.orElseThrow().hasEnded()) {
                throw new IOException("Migration ended otherwise than expected: " + mine.orElseThrow().json());
            }
            return mine.filter(condition);
        }, () -> provisioning.view().migrations().toString());
    }

    private static MigrationView first(final MigrationWatch watch) throws IOException, InterruptedException {
        return watch.await("to begin", migrations -> !migrations.isEmpty()).getFirst();
    }
}
