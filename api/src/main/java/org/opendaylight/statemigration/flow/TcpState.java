package org.opendaylight.statemigration.flow;

/**
 * State of a TCP connection as a middlebox sees it pass (RFC 9293, section 3.3.2). The order is that of the YANG
 * enumeration {@code tcp-state}.
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
    SYN_SENT_SIMULTANEOUS;

    /** {@return the name in YANG and JSON} */
    public String yangName() {
        return YangNames.of(this);
    }
}
