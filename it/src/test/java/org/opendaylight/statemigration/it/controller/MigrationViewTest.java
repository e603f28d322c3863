// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.it.controller;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import java.util.List;
import org.junit.jupiter.api.Test;

class MigrationViewTest {
    @Test
    void timeToCommitLeavesTheReleaseOut() {
        final var view = view("""
            {"migration-id": "m1", "phase": "completed", "leg": [{"leg-id": 1, "source": "fw1", "destination": "fw2",
             "phase": "completed", "hold": "queue", "flows": {"total": 3, "verified": 3},
             "timing": [{"phase": "releasing", "duration": 9000}, {"phase": "committing", "duration": 500},
                        {"phase": "preparing", "duration": 1500}]}]}""");
        final var leg = view.legs().getFirst();
        assertEquals(2.0, leg.millisToCommit());
        assertEquals(List.of("preparing", "committing", "releasing"), List.copyOf(leg.timing().keySet()));
        assertEquals(3, leg.flows("verified"));
        assertEquals(0, leg.flows("refused"));
        assertTrue(view.hasEnded());
    }

    @Test
    void migrationWithoutLegsHasNotEnded() {
        final var view = view("{\"migration-id\": \"m1\", \"phase\": \"notified\"}");
        assertTrue(view.legs().isEmpty());
        assertFalse(view.hasEnded());
    }

    private static MigrationView view(final String json) {
        return new MigrationView(JsonParser.parseString(json).getAsJsonObject());
    }
}
