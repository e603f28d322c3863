// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.it.controller;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * A migration as the master shows it.
 *
 * @param json the list entry {@code migration} of the module {@code statemigration-master}
 */
public record MigrationView(JsonObject json) {
    private static final Set<String> FINAL = Set.of("completed", "failed", "cancelled");

    /** {@return its identity} */
    public String id() {
        return json.get("migration-id").getAsString();
    }

    /** {@return name of the VM in the topology; empty if it is not known} */
    public String vmName() {
        return json.has("vm-name") ? json.get("vm-name").getAsString() : "";
    }

    /** {@return its phase} */
    public String phase() {
        return json.get("phase").getAsString();
    }

    /** {@return whether it has ended} */
    public boolean hasEnded() {
        return FINAL.contains(phase());
    }

    /** {@return why it failed, for people} */
    public Optional<String> detail() {
        return Optional.ofNullable(json.get("detail")).map(JsonElement::getAsString);
    }

    /** {@return milliseconds from the switchover of an announced move until all destinations had committed} */
    public OptionalDouble switchover() {
        return json.has("planned") && json.getAsJsonObject("planned").has("switchover")
            ? OptionalDouble.of(json.getAsJsonObject("planned").get("switchover").getAsLong() / 1000.0)
            : OptionalDouble.empty();
    }

    /** {@return its legs} */
    public List<Leg> legs() {
        return json.has("leg") ? json.getAsJsonArray("leg").asList().stream()
            .map(leg -> new Leg(leg.getAsJsonObject())).toList() : List.of();
    }

    /**
     * Flows that go from one State Host to one other.
     *
     * @param json the list entry {@code leg}
     */
    public record Leg(JsonObject json) {
        /** {@return where the flows come from} */
        public String source() {
            return json.get("source").getAsString();
        }

        /** {@return where they go} */
        public String destination() {
            return json.get("destination").getAsString();
        }

        /** {@return how packets were held, as the destination put it} */
        public String hold() {
            return json.has("hold") ? json.get("hold").getAsString() : "none";
        }

        /**
         * A count of flows.
         *
         * @param name its name in YANG
         * @return the count, 0 if there is none yet
         */
        public int flows(final String name) {
            return json.has("flows") && json.getAsJsonObject("flows").has(name)
                ? json.getAsJsonObject("flows").get(name).getAsInt() : 0;
        }

        /**
         * A count of what was done to keep a pre-copy current.
         *
         * @param name its name in YANG
         * @return the count, -1 if there was no pre-copy
         */
        public int rounds(final String name) {
            return json.has("rounds") ? json.getAsJsonObject("rounds").get(name).getAsInt() : -1;
        }

        /** {@return milliseconds by phase, in the order of the phases} */
        public Map<String, Double> timing() {
            final var found = new LinkedHashMap<String, Double>();
            if (json.has("timing")) {
                for (var phase : List.of("notified", "preparing", "transferring", "standing-by", "committing",
                        "releasing", "rolling-back", "unknown")) {
                    json.getAsJsonArray("timing").asList().stream().map(JsonElement::getAsJsonObject)
                        .filter(timing -> timing.get("phase").getAsString().equals(phase))
                        .forEach(timing -> found.put(phase, timing.get("duration").getAsLong() / 1000.0));
                }
            }
            return found;
        }

        /** {@return milliseconds from the notification to the commit: how long the flows had no working table} */
        public double millisToCommit() {
            return timing().entrySet().stream().filter(entry -> !entry.getKey().equals("releasing"))
                .mapToDouble(Map.Entry::getValue).sum();
        }
    }
}
