// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class TextListsTest {
    @Test
    void shortListIsComplete() {
        assertEquals("", TextLists.firstOf(List.of(), 2));
        assertEquals("a", TextLists.firstOf(List.of("a"), 2));
        assertEquals("a; b", TextLists.firstOf(List.of("a", "b"), 2, "; "));
    }

    @Test
    void longListCountsWhatItLeavesOut() {
        assertEquals("1, 2 and 1 more", TextLists.firstOf(List.of(1, 2, 3), 2));
        assertEquals("1; 2 and 3 more", TextLists.firstOf(List.of(1, 2, 3, 4, 5), 2, "; "));
    }

    @Test
    void listWithoutRoomIsRejected() {
        assertThrows(IllegalArgumentException.class, () -> TextLists.firstOf(List.of("a"), 0));
    }
}
