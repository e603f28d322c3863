// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.flow;

/**
 * State of an SCTP association as a middlebox sees it pass (RFC 9260, section 4).
 */
public enum SctpState {
    CLOSED,
    COOKIE_WAIT,
    COOKIE_ECHOED,
    ESTABLISHED,
    SHUTDOWN_SENT,
    SHUTDOWN_RECEIVED,
    SHUTDOWN_ACK_SENT,
    HEARTBEAT_SENT
}
