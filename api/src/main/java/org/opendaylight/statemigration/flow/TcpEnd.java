package org.opendaylight.statemigration.flow;

import java.util.OptionalInt;

/**
 * What a middlebox has learned of one end of a TCP connection.
 *
 * @param windowScale shift count of the window scale option, 0..14; empty if the end sent none (RFC 7323)
 * @param sackPermitted the end has sent the SACK permitted option (RFC 2018)
 * @param closeInitiated the end has sent FIN first
 */
public record TcpEnd(OptionalInt windowScale, boolean sackPermitted, boolean closeInitiated) {
    private static final int MAX_SCALE = 14;

    public TcpEnd {
        if (windowScale.isPresent() && (windowScale.getAsInt() < 0 || windowScale.getAsInt() > MAX_SCALE)) {
            throw new IllegalArgumentException("Window scale " + windowScale.getAsInt() + " is not in the range 0.."
                + MAX_SCALE);
        }
    }
}
