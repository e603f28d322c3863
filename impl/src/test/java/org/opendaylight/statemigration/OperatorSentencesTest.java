// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.HashSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.opendaylight.statemigration.ifmt.Explanation;
import org.opendaylight.statemigration.ifmt.HostRejection;
import org.opendaylight.statemigration.ifmt.Rejection;
import org.opendaylight.statemigration.som.model.Failure;
import org.opendaylight.statemigration.tde.refusal.TopologyRefusal;

/** The sentence of every reason that there is: of each type of value, with each constant and alternative in it. */
class OperatorSentencesTest {
    static Stream<RecordSamples.Sample> reasons() {
        return Stream.of(Failure.class, Rejection.class, TopologyRefusal.class).flatMap(RecordSamples::of);
    }

    @ParameterizedTest
    @MethodSource("reasons")
    void sentenceIsPlain(final RecordSamples.Sample reason) {
        final var sentence = detail(reason);
        OperatorSentences.assertPlain(sentence);
        assertTrue(!sentence.isEmpty() && !sentence.contains("..") && !sentence.contains("  ")
            && !sentence.contains("Optional") && !sentence.contains("["), sentence);
    }

    @ParameterizedTest
    @MethodSource("reasons")
    void sentenceNamesWhatItIsAbout(final RecordSamples.Sample reason) {
        if (reason.value() instanceof HostRejection.Unavailable) {
            // The sentence is that which is shown of the State Host
            return;
        }
        final var sentence = detail(reason);
        reason.subjects().forEach(subject -> assertTrue(sentence.contains(subject),
            reason.value() + " does not name " + subject + ": " + sentence));
    }

    @Test
    void differentReasonsHaveDifferentSentences() {
        final var sentences = new HashMap<String, Class<?>>();
        final var shared = new HashSet<String>();
        reasons().filter(reason -> !(reason.value() instanceof HostRejection.Unavailable)).forEach(reason -> {
            final var other = sentences.put(detail(reason), reason.value().getClass());
            if (other != null && other != reason.value().getClass()) {
                shared.add(reason.value().getClass().getSimpleName() + " and " + other.getSimpleName());
            }
        });
        // Both say that the controller is being stopped
        shared.removeIf(names -> names.contains("Cancelled") && names.contains("Stopping"));
        // They give the reason of somebody else
        shared.removeIf(names -> names.contains("NotBegun") || names.contains("UnclearTopology")
            || names.contains("PlanFailed"));
        assertEquals(new HashSet<>(), shared);
    }

    @Test
    void everyTypeIsSampled() {
        final var types = reasons().map(reason -> reason.value().getClass()).distinct().toList();
        assertFalse(types.isEmpty());
        Stream.of(Failure.class, Rejection.class, TopologyRefusal.class).flatMap(RecordSamples::recordsOf)
            .forEach(type -> assertTrue(types.contains(type), type.getName()));
    }

    private static String detail(final RecordSamples.Sample reason) {
        return ((Explanation) reason.value()).detail();
    }
}
