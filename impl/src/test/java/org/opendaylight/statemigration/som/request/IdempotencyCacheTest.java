// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.request;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.opendaylight.statemigration.ifmt.MigrationRejectedException;
import org.opendaylight.statemigration.ifmt.MigrationRejectedException.Kind;
import org.opendaylight.statemigration.ifmt.RequestRejection;

class IdempotencyCacheTest {
    private static final Optional<String> NAME = Optional.of("r1");

    private Instant now = Instant.EPOCH;
    private int started;
    private final IdempotencyCache log = new IdempotencyCache(() -> now, Duration.ofHours(1), 3);

    private String ask(final Optional<String> requestId, final String content) throws MigrationRejectedException {
        return log.once(requestId, content, () -> "m-" + ++started);
    }

    @Test
    void repetitionGetsTheSameAnswerAndStartsNothing() throws Exception {
        assertEquals("m-1", ask(NAME, "move vm1"));
        assertEquals("m-1", ask(NAME, "move vm1"));
        assertEquals(1, started);
    }

    @Test
    void nameUsedForSomethingElseIsInvalid() throws Exception {
        ask(NAME, "move vm1");
        final var rejection = assertThrows(MigrationRejectedException.class, () -> ask(NAME, "move vm2"));
        assertEquals(Kind.INVALID_VALUE, rejection.kind());
        assertTrue(rejection.getMessage().contains("m-1"), rejection.getMessage());
        assertEquals(1, started);
    }

    @Test
    void requestsWithoutNameAreAllDifferent() throws Exception {
        assertEquals("m-1", ask(Optional.empty(), "move vm1"));
        assertEquals("m-2", ask(Optional.empty(), "move vm1"));
    }

    @Test
    void refusedRequestMayBeRepeated() throws Exception {
        assertThrows(MigrationRejectedException.class, () -> log.once(NAME, "move vm1", () -> {
            throw new MigrationRejectedException(new RequestRejection.Stopping());
        }));
        assertEquals("m-1", ask(NAME, "move vm1"));
    }

    @Test
    void memoryIsBoundedInTime() throws Exception {
        ask(NAME, "move vm1");
        now = now.plus(Duration.ofHours(1));
        assertEquals("m-1", ask(NAME, "move vm1"));
        now = now.plusMillis(1);
        assertEquals("m-2", ask(NAME, "move vm1"));
    }

    @Test
    void memoryIsBoundedInNumber() throws Exception {
        for (int number = 1; number <= 4; number++) {
            ask(Optional.of("r" + number), "move");
        }
        assertEquals("m-2", ask(Optional.of("r2"), "move"));
        assertEquals("m-5", ask(Optional.of("r1"), "move"), "The oldest was forgotten");
    }

    @Test
    void repetitionsAtTheSameTimeStartOnlyOne() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            final Callable<String> request = () -> ask(NAME, "move vm1");
            final var answers = new HashSet<String>();
            for (var answer : threads.invokeAll(IntStream.range(0, 50).mapToObj(index -> request).toList())) {
                answers.add(answer.get());
            }
            assertEquals(1, answers.size());
        }
        assertEquals(1, started);
    }
}
