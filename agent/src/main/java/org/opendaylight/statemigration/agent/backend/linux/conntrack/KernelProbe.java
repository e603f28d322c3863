// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.backend.linux.conntrack;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.opendaylight.statemigration.agent.backend.linux.mapping.ConntrackEntry;
import org.opendaylight.statemigration.agent.backend.linux.mapping.Zones;
import org.opendaylight.statemigration.agent.backend.linux.netlink.KernelException;
import org.opendaylight.statemigration.agent.backend.linux.netlink.NetlinkAttributes;
import org.opendaylight.statemigration.flow.Flow;
import org.opendaylight.statemigration.flow.FlowKey;
import org.opendaylight.statemigration.flow.Identifiers;
import org.opendaylight.statemigration.flow.Labels;
import org.opendaylight.statemigration.flow.ProtocolState;
import org.opendaylight.statemigration.flow.Protocols;
import org.opendaylight.statemigration.flow.TcpEnd;
import org.opendaylight.statemigration.flow.TcpState;
import org.opendaylight.statemigration.flow.Tuple;

/**
 * Finds out what the kernel can do by an entry that exists for a moment, in a zone of its own and between addresses
 * that are for documentation (RFC 5737, RFC 3849).
 */
public final class KernelProbe {
    public static final InetAddress IPV4 = address(192, 0, 2, 1);
    public static final InetAddress IPV4_PEER = address(192, 0, 2, 2);
    public static final InetAddress IPV6 = address(0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1);
    public static final InetAddress IPV6_PEER = address(0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2);

    private static final int PORT = 9;
    private static final int SECONDS = 10;

    private KernelProbe() {
        // Hidden on purpose
    }

    /** Something to be found out while the entry is there. */
    @FunctionalInterface
    public interface Question {
        boolean ask(ConntrackEntry entry) throws KernelException;
    }

    public static Flow flow(final int protocol, final Labels labels, final Optional<String> helper) {
        return flow(protocol == Protocols.TCP ? Protocols.TCP : Protocols.UDP, IPV4, IPV4_PEER, labels, helper);
    }

    public static Flow flow(final InetAddress source, final InetAddress destination) {
        return flow(Protocols.UDP, source, destination, Labels.NONE, Optional.empty());
    }

    private static Flow flow(final int protocol, final InetAddress source, final InetAddress destination,
            final Labels labels, final Optional<String> helper) {
        final var original = new Tuple(source, destination, new Identifiers.Ports(PORT, PORT));
        final var end = new TcpEnd(OptionalInt.empty(), false, false);
        return Flow.builder(new FlowKey(Optional.empty(), protocol, original), original.inverse())
            .protocolState(protocol == Protocols.TCP ? new ProtocolState.Tcp(TcpState.SYN_SENT, end, end)
                : ProtocolState.STATELESS)
            .timeout(SECONDS)
            .labels(labels)
            .helper(helper)
            .build();
    }

    /**
     * Ask a question about an entry.
     *
     * @param conntrack the table
     * @param flow the flow to create an entry for
     * @param question the question
     * @return the answer; false if the kernel does not take the flow
     * @throws KernelException if the table cannot be read or written
     */
    public static boolean run(final Conntrack conntrack, final Flow flow, final Question question)
            throws KernelException {
        final int protocol = flow.key().protocol();
        final var original = flow.key().original();
        switch (conntrack.execute(List.of(EntryRequests.create(flow, Zones.PROBE)))[0]) {
            case 0, KernelException.EEXIST -> {
                // there it is
            }
            case KernelException.EPERM -> throw new KernelException("write to the table of connections",
                KernelException.EPERM);
            default -> {
                return false;
            }
        }
        final var found = conntrack.get(List.of(EntryRequests.get(protocol, original, Zones.PROBE))).getFirst();
        if (found.isEmpty()) {
            return false;
        }
        final var entry = found.orElseThrow();
        try {
            return question.ask(entry);
        } finally {
            conntrack.execute(List.of(EntryRequests.delete(protocol, original, Zones.PROBE, entry.id())));
        }
    }

    private static InetAddress address(final int... octets) {
        final var bytes = new byte[octets.length];
        for (int i = 0; i < octets.length; i++) {
            bytes[i] = (byte) octets[i];
        }
        return NetlinkAttributes.toAddress(bytes);
    }
}
