// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.backend.linux.hold;

import static java.util.Objects.requireNonNull;

/**
 * How packets are to be held.
 *
 * @param preference what the operator prefers
 * @param perZone whether packets of the same addresses may belong to several conntrack zones
 * @param queueLength packets that one hold keeps, at least 1; those beyond are dropped
 * @param queueNumber number of the {@code NFQUEUE}, 0..65535
 */
public record HoldOptions(HoldPreference preference, boolean perZone, int queueLength, int queueNumber) {
    public HoldOptions {
        requireNonNull(preference);
    }
}
