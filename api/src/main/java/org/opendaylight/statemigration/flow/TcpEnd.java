// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.flow;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a middlebox has learned of one end of a TCP connection.
 *
 * @param windowScale shift count of the window scale option, 0..14; empty if the end sent none (RFC 7323)
 * @param sackPermitted the end has sent the SACK permitted option (RFC 2018)
 * @param closeInitiated the end has sent FIN first
 * @param adjustment by how much the sequence numbers that the end sends are shifted; empty if they are not
 */
public record TcpEnd(OptionalInt windowScale, boolean sackPermitted, boolean closeInitiated,
        Optional<SequenceAdjustment> adjustment) {
    private static final int MAX_SCALE = 14;

    public TcpEnd {
        requireNonNull(adjustment);
        if (windowScale.isPresent() && (windowScale.getAsInt() < 0 || windowScale.getAsInt() > MAX_SCALE)) {
            throw new IllegalArgumentException("Window scale " + windowScale.getAsInt() + " is not in the range 0.."
                + MAX_SCALE);
        }
    }

    /**
     * An end whose sequence numbers pass as they are.
     *
     * @param windowScale shift count of the window scale option
     * @param sackPermitted the end has sent the SACK permitted option
     * @param closeInitiated the end has sent FIN first
     */
    public TcpEnd(final OptionalInt windowScale, final boolean sackPermitted, final boolean closeInitiated) {
        this(windowScale, sackPermitted, closeInitiated, Optional.empty());
    }
}
