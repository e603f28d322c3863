// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.backend.contract;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.opendaylight.statemigration.flow.Expectation;
import org.opendaylight.statemigration.flow.Flow;
import org.opendaylight.statemigration.flow.FlowKey;
import org.opendaylight.statemigration.flow.Identifiers;
import org.opendaylight.statemigration.flow.Nat;
import org.opendaylight.statemigration.flow.ProtocolState;
import org.opendaylight.statemigration.flow.Protocols;
import org.opendaylight.statemigration.flow.SctpState;
import org.opendaylight.statemigration.flow.TcpEnd;
import org.opendaylight.statemigration.flow.TcpState;
import org.opendaylight.statemigration.flow.Tuple;
import org.opendaylight.statemigration.flow.VirtualNetwork;
import org.opendaylight.statemigration.host.VmIdentity;
import org.opendaylight.statemigration.ifma.FlowSelection;

/** Flows between one VM and its peer, numbered so that no two have a direction in common. Addresses are of RFC 5737. */
final class ContractFlows {
    static final InetAddress VM = InetAddress.ofLiteral("192.0.2.10");
    static final InetAddress VM6 = InetAddress.ofLiteral("2001:db8::10");
    static final InetAddress OTHER_VM = InetAddress.ofLiteral("192.0.2.11");
    static final InetAddress PEER = InetAddress.ofLiteral("198.51.100.20");
    static final InetAddress PEER6 = InetAddress.ofLiteral("2001:db8:1::20");
    static final InetAddress PUBLIC = InetAddress.ofLiteral("203.0.113.30");

    private static final int TIMEOUT = 600;

    private ContractFlows() {
        // Hidden on purpose
    }

    static FlowSelection selection() {
        return selection(Optional.empty());
    }

    static FlowSelection selection(final Optional<VirtualNetwork> network) {
        return FlowSelection.of(new VmIdentity(Set.of(VM, VM6), network));
    }

    static Flow udp(final int number) {
        return flow(Optional.empty(), Protocols.UDP, ports(VM, PEER, number), ProtocolState.STATELESS);
    }

    static Flow udp(final Optional<VirtualNetwork> network, final int number) {
        return flow(network, Protocols.UDP, ports(VM, PEER, number), ProtocolState.STATELESS);
    }

    static Flow udpOfOtherVm(final int number) {
        return flow(Optional.empty(), Protocols.UDP, ports(OTHER_VM, PEER, number), ProtocolState.STATELESS);
    }

    static Flow tcp(final int number, final TcpState state) {
        return tcp(number, state, 7);
    }

    static Flow tcp(final int number, final TcpState state, final int windowScale) {
        final var end = new TcpEnd(OptionalInt.of(windowScale), true, false);
        return flow(Optional.empty(), Protocols.TCP, ports(VM, PEER, number), new ProtocolState.Tcp(state, end, end));
    }

    /** A flow with the directions of another one exchanged: it is another flow, and in the way of that one. */
    static Flow reversed(final Flow flow) {
        return flow(Optional.empty(), flow.key().protocol(), flow.reply(), flow.protocolState());
    }

    static Flow translated(final int number) {
        final var original = ports(VM, PEER, number);
        return Flow.builder(new FlowKey(Optional.empty(), Protocols.UDP, original),
                new Tuple(PEER, PUBLIC, new Identifiers.Ports(5001, 30_000 + number)))
            .nat(new Nat(Optional.of(new Nat.Endpoint(PUBLIC, OptionalInt.of(30_000 + number))), Optional.empty()))
            .seenReply(true)
            .assured(true)
            .timeout(TIMEOUT)
            .build();
    }

    /** The control connection of FTP, which expects a data connection to the VM. */
    static Flow ftp(final int number) {
        final var end = new TcpEnd(OptionalInt.of(7), true, false);
        final var original = new Tuple(VM, PEER, new Identifiers.Ports(1024 + number, 21));
        return Flow.builder(new FlowKey(Optional.empty(), Protocols.TCP, original), original.inverse())
            .protocolState(new ProtocolState.Tcp(TcpState.ESTABLISHED, end, end))
            .seenReply(true)
            .assured(true)
            .timeout(TIMEOUT)
            .helper(Optional.of("ftp"))
            .expectations(List.of(new Expectation(Protocols.TCP, Optional.of(PEER),
                OptionalInt.empty(), VM, 40_000 + number, 300, false, Optional.empty())))
            .build();
    }

    /** {@return a flow of this protocol, for as many protocols as this kit knows} */
    static Optional<Flow> of(final int protocol, final int number) {
        return switch (protocol) {
            case Protocols.TCP -> Optional.of(tcp(number, TcpState.ESTABLISHED));
            case Protocols.UDP, Protocols.UDP_LITE ->
                Optional.of(flow(Optional.empty(), protocol, ports(VM, PEER, number), ProtocolState.STATELESS));
            case Protocols.SCTP -> Optional.of(flow(Optional.empty(), protocol, ports(VM, PEER, number),
                new ProtocolState.Sctp(SctpState.ESTABLISHED, 0xfedcba98L, 0x12345678L)));
            case Protocols.GRE -> Optional.of(flow(Optional.empty(), protocol,
                new Tuple(VM, PEER, new Identifiers.GreKeys(number, number)), ProtocolState.STATELESS));
            case Protocols.ICMP -> Optional.of(echo(protocol, VM, PEER, 8, 0, number));
            case Protocols.ICMPV6 -> Optional.of(echo(protocol, VM6, PEER6, 128, 129, number));
            default -> Optional.empty();
        };
    }

    static Flow lasting(final Flow flow, final long seconds) {
        return flow.toBuilder().timeout(seconds).build();
    }

    private static Flow echo(final int protocol, final InetAddress from, final InetAddress to, final int request,
            final int answer, final int number) {
        return Flow.builder(new FlowKey(Optional.empty(), protocol,
            new Tuple(from, to, new Identifiers.Icmp(request, 0, number))),
                new Tuple(to, from, new Identifiers.Icmp(answer, 0, number)))
            .seenReply(true)
            .timeout(TIMEOUT)
            .build();
    }

    private static Flow flow(final Optional<VirtualNetwork> network, final int protocol, final Tuple original,
            final ProtocolState state) {
        return Flow.builder(new FlowKey(network, protocol, original), original.inverse())
            .protocolState(state)
            .seenReply(true)
            .assured(true)
            .timeout(TIMEOUT)
            .build();
    }

    private static Tuple ports(final InetAddress from, final InetAddress to, final int number) {
        return new Tuple(from, to, new Identifiers.Ports(1024 + number, 5001));
    }
}
