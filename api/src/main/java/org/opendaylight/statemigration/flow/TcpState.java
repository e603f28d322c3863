// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.flow;

/**
 * State of a TCP connection as a middlebox sees it pass (RFC 9293, section 3.3.2).
 */
public enum TcpState {
    SYN_SENT,
    SYN_RECEIVED,
    ESTABLISHED,
    FIN_WAIT,
    CLOSE_WAIT,
    LAST_ACK,
    TIME_WAIT,
    CLOSE,
    SYN_SENT_SIMULTANEOUS
}
