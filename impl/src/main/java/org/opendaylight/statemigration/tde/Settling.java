package org.opendaylight.statemigration.tde;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * When a change of topology is acted upon.
 *
 * @param quiet how long the topology must be quiet
 * @param bound how long a decision may be put off at most
 * @param dampening when something changes too often to be believed
 */
public record Settling(Duration quiet, Duration bound, Dampening dampening) {
    public Settling {
        requireNonNull(quiet);
        requireNonNull(bound);
        requireNonNull(dampening);
    }
}
