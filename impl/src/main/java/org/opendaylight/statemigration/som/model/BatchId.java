// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.model;

import org.opendaylight.statemigration.host.Identifier;

/**
 * Identity of a batch.
 *
 * @param value as YANG type {@code identifier}
 */
public record BatchId(String value) {
    public BatchId {
        Identifier.check("Batch id", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
