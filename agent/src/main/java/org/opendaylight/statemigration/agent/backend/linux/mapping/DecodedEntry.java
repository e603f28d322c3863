// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.backend.linux.mapping;

import java.util.Optional;
import java.util.OptionalInt;
import org.opendaylight.statemigration.agent.backend.linux.netlink.Ctnetlink;
import org.opendaylight.statemigration.flow.Flow;
import org.opendaylight.statemigration.flow.FlowKey;
import org.opendaylight.statemigration.flow.ProtocolState;
import org.opendaylight.statemigration.flow.Protocols;
import org.opendaylight.statemigration.flow.SequenceAdjustment;
import org.opendaylight.statemigration.flow.TcpEnd;
import org.opendaylight.statemigration.flow.VirtualNetwork;
import org.opendaylight.statemigration.ifma.RefusalReason;

/** What becomes of an entry that is to be expressed as a flow. */
public sealed interface DecodedEntry {
    /**
     * It is this flow.
     *
     * @param flow the flow
     */
    record Expressed(Flow flow) implements DecodedEntry {
    }

    /**
     * It cannot be expressed.
     *
     * @param reason why
     */
    record Inexpressible(RefusalReason reason) implements DecodedEntry {
    }

    /** It is about to go. */
    record Dying() implements DecodedEntry {
    }

    /**
     * Express an entry as a flow.
     *
     * @param entry the entry
     * @param network the virtual network that its zone stands for
     * @return what becomes of it
     */
    static DecodedEntry of(final ConntrackEntry entry, final Optional<VirtualNetwork> network) {
        if (entry.has(Ctnetlink.DYING)) {
            return new Dying();
        }
        if (!FlowSupportCheck.isRestorable(entry.protocol(), entry.original())) {
            return new Inexpressible(RefusalReason.UNSUPPORTED_PROTOCOL);
        }
        final var nat = TupleInversion.nat(entry.protocol(), entry.original(), entry.reply());
        // A SYN proxy's own sequence numbers are of no use without it
        if (entry.special() || nat.isEmpty()
            // Somebody else than NAT, such as IPVS, has changed the reply
            || nat.orElseThrow().source().isPresent() != entry.has(Ctnetlink.SRC_NAT)
            || nat.orElseThrow().destination().isPresent() != entry.has(Ctnetlink.DST_NAT)) {
            return new Inexpressible(RefusalReason.UNSUPPORTED_ATTRIBUTE);
        }
        return protocolState(entry).<DecodedEntry>map(state -> new Expressed(
            Flow.builder(new FlowKey(network, entry.protocol(), entry.original()), entry.reply())
                .nat(nat.orElseThrow())
                .protocolState(state)
                .seenReply(entry.has(Ctnetlink.SEEN_REPLY))
                .assured(entry.has(Ctnetlink.ASSURED))
                .timeout(entry.timeout())
                .mark(entry.mark())
                .labels(entry.labels())
                .helper(entry.helper())
                .master(entry.master().map(master -> master.in(network)))
                .originalCounters(entry.originalCounters())
                .replyCounters(entry.replyCounters())
                .build()))
            .orElseGet(() -> new Inexpressible(RefusalReason.UNSUPPORTED_ATTRIBUTE));
    }

    /** {@return the state that only some protocols have; empty if the kernel has none where it should} */
    static Optional<ProtocolState> protocolState(final ConntrackEntry entry) {
        return switch (entry.protocol()) {
            case Protocols.TCP -> entry.tcp().flatMap(tcp -> KernelStates.tcpState(tcp.state())
                .map(state -> new ProtocolState.Tcp(state,
                    tcpEnd(tcp.originalFlags(), tcp.originalScale(), entry.originalShift()),
                    tcpEnd(tcp.replyFlags(), tcp.replyScale(), entry.replyShift()))));
            case Protocols.SCTP -> entry.sctp().flatMap(sctp -> KernelStates.sctpState(sctp.state())
                .map(state -> new ProtocolState.Sctp(state, sctp.originalTag(), sctp.replyTag())));
            default -> Optional.of(ProtocolState.STATELESS);
        };
    }

    private static TcpEnd tcpEnd(final int flags, final int scale, final Optional<SequenceAdjustment> shift) {
        return new TcpEnd((flags & Ctnetlink.TCP_WINDOW_SCALE) == 0 ? OptionalInt.empty() : OptionalInt.of(scale),
            (flags & Ctnetlink.TCP_SACK_PERM) != 0, (flags & Ctnetlink.TCP_CLOSE_INIT) != 0,
            shift);
    }
}
