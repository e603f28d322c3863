// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(60));
    private static final RandomGenerator LEAST = () -> 0;

    @Test
    void pausesDoubleUpToTheCap() {
        assertEquals(IntStream.of(1, 2, 4, 8, 16, 32, 60, 60).mapToObj(Duration::ofSeconds).toList(),
            IntStream.rangeClosed(1, 8).mapToObj(BACKOFF::after).toList());
    }

    @Test
    void pauseAfterAnyNumberOfFailuresIsTheCap() {
        assertEquals(Duration.ofSeconds(60), BACKOFF.after(Integer.MAX_VALUE, LEAST));
        final var huge = new Backoff(Duration.ofDays(100_000), Duration.ofDays(200_000));
        assertEquals(Duration.ofDays(200_000), huge.after(40, LEAST));
        assertEquals(Duration.ofSeconds(60), BACKOFF.after(Integer.MAX_VALUE));
    }

    @Test
    void jitterShortensByUpToAHalfAndDiffers() {
        final var random = RandomGenerator.of("L64X128MixRandom");
        final var pauses = IntStream.range(0, 1000).mapToLong(i -> BACKOFF.after(10, random).toMillis()).toArray();
        for (long pause : pauses) {
            assertTrue(pause >= 30_000 && pause <= 60_000, () -> pause + " ms");
        }
        assertTrue(IntStream.range(0, 1000).mapToLong(i -> pauses[i]).distinct().count() > 500);
    }

    @Test
    void capBelowTheFirstPauseIsRejected() {
        assertThrows(IllegalArgumentException.class, () -> new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(1)));
        assertThrows(IllegalArgumentException.class, () -> new Backoff(Duration.ZERO, Duration.ofSeconds(1)));
    }

    @Test
    void pauseWithoutFailureIsRejected() {
        assertThrows(IllegalArgumentException.class, () -> BACKOFF.after(0));
        assertThrows(IllegalArgumentException.class, () -> BACKOFF.after(0, LEAST));
    }
}
