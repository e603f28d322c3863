// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.it.scenario;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.stream.Collectors;
import org.opendaylight.statemigration.it.controller.MigrationView;
import org.opendaylight.statemigration.it.controller.Provisioning;
import org.opendaylight.statemigration.lab.network.Figure1;
import org.opendaylight.statemigration.lab.network.Site;
import org.opendaylight.statemigration.lab.traffic.Load;
import org.opendaylight.statemigration.lab.traffic.TrafficProcess;

/** Scenario 1 of the draft (section 3.1): VM1 moves from Server 1 to Server 2, and its packets now pass FW2. */
public final class Scenario1 {
    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    /** The first look at the controller comes late, so that looking does not slow it down. */
    private static final long FIRST_LOOK_MILLIS = 300;
    private static final long LOOK_MILLIS = 100;

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
     * Move VM1 and then say so to the controller, as a manager of VMs would. Wait until the state has
     * followed.
     *
     * @param to where it goes
     * @return what happened
     * @throws IOException if the controller does nothing, refuses, or takes too long
     * @throws InterruptedException if interrupted
     */
    public MoveResult move(final Site to) throws IOException, InterruptedException {
        final var known = provisioning.migrations().stream().map(MigrationView::id).collect(Collectors.toSet());
        final var begin = Instant.now();
        lab.move(to);
        final var told = Instant.now();
        provisioning.moved(to);
        Thread.sleep(FIRST_LOOK_MILLIS);
        while (Instant.now().isBefore(told.plus(TIMEOUT))) {
            final var mine = provisioning.migrations().stream().filter(each -> !known.contains(each.id())).findFirst();
            if (mine.isPresent() && mine.orElseThrow().hasEnded()) {
                return new MoveResult(mine.orElseThrow(), Duration.between(begin, told),
                    toCommit(told, mine.orElseThrow()));
            }
            Thread.sleep(LOOK_MILLIS);
        }
        throw new IOException("No migration ended within " + TIMEOUT.toSeconds() + " s after VM1 came to " + to.nve()
            + ". The controller shows: " + provisioning.migrations() + " " + provisioning.refusedChanges());
    }

    private static Duration toCommit(final Instant told, final MigrationView migration) {
        final var notified = OffsetDateTime.parse(migration.json().get("notified-at").getAsString()).toInstant();
        final var slowest = migration.legs().stream().mapToDouble(MigrationView.Leg::millisToCommit).max().orElse(0);
        return Duration.between(told, notified).plusNanos(Math.round(slowest * 1_000_000));
    }
}
