// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.ifma;

import java.util.Arrays;
import java.util.Optional;
import org.opendaylight.statemigration.text.EnumNames;

/**
 * Why a migration did not complete: identities derived from YANG identity {@code failure-reason}. Each is set where the
 * failure is found, at an agent or at the master. Identity {@code topology-unusable} has no constant: where the
 * topology does not say what to move there is no migration that could fail.
 */
public enum FailureReason {
    /** A State Host named in the migration is not registered. */
    STATE_HOST_UNKNOWN,
    /** Policy does not let a State Host take part as asked for. */
    STATE_HOST_UNAUTHORIZED,
    /** The session with a State Host ended, or it did not answer. */
    STATE_HOST_DISCONNECTED,
    /** A State Host answered with an error for which there is no other reason here. */
    STATE_HOST_ERROR,
    /** The source cannot hand over, or the destination does not take, at least one flow. */
    FLOWS_REFUSED,
    /** What the destination read back is not what was sent. */
    VERIFICATION_FAILED,
    /** A chunk had a wrong digest or sequence number, was malformed, or held a flow that is not of the VM. */
    INTEGRITY_VIOLATED,
    /** The VM has more flows than is permitted in one migration. */
    LIMIT_EXCEEDED,
    /** A step did not end within its time. */
    DEADLINE_PASSED,
    /** The destination's lease ran out before the commit. */
    LEASE_EXPIRED,
    /** An operator cancelled the migration. */
    CANCELLED;

    /** {@return the name of the YANG identity} */
    public String identity() {
        return EnumNames.of(this);
    }

    /**
     * Find a reason by its YANG identity.
     *
     * @param identity name of the identity, without prefix
     * @return the reason; empty if the identity is not known here
     */
    public static Optional<FailureReason> ofIdentity(final String identity) {
        return Arrays.stream(values()).filter(reason -> reason.identity().equals(identity)).findFirst();
    }
}
