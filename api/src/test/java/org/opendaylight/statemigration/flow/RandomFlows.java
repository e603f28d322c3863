// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.flow;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.Stream;

/** Flows of every shape, from a seed. */
public final class RandomFlows {
    private final Random random;

    public RandomFlows(final long seed) {
        random = new Random(seed);
    }

    /** {@return a flow that does not contradict itself} */
    public Flow next() {
        final var flow = unrelated();
        final boolean ipv6 = flow.reply().source().getAddress().length == 16;
        return flow
            .withMaster(random.nextInt(4) > 0 ? Optional.empty() : Optional.of(
                new FlowKey(flow.key().network(), Protocols.TCP, tuple(ipv6, Protocols.TCP))))
            .withExpectations(flow.helper().isEmpty() ? List.of()
                : Stream.generate(() -> expectation(ipv6)).limit(random.nextInt(3)).toList());
    }

    private Expectation expectation(final boolean ipv6) {
        return new Expectation(random.nextInt(256),
            random.nextBoolean() ? Optional.empty() : Optional.of(address(ipv6)),
            random.nextBoolean() ? OptionalInt.empty() : OptionalInt.of(port()), address(ipv6), port(), unsigned(),
            random.nextBoolean(), random.nextBoolean() ? Optional.empty() : Optional.of(new Expectation.Translation(
                Expectation.Direction.values()[random.nextInt(2)], port())));
    }

    private Flow unrelated() {
        final boolean ipv6 = random.nextBoolean();
        final int protocol = switch (random.nextInt(8)) {
            case 0 -> Protocols.UDP;
            case 1 -> ipv6 ? Protocols.ICMPV6 : Protocols.ICMP;
            case 2 -> Protocols.SCTP;
            case 3 -> 89;
            case 4 -> Protocols.GRE;
            case 5 -> Protocols.UDP_LITE;
            default -> Protocols.TCP;
        };
        final var original = tuple(ipv6, protocol);
        final var nat = random.nextInt(3) > 0 ? Nat.NONE : new Nat(
            random.nextBoolean() ? Optional.of(endpoint(ipv6)) : Optional.empty(),
            random.nextBoolean() ? Optional.of(endpoint(ipv6)) : Optional.empty());
        return new Flow(new FlowKey(network(), protocol, original),
            nat.isNone() ? original.inverse() : tuple(ipv6, protocol), nat, state(protocol), random.nextBoolean(),
            random.nextBoolean(), unsigned(), random.nextBoolean() ? 0 : unsigned(), labels(),
            random.nextInt(4) > 0 ? Optional.empty() : Optional.of("ftp"), counters(), counters());
    }

    private Optional<VirtualNetwork> network() {
        return switch (random.nextInt(3)) {
            case 0 -> Optional.of(new VirtualNetwork.Vnid(random.nextInt(1 << 24)));
            case 1 -> Optional.of(new VirtualNetwork.VnName("tenant \"" + random.nextInt(9) + "\" <\\&>"));
            default -> Optional.empty();
        };
    }

    private Tuple tuple(final boolean ipv6, final int protocol) {
        return new Tuple(address(ipv6), address(ipv6), identifiers(protocol));
    }

    private Identifiers identifiers(final int protocol) {
        return switch (protocol) {
            case Protocols.TCP, Protocols.UDP, Protocols.SCTP, Protocols.UDP_LITE ->
                new Identifiers.Ports(port(), port());
            case Protocols.ICMP, Protocols.ICMPV6 ->
                new Identifiers.Icmp(random.nextInt(256), random.nextInt(256), port());
            case Protocols.GRE -> new Identifiers.GreKeys(port(), port());
            default -> Identifiers.NONE;
        };
    }

    private ProtocolState state(final int protocol) {
        return switch (protocol) {
            case Protocols.TCP -> new ProtocolState.Tcp(
                TcpState.values()[random.nextInt(TcpState.values().length)], end(), end());
            case Protocols.SCTP -> new ProtocolState.Sctp(
                SctpState.values()[random.nextInt(SctpState.values().length)], unsigned(), unsigned());
            default -> ProtocolState.STATELESS;
        };
    }

    private TcpEnd end() {
        return new TcpEnd(random.nextBoolean() ? OptionalInt.of(random.nextInt(15)) : OptionalInt.empty(),
            random.nextBoolean(), random.nextBoolean(), random.nextInt(4) > 0 ? Optional.empty()
                : Optional.of(new SequenceAdjustment(unsigned(), random.nextInt(), random.nextInt())));
    }

    private Nat.Endpoint endpoint(final boolean ipv6) {
        return new Nat.Endpoint(address(ipv6), random.nextBoolean() ? OptionalInt.of(port()) : OptionalInt.empty());
    }

    private Labels labels() {
        final var bits = new byte[random.nextInt(3) > 0 ? 0 : 1 + random.nextInt(16)];
        random.nextBytes(bits);
        return Labels.of(bits);
    }

    private Counters counters() {
        return random.nextBoolean() ? Counters.NONE : new Counters(random.nextLong(), random.nextLong());
    }

    private InetAddress address(final boolean ipv6) {
        final var bytes = new byte[ipv6 ? 16 : 4];
        do {
            random.nextBytes(bytes);
        } while (ipv6 && bytes[0] == 0);
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    private int port() {
        return random.nextInt(1 << 16);
    }

    private long unsigned() {
        return random.nextInt() & 0xffffffffL;
    }
}
