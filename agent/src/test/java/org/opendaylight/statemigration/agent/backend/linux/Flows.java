// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.backend.linux;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.opendaylight.statemigration.agent.backend.linux.mapping.TupleInversion;
import org.opendaylight.statemigration.flow.Counters;
import org.opendaylight.statemigration.flow.Flow;
import org.opendaylight.statemigration.flow.FlowKey;
import org.opendaylight.statemigration.flow.Identifiers;
import org.opendaylight.statemigration.flow.Labels;
import org.opendaylight.statemigration.flow.Nat;
import org.opendaylight.statemigration.flow.ProtocolState;
import org.opendaylight.statemigration.flow.Protocols;
import org.opendaylight.statemigration.flow.SctpState;
import org.opendaylight.statemigration.flow.TcpEnd;
import org.opendaylight.statemigration.flow.TcpState;
import org.opendaylight.statemigration.flow.Tuple;
import org.opendaylight.statemigration.flow.VirtualNetwork;

/** Flows of the VM of {@link Lab}. */
public final class Flows {
    private static final int TIMEOUT = 600;

    private Flows() {
        // Hidden on purpose
    }

    public static Flow tcp(final int number) {
        return flow(Protocols.TCP, ports(Lab.VM, Lab.PEER, number), tcpState(TcpState.ESTABLISHED, 7, 10));
    }

    public static Flow udp(final int number) {
        return flow(Protocols.UDP, ports(Lab.VM, Lab.PEER, number), ProtocolState.STATELESS);
    }

    /** One of a million that the kernel drops first when the table is full. */
    static Flow unanswered(final int number) {
        final var flow = flow(Protocols.UDP, new Tuple(InetAddress.ofLiteral("10.1.2." + number % 250), Lab.PEER,
            new Identifiers.Ports(1024 + number / 250, 53)), ProtocolState.STATELESS);
        return Flow.builder(flow.key(), flow.reply())
            .protocolState(flow.protocolState())
            .timeout(TIMEOUT)
            .build();
    }

    public static Flow peerOpens(final int number) {
        return flow(Protocols.TCP, new Tuple(Lab.PEER, Lab.PUBLIC, new Identifiers.Ports(1024 + number, 80)),
            tcpState(TcpState.ESTABLISHED, 7, 10));
    }

    public static Flow icmp(final int identifier) {
        return flow(Protocols.ICMP, new Tuple(Lab.VM, Lab.PEER, new Identifiers.Icmp(8, 0, identifier)),
            ProtocolState.STATELESS);
    }

    public static List<Flow> ofEveryKind() {
        return List.of(tcp(1), udp(2),
            with(tcp(3), tcpState(TcpState.FIN_WAIT, 0, 14)),
            with(tcp(4), new ProtocolState.Tcp(TcpState.ESTABLISHED, new TcpEnd(OptionalInt.empty(), false, false),
                new TcpEnd(OptionalInt.empty(), true, true))),
            flow(Protocols.TCP, ports(Lab.VM6, Lab.PEER6, 5), tcpState(TcpState.CLOSE_WAIT, 1, 2)),
            flow(Protocols.UDP, ports(Lab.PEER6, Lab.VM6, 6), ProtocolState.STATELESS),
            icmp(7),
            flow(Protocols.ICMPV6, new Tuple(Lab.VM6, Lab.PEER6, new Identifiers.Icmp(128, 0, 8)),
                ProtocolState.STATELESS),
            flow(Protocols.SCTP, ports(Lab.VM, Lab.PEER, 9),
                new ProtocolState.Sctp(SctpState.ESTABLISHED, 0xfedcba98L, 0x12345678L)),
            flow(Protocols.GRE, new Tuple(Lab.VM, Lab.PEER, new Identifiers.GreKeys(17, 18)),
                ProtocolState.STATELESS),
            flow(Protocols.GRE, new Tuple(Lab.VM6, Lab.PEER6, new Identifiers.GreKeys(0, 0)),
                ProtocolState.STATELESS),
            flow(Protocols.UDP_LITE, ports(Lab.VM, Lab.PEER, 19), ProtocolState.STATELESS),
            sourceNat(flow(Protocols.UDP_LITE, ports(Lab.VM, Lab.PEER, 20), ProtocolState.STATELESS), 30020),
            sourceNat(flow(Protocols.SCTP, ports(Lab.VM, Lab.PEER, 21),
                new ProtocolState.Sctp(SctpState.SHUTDOWN_SENT, 0xfedcba98L, 0x12345678L)), 30021),
            // The kernel translates the addresses of GRE, not its keys
            sourceNat(flow(Protocols.GRE, new Tuple(Lab.VM, Lab.PEER, new Identifiers.GreKeys(22, 23)),
                ProtocolState.STATELESS), 22),
            // Protocols that the kernel does not follow: ESP, DCCP, OSPF
            flow(50, new Tuple(Lab.VM, Lab.PEER, Identifiers.NONE), ProtocolState.STATELESS),
            flow(Protocols.DCCP, new Tuple(Lab.VM6, Lab.PEER6, Identifiers.NONE), ProtocolState.STATELESS),
            nat(flow(89, new Tuple(Lab.VM, Lab.PEER, Identifiers.NONE), ProtocolState.STATELESS),
                new Nat(Optional.of(new Nat.Endpoint(Lab.PUBLIC, OptionalInt.empty())), Optional.empty())),
            sourceNat(tcp(10), 30010), sourceNat(udp(11), 30011), sourceNat(icmp(12), 30012),
            destinationNat(peerOpens(13), Lab.VM, 8080),
            // Both at once
            sourceNat(destinationNat(flow(Protocols.UDP, new Tuple(Lab.PEER, Lab.PUBLIC,
                new Identifiers.Ports(1038, 53)), ProtocolState.STATELESS), Lab.VM, 5353), 30014),
            // The other family is translated the same way
            nat(flow(Protocols.TCP, ports(Lab.VM6, Lab.PEER6, 15), tcpState(TcpState.ESTABLISHED, 7, 7)),
                new Nat(Optional.of(new Nat.Endpoint(InetAddress.ofLiteral("2001:db8:7::7"), OptionalInt.of(30015))),
                    Optional.empty())),
            Flow.builder(udp(16).key(), udp(16).reply())
                .timeout(30)
                .mark(0xcafe0001L)
                .build());
    }

    public static Flow with(final Flow flow, final ProtocolState state) {
        return flow.toBuilder().protocolState(state).build();
    }

    public static Flow with(final Flow flow, final Labels labels) {
        return flow.toBuilder().labels(labels).build();
    }

    static Flow marked(final Flow flow, final int mark) {
        return flow.toBuilder().mark(mark).build();
    }

    public static Flow withHelper(final Flow flow, final String helper) {
        return flow.toBuilder().helper(Optional.of(helper)).build();
    }

    public static Flow in(final Flow flow, final VirtualNetwork network) {
        return flow.toBuilder()
            .key(new FlowKey(Optional.of(network), flow.key().protocol(), flow.key().original()))
            .timeout(TIMEOUT)
            .build();
    }

    static Flow lasting(final Flow flow, final long seconds) {
        return flow.toBuilder().timeout(seconds).build();
    }

    static Flow reversed(final Flow flow) {
        return flow(flow.key().protocol(), flow.key().original().inverse(), flow.protocolState());
    }

    public static Flow sourceNat(final Flow flow, final int port) {
        return nat(flow, new Nat(Optional.of(new Nat.Endpoint(Lab.PUBLIC, OptionalInt.of(port))),
            flow.nat().destination()));
    }

    public static Flow destinationNat(final Flow flow, final InetAddress to, final int port) {
        return nat(flow, new Nat(flow.nat().source(), Optional.of(new Nat.Endpoint(to, OptionalInt.of(port)))));
    }

    public static ProtocolState.Tcp tcpState(final TcpState state, final int originatorScale,
            final int responderScale) {
        return new ProtocolState.Tcp(state, new TcpEnd(OptionalInt.of(originatorScale), true, false),
            new TcpEnd(OptionalInt.of(responderScale), true, false));
    }

    /** The flow with what time changes set to fixed values. */
    static Flow comparable(final Flow flow) {
        return flow.toBuilder()
            .timeout(TIMEOUT)
            .master(Optional.empty())
            .expectations(List.of())
            .originalCounters(Counters.NONE)
            .replyCounters(Counters.NONE)
            .build();
    }

    static Flow flow(final int protocol, final Tuple original, final ProtocolState state) {
        return Flow.builder(new FlowKey(Optional.empty(), protocol, original),
                TupleInversion.inverse(protocol, original).orElseThrow())
            .protocolState(state)
            .seenReply(true)
            .assured(true)
            .timeout(TIMEOUT)
            .build();
    }

    private static Flow nat(final Flow flow, final Nat nat) {
        final var translated = flow.toBuilder().nat(nat).build();
        return flow.toBuilder()
            .reply(TupleInversion.reply(translated).orElseThrow())
            .nat(nat)
            .build();
    }

    private static Tuple ports(final InetAddress from, final InetAddress to, final int number) {
        return new Tuple(from, to, new Identifiers.Ports(1024 + number % 60_000, 5001 + number / 60_000));
    }
}
