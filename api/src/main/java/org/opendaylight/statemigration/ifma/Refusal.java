// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.ifma;

import static java.util.Objects.requireNonNull;

/**
 * A flow that a State Host does not take.
 *
 * @param index its position in the chunk, beginning with 0
 * @param reason why, for programs
 * @param detail why, for people
 */
public record Refusal(int index, RefusalReason reason, String detail) {
    public Refusal {
        requireNonNull(reason);
        requireNonNull(detail);
    }
}
