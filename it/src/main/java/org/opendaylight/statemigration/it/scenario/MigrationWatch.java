// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.it.scenario;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.opendaylight.statemigration.it.controller.MigrationView;
import org.opendaylight.statemigration.it.controller.Provisioning;
import org.opendaylight.statemigration.lab.time.Await;

/** Waits for migrations that begin after it was made. */
public final class MigrationWatch {
    private final Provisioning provisioning;
    private final Set<String> known;

    private MigrationWatch(final Provisioning provisioning, final Set<String> known) {
        this.provisioning = requireNonNull(provisioning);
        this.known = Set.copyOf(known);
    }

    /**
     * Begin.
     *
     * @param provisioning to the controller
     * @return the watch
     * @throws IOException if the controller does not answer
     */
    public static MigrationWatch begin(final Provisioning provisioning) throws IOException {
        return new MigrationWatch(provisioning,
            provisioning.view().migrations().stream().map(MigrationView::id).collect(Collectors.toSet()));
    }

    /** {@return migrations that have begun since} */
    public List<MigrationView> begun() throws IOException {
        return provisioning.view().migrations().stream().filter(migration -> !known.contains(migration.id())).toList();
    }

    /**
     * Wait until a VM's flows have gone, or failed to go, from one State Host to another.
     *
     * @param vm its name in the topology
     * @param source where its flows come from
     * @param destination where they go
     * @return the migration, which has ended
     * @throws IOException if none ends in time; the message holds what the controller shows
     * @throws InterruptedException if interrupted
     */
    public MigrationView ended(final String vm, final String source, final String destination)
            throws IOException, InterruptedException {
        final Predicate<MigrationView> wanted = migration -> migration.hasEnded() && vm.equals(migration.vmName())
            && migration.legs().stream()
                .anyMatch(leg -> leg.source().equals(source) && leg.destination().equals(destination));
        return await("of " + vm + " from " + source + " to " + destination,
            migrations -> migrations.stream().anyMatch(wanted)).stream().filter(wanted).findFirst().orElseThrow();
    }

    /**
     * Wait until a number of flows has gone from one State Host to another, whichever VM's they were said to be:
     * where a path breaks, the Topology Discovery Entity may name the VM at either end.
     *
     * @param source where flows come from
     * @param destination where they go
     * @param flows how many
     * @return all migrations that have begun; they have ended
     * @throws IOException if it does not come to that in time; the message holds what the controller shows
     * @throws InterruptedException if interrupted
     */
    public List<MigrationView> moved(final String source, final String destination, final int flows)
            throws IOException, InterruptedException {
        return await("of " + flows + " flows from " + source + " to " + destination, migrations ->
            migrations.stream().allMatch(MigrationView::hasEnded) && migrations.stream()
                .flatMap(migration -> migration.legs().stream())
                .filter(leg -> leg.source().equals(source) && leg.destination().equals(destination))
                .mapToInt(leg -> leg.flows("released")).sum() == flows);
    }

    /**
     * Wait until the migrations that have begun are what is wanted.
     *
     * @param what what is awaited, for the message
     * @param wanted what is wanted
     * @return these migrations
     * @throws IOException if they are not in time; the message holds what the controller shows
     * @throws InterruptedException if interrupted
     */
    public List<MigrationView> await(final String what, final Predicate<List<MigrationView>> wanted)
            throws IOException, InterruptedException {
        return Await.present("there is a migration " + what, () -> Optional.of(begun()).filter(wanted),
            () -> begun() + " " + provisioning.view().refusedChanges());
    }
}
