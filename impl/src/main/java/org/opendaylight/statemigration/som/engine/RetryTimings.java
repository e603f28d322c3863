// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.engine;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import org.opendaylight.statemigration.time.Backoff;

/**
 * How fast the master repeats itself, apart from what policy says.
 *
 * @param retry wait before the second attempt of a step; doubled for each further one, up to ten seconds
 * @param reconcile how often a step that waits for its State Host is tried although the host seems to be there
 * @param progress how often the counts of a transfer are shown at most
 * @param closeTimeout how long closing waits for migrations to end
 */
public record RetryTimings(Duration retry, Duration reconcile, Duration progress, Duration closeTimeout) {
    /** For real networks. */
    public static final RetryTimings DEFAULT = new RetryTimings(Duration.ofMillis(250), Duration.ofSeconds(10),
        Duration.ofMillis(500), Duration.ofSeconds(5));

    private static final Duration LONGEST_RETRY = Duration.ofSeconds(10);

    public RetryTimings {
        requireNonNull(retry);
        requireNonNull(reconcile);
        requireNonNull(progress);
        requireNonNull(closeTimeout);
    }

    Duration before(final int attempt) {
        return attempt == 1 ? Duration.ZERO : retries().after(attempt - 1);
    }

    private Backoff retries() {
        return new Backoff(retry, retry.compareTo(LONGEST_RETRY) < 0 ? LONGEST_RETRY : retry);
    }
}
