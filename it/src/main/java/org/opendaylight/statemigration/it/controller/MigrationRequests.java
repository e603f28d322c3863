// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.it.controller;

import static java.util.Objects.requireNonNull;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.Map;
import org.opendaylight.statemigration.lab.network.Site;
import org.opendaylight.statemigration.lab.network.Vm;

/** What is asked of the master about the flows of VM1. */
public final class MigrationRequests {
    private final Restconf restconf;

    MigrationRequests(final Restconf restconf) {
        this.restconf = requireNonNull(restconf);
    }

    /**
     * What would happen in a migration.
     *
     * @param flows flows that would be handed over
     * @param refused flows of these that the destination would not take
     */
    public record Plan(int flows, int refused) {
    }

    /**
     * Dry run: ask the master what would happen if VM1 came to a site.
     *
     * @param to the site
     * @return what would happen
     * @throws IOException if the controller refuses
     */
    public Plan plan(final Site to) throws IOException {
        final var output = invoke("plan-state-migration", Map.of("source", to.other().firewall(), "destination",
            to.firewall(), "vm", Map.of("address", Vm.VM1.addresses())));
        return new Plan(output.get("flows").getAsInt(), output.get("refused").getAsInt());
    }

    /**
     * Announce that VM1 is about to move, as a manager of VMs would: all its flows.
     *
     * @param to where it will go
     * @return the migration
     * @throws IOException if the controller refuses
     */
    public String announce(final Site to) throws IOException {
        return notification(to, true);
    }

    /**
     * Notify the master that VM1 has moved, with all its flows.
     *
     * @param to where it is now
     * @return the migration
     * @throws IOException if the controller refuses
     */
    public String notifyMoved(final Site to) throws IOException {
        return notification(to, false);
    }

    /**
     * Cancel a migration.
     *
     * @param migration which
     * @throws IOException if the controller refuses
     */
    public void cancel(final String migration) throws IOException {
        restconf.invoke("statemigration-master:cancel-migration", Map.of("migration-id", migration));
    }

    private String notification(final Site to, final boolean announced) throws IOException {
        return invoke("notify-state-migration", Map.of("source", to.other().firewall(), "destination", to.firewall(),
            "vm", Map.of("address", Vm.VM1.addresses()), "announced", announced)).get("migration-id").getAsString();
    }

    private JsonObject invoke(final String rpc, final Map<String, ?> input) throws IOException {
        return restconf.invoke("statemigration-master:" + rpc, input).getAsJsonObject()
            .getAsJsonObject("statemigration-master:output");
    }
}
