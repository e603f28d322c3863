// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RetryTimingsTest {
    @Test
    void pausesGrowUpToTenSeconds() {
        assertEquals(List.of(0L, 250L, 500L, 1000L, 2000L, 4000L, 8000L, 10_000L, 10_000L),
            IntStream.rangeClosed(1, 9).mapToObj(RetryTimings.DEFAULT::before).map(Duration::toMillis).toList());
        assertEquals(Duration.ofSeconds(10), RetryTimings.DEFAULT.before(1_000_000));
    }
}
