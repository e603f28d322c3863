// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.request;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.opendaylight.statemigration.ifmt.MigrationRejectedException;
import org.opendaylight.statemigration.ifmt.RequestRejection;

/**
 * Remembers requests that have a name, so that one whose answer was lost can be repeated without starting anything
 * twice. Bounded in number and in time. One request at a time: a repetition that overlaps with the first waits for it.
 */
public final class IdempotencyCache {
    private static final Duration AGE = Duration.ofHours(1);
    private static final int SIZE = 10_000;

    private final Map<String, Entry> entries = new HashMap<>();
    private final Deque<String> oldestFirst = new ArrayDeque<>();
    private final InstantSource clock;
    private final Duration age;
    private final int size;

    private record Entry(Object content, String answer, Instant at) {
    }

    /** Does what a request asks for. */
    @FunctionalInterface
    public interface Action {
        /**
         * Do it.
         *
         * @return identity of what was started
         * @throws MigrationRejectedException if nothing was started
         */
        String run() throws MigrationRejectedException;
    }

    /** A log of ten thousand requests of the last hour. */
    public IdempotencyCache() {
        this(InstantSource.system(), AGE, SIZE);
    }

    IdempotencyCache(final InstantSource clock, final Duration age, final int size) {
        this.clock = requireNonNull(clock);
        this.age = requireNonNull(age);
        this.size = size;
    }

    /**
     * Do what is asked for, unless that was done.
     *
     * @param requestId name of the request; nothing is remembered of one without
     * @param content what is asked for, compared by {@code equals}
     * @param action does it
     * @return what the action gave, now or the first time
     * @throws MigrationRejectedException if nothing was started, or the name was used for something else
     */
    public String once(final Optional<String> requestId, final Object content, final Action action)
            throws MigrationRejectedException {
        requireNonNull(content);
        return requestId.isEmpty() ? action.run() : once(requestId.orElseThrow(), content, action);
    }

    private synchronized String once(final String requestId, final Object content, final Action action)
            throws MigrationRejectedException {
        final var now = clock.instant();
        forgetBefore(now.minus(age));
        final var known = entries.get(requestId);
        if (known == null) {
            final var answer = action.run();
            if (oldestFirst.size() == size) {
                entries.remove(oldestFirst.remove());
            }
            entries.put(requestId, new Entry(content, answer, now));
            oldestFirst.add(requestId);
            return answer;
        }
        if (!known.content().equals(content)) {
            throw new MigrationRejectedException(new RequestRejection.RequestIdUsed(requestId, known.answer()));
        }
        return known.answer();
    }

    private void forgetBefore(final Instant oldest) {
        while (!oldestFirst.isEmpty() && entries.get(oldestFirst.peek()).at().isBefore(oldest)) {
            entries.remove(oldestFirst.remove());
        }
    }
}
