// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.model;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * What the master shows of a clean-up that has yet to be done; YANG list {@code pending-clean-up} says what each means.
 *
 * @param key whose flows, and where
 * @param since when they were restored elsewhere
 * @param detail what it waits for
 */
public record CleanUpRecord(CheckpointKey key, Instant since, String detail) {
    public CleanUpRecord {
        requireNonNull(key);
        requireNonNull(since);
        requireNonNull(detail);
    }
}
