// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.engine;

import static java.util.Objects.requireNonNull;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.random.RandomGenerator;
import org.opendaylight.statemigration.ifma.MigrationId;
import org.opendaylight.statemigration.som.model.BatchId;

/** Makes identities: unique also over restarts, and in the order of time. */
public final class IdGenerator {
    private final InstantSource clock;
    private final RandomGenerator random;

    public IdGenerator(final InstantSource clock) {
        this(clock, new SecureRandom());
    }

    /**
     * Makes identities.
     *
     * @param clock what time it is
     * @param random makes those of the same time and of other controllers different
     */
    public IdGenerator(final InstantSource clock, final RandomGenerator random) {
        this.clock = requireNonNull(clock);
        this.random = requireNonNull(random);
    }

    MigrationId migration() {
        return new MigrationId(next("m"));
    }

    public MigrationId plan() {
        return new MigrationId(next("p"));
    }

    public BatchId batch() {
        return new BatchId(next("b"));
    }

    private String next(final String prefix) {
        return "%s-%011x-%016x".formatted(prefix, clock.millis(), random.nextLong());
    }
}
