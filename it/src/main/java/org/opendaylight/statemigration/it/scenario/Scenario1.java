// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.it.scenario;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.opendaylight.statemigration.it.controller.MigrationView;
import org.opendaylight.statemigration.it.controller.Provisioning;
import org.opendaylight.statemigration.lab.network.Figure1;
import org.opendaylight.statemigration.lab.network.Site;
import org.opendaylight.statemigration.lab.traffic.Load;
import org.opendaylight.statemigration.lab.traffic.TrafficProcess;

/** Scenario 1 of the draft (section 3.1): VM1 moves from Server 1 to Server 2, and its packets now pass FW2. */
public final class Scenario1 {
    private final Figure1 lab;
    private final Provisioning provisioning;

    /**
     * The scenario.
     *
     * @param lab the laboratory
     * @param provisioning to the controller
     */
    public Scenario1(final Figure1 lab, final Provisioning provisioning) {
        this.lab = requireNonNull(lab);
        this.provisioning = requireNonNull(provisioning);
    }

    /**
     * Open connections from a VM to VM3.
     *
     * @param vm {@code vm1} or {@code vm2}
     * @param load which
     * @return the program that keeps them
     * @throws IOException if one cannot be opened
     */
    public TrafficProcess connect(final String vm, final Load load) throws IOException {
        return TrafficProcess.client(lab.place(vm), load);
    }

    /**
     * VM1 has moved, and the controller has been told.
     *
     * @param watch finds the migration
     * @param begin when the move began
     * @param told when the controller was told
     * @param to where VM1 is
     */
    public record Moved(MigrationWatch watch, Instant begin, Instant told, Site to) {
        /**
         * Wait until the state has followed.
         *
         * @return what happened
         * @throws IOException if the controller does nothing, refuses, or takes too long
         * @throws InterruptedException if interrupted
         */
        public MoveResult awaitEnd() throws IOException, InterruptedException {
            final var migration = watch.await("that has ended, after VM1 came to " + to.nve(), migrations ->
                !migrations.isEmpty() && migrations.getFirst().hasEnded()).getFirst();
            return new MoveResult(migration, Duration.between(begin, told), toCommit(told, migration));
        }
    }

    /**
     * Move VM1 and then say so to the controller, as a manager of VMs would. Wait until the state has
     * followed.
     *
     * @param to where it goes
     * @return what happened
     * @throws IOException if the controller does nothing, refuses, or takes too long
     * @throws InterruptedException if interrupted
     */
    public MoveResult move(final Site to) throws IOException, InterruptedException {
        return begin(to).awaitEnd();
    }

    /**
     * Move VM1 and then say so to the controller, as a manager of VMs would. Ask the controller nothing.
     *
     * @param to where it goes
     * @return what tells what happens
     * @throws IOException if the controller refuses
     */
    public Moved begin(final Site to) throws IOException {
        final var watch = MigrationWatch.begin(provisioning);
        final var begin = Instant.now();
        lab.move(to);
        final var told = Instant.now();
        provisioning.topology().moved(to);
        return new Moved(watch, begin, told, to);
    }

    private static Duration toCommit(final Instant told, final MigrationView migration) {
        final var notified = OffsetDateTime.parse(migration.json().get("notified-at").getAsString()).toInstant();
        final var slowest = migration.legs().stream().mapToDouble(MigrationView.Leg::millisToCommit).max().orElse(0);
        return Duration.between(told, notified).plusNanos(Math.round(slowest * 1_000_000));
    }
}
