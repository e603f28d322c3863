// SPDX-License-Identifier: EPL-1.0
/** Holds packets before connection tracking: by a queue of nftables or of iptables-legacy, or by dropping them. */
package org.opendaylight.statemigration.agent.backend.linux.hold;
