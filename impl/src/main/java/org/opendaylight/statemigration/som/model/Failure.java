// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.model;

import static java.util.Objects.requireNonNull;

import org.opendaylight.statemigration.ifma.FailureReason;

/**
 * Why a migration did not complete.
 *
 * @param reason for programs
 * @param detail for people: a sentence that says what to do
 */
public record Failure(FailureReason reason, String detail) {
    public Failure {
        requireNonNull(reason);
        requireNonNull(detail);
    }
}
