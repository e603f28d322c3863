// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.ifma;

/**
 * Why a State Host does not take a flow: the identities derived from YANG identity {@code refusal-reason}.
 */
public enum RefusalReason {
    NOT_OF_VM,
    COLLISION,
    POLICY_DENIED,
    UNSUPPORTED_PROTOCOL,
    UNSUPPORTED_ATTRIBUTE,
    ADDRESS_NOT_IN_POOL,
    NO_ROOM,
    MALFORMED_FLOW,
    UNKNOWN_VIRTUAL_NETWORK,
    MASTER_MISSING
}
