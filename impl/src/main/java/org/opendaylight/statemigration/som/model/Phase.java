// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.model;

/**
 * Phase of a migration or of one of its legs; YANG type {@code phase} says what each means. The order is that of YANG.
 */
public enum Phase {
    NOTIFIED,
    PREPARING,
    TRANSFERRING,
    STANDING_BY,
    COMMITTING,
    RELEASING,
    COMPLETED,
    ROLLING_BACK,
    FAILED,
    CANCELLED,
    UNKNOWN;

    /** {@return whether nothing follows} */
    public boolean isFinal() {
        return this == COMPLETED || this == FAILED || this == CANCELLED;
    }
}
