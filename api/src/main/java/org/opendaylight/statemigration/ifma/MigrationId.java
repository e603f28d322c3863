// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.ifma;

import org.opendaylight.statemigration.host.Identifier;

/**
 * Identity of a migration: used once, and carried by every message of the migration.
 *
 * @param value as YANG type {@code migration-id}
 */
public record MigrationId(String value) {
    public MigrationId {
        Identifier.check("Migration id", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
