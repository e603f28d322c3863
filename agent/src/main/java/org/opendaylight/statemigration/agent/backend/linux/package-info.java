// SPDX-License-Identifier: EPL-1.0
/**
 * The back end for Linux: the state table is connection tracking ({@code nf_conntrack}), read and written over
 * netlink ({@code ctnetlink}); packets are held with {@code nftables} and {@code NFQUEUE}. {@link
 * org.opendaylight.statemigration.agent.backend.linux.LinuxStateTable#open} is the entry point.
 *
 * <p>Layers, each of which uses only those after it: {@code write}, {@code read}, {@code conntrack}, {@code mapping},
 * {@code netlink}; beside them {@code hold}, {@code nft}, {@code netlink}.
 *
 * <p>The kernel acknowledges much that it then does not do. Each such rule is a comment beside the line that obeys
 * it, and whatever was written is read back.
 */
package org.opendaylight.statemigration.agent.backend.linux;
