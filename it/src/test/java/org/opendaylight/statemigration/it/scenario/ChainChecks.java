// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.it.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.opendaylight.statemigration.it.controller.MigrationView;
import org.opendaylight.statemigration.it.testbed.ProcessFootprint;
import org.opendaylight.statemigration.lab.network.Chain;

/** What holds for migrations over several State Hosts in a row, whatever they are. */
final class ChainChecks {
    private ChainChecks() {
        // Hidden on purpose
    }

    /** All flows have moved from each source to its destination, told as {@code fwa>fwb}. */
    static void assertCompleted(final MigrationView migration, final Set<String> legs, final int flows) {
        assertEquals("completed", migration.phase(), () -> migration.json().toString());
        assertEquals(legs, migration.legs().stream().map(leg -> leg.source() + ">" + leg.destination())
            .collect(Collectors.toSet()));
        migration.legs().forEach(leg -> {
            assertEquals(flows, leg.flows("verified"), () -> migration.json().toString());
            assertEquals(flows, leg.flows("released"), () -> migration.json().toString());
        });
    }

    /** {@return the rules of the packet filter of each State Host} */
    static Map<String, List<String>> rules(final Chain lab) throws IOException {
        final var found = new TreeMap<String, List<String>>();
        for (var host : lab.hosts()) {
            found.put(host, ProcessFootprint.rules(lab.place(host)));
        }
        return found;
    }
}
