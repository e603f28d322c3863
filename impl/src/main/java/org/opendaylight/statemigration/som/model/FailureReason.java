// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.model;

/**
 * Why a migration did not complete: the identities derived from YANG identity {@code failure-reason}.
 */
public enum FailureReason {
    STATE_HOST_UNKNOWN,
    STATE_HOST_UNAUTHORIZED,
    STATE_HOST_DISCONNECTED,
    STATE_HOST_ERROR,
    FLOWS_REFUSED,
    VERIFICATION_FAILED,
    INTEGRITY_VIOLATED,
    LIMIT_EXCEEDED,
    DEADLINE_PASSED,
    LEASE_EXPIRED,
    CANCELLED,
    TOPOLOGY_UNUSABLE
}
