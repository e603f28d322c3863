// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.netconf.transport;

/** What NETCONF runs over. There is no plain TCP. */
public enum TransportKind {
    /** Secure Shell, RFC 6242. */
    SSH,
    /** Transport Layer Security with mutual authentication, RFC 7589. */
    TLS
}
