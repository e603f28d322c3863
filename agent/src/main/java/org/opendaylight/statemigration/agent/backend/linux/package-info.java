// SPDX-License-Identifier: EPL-1.0
/**
 * The back end for Linux: the state table is connection tracking ({@code nf_conntrack}), read and written over netlink
 * ({@code ctnetlink}), and packets are held with {@code nftables} and {@code NFQUEUE}.
 *
 * <p>The kernel says yes to much that it then does not do. Each such rule stands as a comment beside the line that
 * obeys it, and whatever was written is read back. {@link LinuxStateTable#open} is the way in.
 */
package org.opendaylight.statemigration.agent.backend.linux;
