package org.opendaylight.statemigration.som.batch;

import static java.util.Objects.requireNonNull;

import java.util.OptionalInt;

/**
 * Migrations of which only some may be under way at one time, or be copied for the first time where their machines have
 * yet to move.
 *
 * @param batch whose they are
 * @param limit how many; empty for as many as policy permits
 */
public record Convoy(BatchId batch, OptionalInt limit) {
    public Convoy {
        requireNonNull(batch);
        requireNonNull(limit);
    }
}
