// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.it.controller;

import static java.util.Objects.requireNonNull;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the master shows to operators. */
public final class MasterView {
    /** Keys of lists that the master does not empty. */
    private static final Map<String, String> KEYS = Map.of("migration", "migration-id", "batch", "batch-id");

    private final Restconf restconf;
    private final Set<String> forgotten = new HashSet<>();

    MasterView(final Restconf restconf) {
        this.restconf = requireNonNull(restconf);
    }

    /** {@return status of each State Host that the master knows, with the detail if there is one} */
    public Map<String, String> hostStatus() throws IOException {
        final var status = new HashMap<String, String>();
        for (var host : list("state-host")) {
            status.put(host.get("host-id").getAsString(), host.get("status").getAsString()
                + (host.has("detail") ? ": " + host.get("detail").getAsString() : ""));
        }
        return status;
    }

    /** {@return whether no State Host is connected, and no migration is under way} */
    public boolean isIdle() throws IOException {
        return migrations().stream().allMatch(MigrationView::hasEnded) && hostStatus().values().stream().noneMatch(
            status -> status.startsWith("connected") || status.startsWith("unauthorized"));
    }

    /** {@return all migrations that the master shows} */
    public List<MigrationView> migrations() throws IOException {
        return list("migration").stream()
            .map(MigrationView::new).toList();
    }

    /** {@return what the master could not act upon, a sentence each} */
    public List<String> refusedChanges() throws IOException {
        return list("refused-change").stream()
            .map(change -> change.get("vm-name").getAsString() + ": " + change.get("detail").getAsString()).toList();
    }

    /**
     * From now on show no migrations and batches that the master shows now.
     *
     * @throws IOException if the controller does not answer
     */
    public void forgetEnded() throws IOException {
        for (var list : KEYS.entrySet()) {
            list(list.getKey()).forEach(entry -> forgotten.add(entry.get(list.getValue()).getAsString()));
        }
    }

    /**
     * What the master shows.
     *
     * @param name a list of the container {@code state-migration}
     * @return its entries
     * @throws IOException if the controller refuses
     */
    public List<JsonObject> list(final String name) throws IOException {
        // OpenDaylight does not show a list without its keys, so the container around it is read
        if (restconf.get(Controller.STATE_MIGRATION + "?content=nonconfig") instanceof JsonObject found
            && found.getAsJsonObject(Controller.STATE_MIGRATION).get(name) instanceof JsonArray entries) {
            return entries.asList().stream().map(JsonElement::getAsJsonObject)
                .filter(entry -> !KEYS.containsKey(name)
                    || !forgotten.contains(entry.get(KEYS.get(name)).getAsString()))
                .toList();
        }
        return List.of();
    }
}
