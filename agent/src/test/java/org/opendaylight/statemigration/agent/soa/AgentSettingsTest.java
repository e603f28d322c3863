// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.soa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.opendaylight.statemigration.host.FunctionType;
import org.opendaylight.statemigration.host.HostProfile;
import org.opendaylight.statemigration.host.StateHostId;

class AgentSettingsTest {
    private static final StateHostId ID = new StateHostId("fw-1");

    @ParameterizedTest
    @CsvSource({
        "0, 1, 1, 1, Flows per chunk 0 is not in the range 1..10000",
        "10001, 1, 1, 1, Flows per chunk 10001 is not in the range 1..10000",
        "1, 0, 1, 1, Flows per migration 0 is not in the range 1..2147483647",
        "1, 1, 0, 1, Migrations 0 is not in the range 1..2147483647",
        "1, 1, 1, 0, Hold lease in seconds 0 is not in the range 1..3600",
        "1, 1, 1, 3601, Hold lease in seconds 3601 is not in the range 1..3600"
    })
    void limitsMustBeThoseOfTheYangModule(final int chunk, final int flows, final int migrations, final int lease,
            final String message) {
        final var limits = new HostProfile.Limits(chunk, flows, migrations, lease);
        assertEquals(message, assertThrows(IllegalArgumentException.class,
            () -> new AgentSettings(ID, Set.of(FunctionType.NAT), Set.of(), List.of(), Set.of(), limits))
            .getMessage());
    }

    @Test
    void hostMustHaveAFunction() {
        assertEquals("State Host fw-1 has no function: name at least one",
            assertThrows(IllegalArgumentException.class, () -> new AgentSettings(ID, Set.of(), Set.of(), List.of(),
                Set.of(), HostProfile.Limits.DEFAULT)).getMessage());
    }
}
