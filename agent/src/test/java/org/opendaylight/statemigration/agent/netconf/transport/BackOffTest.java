// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.netconf.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackOffTest {
    private static final BackOff BACK_OFF = new BackOff(Duration.ofSeconds(1), Duration.ofSeconds(60));
    private static final RandomGenerator LEAST = () -> 0;

    @Test
    void pausesDoubleUpToTheCap() {
        assertEquals(IntStream.of(1, 2, 4, 8, 16, 32, 60, 60).mapToObj(Duration::ofSeconds).toList(),
            IntStream.rangeClosed(1, 8).mapToObj(failures -> BACK_OFF.after(failures, LEAST)).toList());
    }

    @Test
    void pauseAfterAnyNumberOfFailuresIsTheCap() {
        assertEquals(Duration.ofSeconds(60), BACK_OFF.after(Integer.MAX_VALUE, LEAST));
        final var huge = new BackOff(Duration.ofDays(100_000), Duration.ofDays(200_000));
        assertEquals(Duration.ofDays(200_000), huge.after(40, LEAST));
    }

    @Test
    void jitterShortensByUpToAHalfAndDiffers() {
        final var random = RandomGenerator.of("L64X128MixRandom");
        final var pauses = IntStream.range(0, 1000).mapToLong(i -> BACK_OFF.after(10, random).toMillis()).toArray();
        for (long pause : pauses) {
            assertTrue(pause >= 30_000 && pause <= 60_000, () -> pause + " ms");
        }
        assertTrue(IntStream.range(0, 1000).mapToLong(i -> pauses[i]).distinct().count() > 500);
    }

    @Test
    void capBelowTheFirstPauseIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new BackOff(Duration.ofSeconds(2), Duration.ofSeconds(1)));
        assertThrows(IllegalArgumentException.class, () -> new BackOff(Duration.ZERO, Duration.ofSeconds(1)));
    }
}
