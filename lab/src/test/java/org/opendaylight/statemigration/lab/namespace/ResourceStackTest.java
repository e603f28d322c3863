// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.lab.namespace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResourceStackTest {
    private final List<String> closed = new ArrayList<>();

    @Test
    void lastOneIsClosedFirstAndEachOnce() throws Exception {
        final var resources = new ResourceStack();
        resources.add(() -> () -> closed.add("one"));
        resources.add(() -> () -> closed.add("two"));
        resources.close();
        resources.close();
        assertEquals(List.of("two", "one"), closed);
    }

    @Test
    void oneThatFailsDoesNotKeepTheOthers() throws Exception {
        final var resources = new ResourceStack();
        resources.add(() -> () -> closed.add("one"));
        resources.add(() -> () -> {
            throw new IOException("No");
        });
        resources.close();
        assertEquals(List.of("one"), closed);
    }

    @Test
    void whatCouldNotBeMadeIsNotClosed() throws Exception {
        try (var resources = new ResourceStack()) {
            resources.add(() -> () -> closed.add("one"));
            assertThrows(IOException.class, () -> resources.add(() -> {
                throw new IOException("No");
            }));
        }
        assertEquals(List.of("one"), closed);
    }
}
