// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.it.demo;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.List;
import org.opendaylight.statemigration.it.controller.MigrationView;
import org.opendaylight.statemigration.it.testbed.Console;
import org.opendaylight.statemigration.it.testbed.Installation;
import org.opendaylight.statemigration.it.testbed.SeedFlows;
import org.opendaylight.statemigration.it.testbed.TestBed;
import org.opendaylight.statemigration.lab.network.Site;
import org.opendaylight.statemigration.lab.time.Await;

/**
 * The demonstration where there is neither root nor namespaces: the real controller and two real agents on the loopback
 * interface, whose tables are in memory.
 */
final class MemoryDemo {
    private final Console console;

    MemoryDemo(final Console console) {
        this.console = requireNonNull(console);
    }

    /** {@return whether all went as it should} */
    boolean play(final Installation installation) throws IOException, InterruptedException {
        console.heading("The State Orchestration Master and two agents with tables in memory");
        try (var bed = TestBed.inMemory(installation, SeedFlows.json(), console)) {
            boolean sound = true;
            for (var to : List.of(Site.TWO, Site.ONE)) {
                console.heading("VM1 moves to " + to.nve());
                sound &= count(bed, "Before", to, SeedFlows.COUNT, 0);
                bed.provisioning().topology().moved(to);
                final var migration = await(bed, to);
                console.say("Migration %s from %s to %s is %s%s".formatted(migration.id(), to.other().firewall(),
                    to.firewall(), migration.phase(), migration.detail().map(detail -> ": " + detail).orElse("")));
                migration.legs().forEach(leg -> console.say("flows verified: " + leg.flows("verified")
                    + ", milliseconds by phase: " + leg.timing()));
                sound &= migration.phase().equals("completed") && count(bed, "After", to, 0, SeedFlows.COUNT);
            }
            return sound;
        }
    }

    /** Ask the master, by way of a dry run in either direction, how many flows of VM1 each side has. */
    private boolean count(final TestBed bed, final String when, final Site to, final int source,
            final int destination) throws IOException {
        final int left = bed.provisioning().requests().plan(to).flows();
        final int arrived = bed.provisioning().requests().plan(to.other()).flows();
        console.say("%-6s: %s has %d flows of VM1, %s has %d".formatted(when, to.other().firewall(), left,
            to.firewall(), arrived));
        return left == source && arrived == destination;
    }

    private static MigrationView await(final TestBed bed, final Site to) throws IOException, InterruptedException {
        return Await.present("a migration to " + to.firewall() + " has ended", () ->
            bed.provisioning().view().migrations().stream().filter(MigrationView::hasEnded)
                .filter(each -> each.legs().stream().anyMatch(leg -> leg.destination().equals(to.firewall())))
                .findFirst(),
            () -> bed.provisioning().view().migrations() + " " + bed.provisioning().view().refusedChanges());
    }
}
