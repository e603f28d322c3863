package org.opendaylight.statemigration.flow;

/**
 * State of an SCTP association as a middlebox sees it pass (RFC 9260, section 4). The order is that of the YANG
 * enumeration {@code sctp-state}.
 */
public enum SctpState {
    CLOSED,
    COOKIE_WAIT,
    COOKIE_ECHOED,
    ESTABLISHED,
    SHUTDOWN_SENT,
    SHUTDOWN_RECEIVED,
    SHUTDOWN_ACK_SENT,
    HEARTBEAT_SENT;

    /** {@return the name in YANG and JSON} */
    public String yangName() {
        return YangNames.of(this);
    }
}
