// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.soa.stage;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.opendaylight.statemigration.agent.soa.stage.StageTransitions.Proceed;
import org.opendaylight.statemigration.agent.soa.stage.StageTransitions.Refused;

/** The table of ARCHITECTURE.md says which request may follow which. */
class DocumentedStagesTest {
    @Test
    void transitionsAreThoseOfTheDocument() throws IOException {
        final var text = Files.readString(Path.of("../docs/ARCHITECTURE.md"));
        final var section = text.substring(text.indexOf("### A migration at a State Host"));
        final var documented = section.substring(0, section.indexOf("\n## ")).lines()
            .filter(line -> line.startsWith("|") && !line.startsWith("|-")).toList();
        assertEquals(table(), documented);
    }

    private static List<String> table() {
        final var rows = Arrays.stream(AgentStage.values()).map(DocumentedStagesTest::row).collect(Collectors.toList());
        rows.addFirst(Arrays.stream(StageEvent.values()).map(DocumentedStagesTest::name)
            .collect(Collectors.joining(" | ", "| stage | ", " |")));
        return rows;
    }

    private static String row(final AgentStage stage) {
        return Arrays.stream(StageEvent.values())
            .map(event -> switch (StageTransitions.after(stage, event)) {
                case Proceed(var next) -> name(next);
                case Refused _ -> "-";
            })
            .collect(Collectors.joining(" | ", "| `" + name(stage) + "` | ", " |"));
    }

    private static String name(final Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
