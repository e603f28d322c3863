// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.tde.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.opendaylight.statemigration.som.policy.Damping;

class FlapDampingTest {
    private static final String LINK = "l1";
    private static final String OTHER = "l2";

    private final FlapDamping damping = new FlapDamping(() -> Damping.DEFAULT);

    @Test
    void fewLossesAreBelieved() {
        lose(0);
        lose(1_000);
        assertEquals(Map.of(), damping.suppressed(at(1_000)));
    }

    @Test
    void oneLossTooManySuppresses() {
        lose(0);
        lose(0);
        lose(0);
        assertEquals(1, damping.suppressed(at(0)).size());
    }

    @Test
    void lossesFarApartAreBelieved() {
        for (int i = 0; i < 1_000; i++) {
            lose(i * 4_000L);
            assertEquals(Map.of(), damping.suppressed(at(i * 4_000L)));
        }
    }

    @Test
    void countsAgainWhenItSays() {
        lose(0);
        lose(0);
        lose(0);
        final var until = damping.suppressed(at(0)).get(LINK);
        // log2(3000 / 1000) half-lives
        assertEquals(7_925, until.toEpochMilli());
        assertEquals(Map.of(LINK, until), damping.suppressed(until.minusMillis(1)));
        assertEquals(Map.of(), damping.suppressed(until));
    }

    @Test
    void changeWhileSuppressedPutsItOff() {
        lose(0);
        lose(0);
        lose(0);
        final var until = damping.suppressed(at(0)).get(LINK);
        lose(5_000);
        assertTrue(damping.suppressed(at(5_000)).get(LINK).isAfter(until));
    }

    @Test
    void othersAreNotConcerned() {
        for (int i = 0; i < 10; i++) {
            lose(0);
        }
        damping.changed(OTHER, Damping.LOSS, at(0));
        assertEquals(LINK, damping.suppressed(at(0)).firstKey());
        assertEquals(1, damping.suppressed(at(0)).size());
    }

    @Test
    void clockThatRunsBackwardsDoesNoHarm() {
        lose(10_000);
        lose(0);
        assertEquals(Map.of(), damping.suppressed(at(0)));
    }

    @Test
    void nothingIsSuppressedWhereThatIsSwitchedOff() {
        final var off = new FlapDamping(() -> new Damping(false, Duration.ofSeconds(5), 3000, 1000,
            Duration.ofSeconds(20)));
        for (int i = 0; i < 100; i++) {
            off.changed(LINK, Damping.LOSS, at(i));
        }
        assertEquals(Map.of(), off.suppressed(at(100)));
    }

    @Test
    void thresholdsThatDoNotFitAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Damping(true, Duration.ofSeconds(5), 1000, 1000,
            Duration.ofSeconds(20)));
        assertTrue(assertThrows(IllegalArgumentException.class, () -> new Damping(true, Duration.ofSeconds(5), 3000,
            1000, Duration.ofSeconds(1))).getMessage().contains("would never suppress anything"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void whatIsStableIsIgnoredNoLongerThanTheBound(final int seed) {
        final var random = new Random(seed);
        int suppressed = 0;
        long now = 0;
        for (int burst = 0; burst < 200; burst++) {
            final int gap = 1 + random.nextInt(3_000);
            for (int i = random.nextInt(60); i >= 0; i--) {
                now += random.nextInt(gap);
                lose(now);
                suppressed += damping.suppressed(at(now)).size();
            }
            final var bound = at(now).plus(Damping.DEFAULT.maxSuppress()).plusMillis(1);
            final var until = damping.suppressed(at(now)).getOrDefault(LINK, at(now));
            assertTrue(!until.isAfter(bound), until + " is after " + bound);
            assertEquals(Map.of(), damping.suppressed(bound));
            now = bound.toEpochMilli();
        }
        assertTrue(suppressed > 100, "Only " + suppressed + " were suppressed");
    }

    private void lose(final long millis) {
        damping.changed(LINK, Damping.LOSS, at(millis));
    }

    private static Instant at(final long millis) {
        return Instant.ofEpochMilli(millis);
    }
}
