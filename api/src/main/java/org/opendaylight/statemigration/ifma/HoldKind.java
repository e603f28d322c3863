// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.ifma;

/**
 * How a destination keeps packets of a VM from its table until the flows are there.
 */
public enum HoldKind {
    /** Not at all. */
    NONE,
    /** In a bounded queue; they go on, in order, at the commit. */
    QUEUE,
    /** By dropping them before they can create or disturb state. */
    DROP
}
