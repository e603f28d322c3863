// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EnumNamesTest {
    private enum Sample {
        ONE,
        IN_TWO_WORDS
    }

    @Test
    void nameIsInLowerCaseWithHyphens() {
        assertEquals("in-two-words", EnumNames.of(Sample.IN_TWO_WORDS));
        assertEquals(List.of("one", "in-two-words"), EnumNames.all(Sample.class));
    }

    @Test
    void nameDoesNotDependOnTheLocale() {
        final var before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("tr"));
        try {
            assertEquals("in-two-words", EnumNames.of(Sample.IN_TWO_WORDS));
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void constantIsFoundByItsNameOnly() {
        assertEquals(Optional.of(Sample.IN_TWO_WORDS), EnumNames.find(Sample.class, "in-two-words"));
        assertEquals(Optional.empty(), EnumNames.find(Sample.class, "IN_TWO_WORDS"));
        assertEquals(Optional.empty(), EnumNames.find(Sample.class, ""));
    }
}
