// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.host;

/**
 * Representations of state: the identities derived from YANG identity {@code representation}.
 */
public enum Representation {
    YANG_LIST
}
