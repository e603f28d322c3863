// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.mdsal.codec;

import com.google.common.collect.ImmutableMap;
import java.util.Map;
import org.opendaylight.statemigration.ifma.FailureReason;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.types.rev261123.Cancelled;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.types.rev261123.DeadlinePassed;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.types.rev261123.FlowsRefused;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.types.rev261123.IntegrityViolated;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.types.rev261123.LeaseExpired;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.types.rev261123.LimitExceeded;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.types.rev261123.StateHostDisconnected;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.types.rev261123.StateHostError;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.types.rev261123.StateHostUnauthorized;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.types.rev261123.StateHostUnknown;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.types.rev261123.VerificationFailed;

/** Reasons of failure in YANG. */
public final class FailureCodec {
    private static final Map<FailureReason,
        org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.types.rev261123.FailureReason> REASONS =
        ImmutableMap.<FailureReason,
            org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.types.rev261123.FailureReason>builder()
            .put(FailureReason.STATE_HOST_UNKNOWN, StateHostUnknown.VALUE)
            .put(FailureReason.STATE_HOST_UNAUTHORIZED, StateHostUnauthorized.VALUE)
            .put(FailureReason.STATE_HOST_DISCONNECTED, StateHostDisconnected.VALUE)
            .put(FailureReason.STATE_HOST_ERROR, StateHostError.VALUE)
            .put(FailureReason.FLOWS_REFUSED, FlowsRefused.VALUE)
            .put(FailureReason.VERIFICATION_FAILED, VerificationFailed.VALUE)
            .put(FailureReason.INTEGRITY_VIOLATED, IntegrityViolated.VALUE)
            .put(FailureReason.LIMIT_EXCEEDED, LimitExceeded.VALUE)
            .put(FailureReason.DEADLINE_PASSED, DeadlinePassed.VALUE)
            .put(FailureReason.LEASE_EXPIRED, LeaseExpired.VALUE)
            .put(FailureReason.CANCELLED, Cancelled.VALUE)
            .build();

    private FailureCodec() {
        // Hidden on purpose
    }

    public static org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.types.rev261123.FailureReason encode(
            final FailureReason reason) {
        return REASONS.get(reason);
    }
}
