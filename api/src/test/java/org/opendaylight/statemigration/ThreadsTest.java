package org.opendaylight.statemigration;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * No virtual thread is started, neither in the controller nor in the agent. All virtual threads of a JVM share as many
 * carriers as there are processors, and a thread that loads a class, or is in a call to the kernel, holds its carrier
 * while it waits. In the controller the journal of the datastore is written by such a thread: with the carriers taken,
 * no transaction of anybody ends any more.
 */
class ThreadsTest {
    @ParameterizedTest
    @ValueSource(strings = {"api", "impl", "agent"})
    void noneIsVirtual(final String module) throws IOException {
        final List<Path> sources;
        try (var found = Files.walk(Path.of("..", module, "src/main/java"))) {
            sources = found.filter(file -> file.toString().endsWith(".java")).toList();
        }
        assertFalse(sources.isEmpty());
        for (var source : sources) {
            final var text = Files.readString(source);
            for (var way : List.of("ofVirtual(", "startVirtualThread(", "newVirtualThreadPerTaskExecutor(")) {
                assertFalse(text.contains(way), () -> source + " uses " + way);
            }
        }
    }
}
