// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.policy;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * When a link changes too often to be believed; YANG container {@code dampening} says what each means.
 *
 * @param enabled whether anything is ever suppressed
 * @param halfLife how long until a penalty has decayed to one half
 * @param suppress penalty at which an element is suppressed
 * @param reuse penalty below which it counts again
 * @param maxSuppress how long an element that no longer changes is ignored at most
 */
public record Damping(boolean enabled, Duration halfLife, int suppress, int reuse, Duration maxSuppress) {
    /** As in YANG. */
    public static final Damping DEFAULT = new Damping(true, Duration.ofSeconds(5), 3000, 1000,
        Duration.ofSeconds(20));
    /** Cost of a link that goes down, or is removed. */
    public static final int LOSS = 1000;
    /** Cost of another change: of a metric. */
    public static final int CHANGE = 500;

    public Damping {
        requireNonNull(halfLife);
        requireNonNull(maxSuppress);
        if (halfLife.toMillis() < 1 || reuse < 1 || suppress <= reuse) {
            throw new IllegalArgumentException("Dampening needs a half-life, and a threshold 'suppress' ("
                + suppress + ") above 'reuse' (" + reuse + ")");
        }
        if (ceiling(reuse, halfLife, maxSuppress) < suppress) {
            throw new IllegalArgumentException("Dampening with a longest time of " + maxSuppress
                + " would never suppress anything: a penalty of " + suppress + " takes longer to decay to " + reuse);
        }
    }

    /** {@return the highest penalty: it decays to reuse within the longest time} */
    public double ceiling() {
        return ceiling(reuse, halfLife, maxSuppress);
    }

    private static double ceiling(final int reuse, final Duration halfLife, final Duration maxSuppress) {
        return reuse * Math.pow(2, (double) maxSuppress.toMillis() / halfLife.toMillis());
    }
}
