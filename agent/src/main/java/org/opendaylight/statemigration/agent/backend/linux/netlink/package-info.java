// SPDX-License-Identifier: EPL-1.0
/** Netlink sockets and messages, the network namespace they belong to, and the functions of libc that they need. */
package org.opendaylight.statemigration.agent.backend.linux.netlink;
