// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.host;

/** Side of a State Host in a migration. */
public enum Role {
    SOURCE,
    DESTINATION
}
