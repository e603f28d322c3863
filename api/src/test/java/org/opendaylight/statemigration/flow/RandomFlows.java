// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.flow;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.Stream;

/** Flows of every shape: the same seed gives the same flows. */
public final class RandomFlows {
    private static final int ECHO_REQUEST = 8;
    private static final int ECHO_REQUEST_V6 = 128;

    private final Random random;

    public RandomFlows(final long seed) {
        random = new Random(seed);
    }

    /** {@return a flow that does not contradict itself} */
    public Flow next() {
        final var flow = unrelated();
        final boolean ipv6 = flow.reply().source().getAddress().length == 16;
        final int masterProtocol = protocol(ipv6);
        return flow
            .withMaster(random.nextInt(4) > 0 ? Optional.empty() : Optional.of(
                new FlowKey(flow.key().network(), masterProtocol, tuple(ipv6, masterProtocol))))
            .withExpectations(flow.helper().isEmpty() ? List.of()
                : Stream.generate(() -> expectation(ipv6)).limit(random.nextInt(3)).toList());
    }

    /**
     * Flows of one VM as State Hosts have them, no two with a direction in common.
     *
     * @param network the virtual network of the VM
     * @param vm its address
     * @param pool the address that sources of some flows are translated to
     * @param count how many
     * @return flows that the VM or its peers have opened
     */
    public List<Flow> of(final Optional<VirtualNetwork> network, final InetAddress vm, final InetAddress pool,
            final int count) {
        final var directions = new HashSet<FlowKey>();
        final var flows = new ArrayList<Flow>();
        while (flows.size() < count) {
            final boolean opened = random.nextBoolean();
            final var peer = unicast(vm.getAddress().length == 16);
            final var flow = between(network, opened ? vm : peer, opened ? peer : vm, pool);
            final var reply = new FlowKey(network, flow.key().protocol(), flow.reply());
            if (!directions.contains(reply) && directions.add(flow.key())) {
                directions.add(reply);
                flows.add(flow);
            }
        }
        return flows;
    }

    private Flow between(final Optional<VirtualNetwork> network, final InetAddress from, final InetAddress to,
            final InetAddress pool) {
        final boolean ipv6 = from.getAddress().length == 16;
        final int protocol = switch (random.nextInt(5)) {
            case 0 -> Protocols.UDP;
            case 1 -> ipv6 ? Protocols.ICMPV6 : Protocols.ICMP;
            case 2 -> Protocols.SCTP;
            case 3 -> Protocols.GRE;
            default -> Protocols.TCP;
        };
        final var identifiers = switch (protocol) {
            case Protocols.ICMP -> new Identifiers.Icmp(ECHO_REQUEST, 0, port());
            case Protocols.ICMPV6 -> new Identifiers.Icmp(ECHO_REQUEST_V6, 0, port());
            default -> identifiers(protocol);
        };
        final var original = new Tuple(from, to, identifiers);
        final var builder = Flow.builder(new FlowKey(network, protocol, original), answer(original))
            .protocolState(state(protocol))
            .seenReply(random.nextBoolean())
            .assured(random.nextBoolean())
            .timeout(60 + random.nextInt(432_000))
            .mark(random.nextInt(3) == 0 ? unsigned() : 0)
            .labels(labels())
            .helper(random.nextInt(5) == 0 ? Optional.of("ftp-" + random.nextInt(100)) : Optional.empty())
            .originalCounters(counters())
            .replyCounters(counters());
        if (identifiers instanceof Identifiers.Ports(var source, var destination) && random.nextInt(4) == 0) {
            final int port = port();
            builder.nat(new Nat(Optional.of(new Nat.Endpoint(pool, OptionalInt.of(port))), Optional.empty()))
                .reply(new Tuple(to, pool, new Identifiers.Ports(destination, port)));
        }
        return builder.build();
    }

    /** The other direction of a flow that is not translated: an echo is replied to with another type. */
    private static Tuple answer(final Tuple original) {
        final var inverse = original.inverse();
        return inverse.identifiers() instanceof Identifiers.Icmp(var type, var code, var identifier)
            ? new Tuple(inverse.source(), inverse.destination(),
                new Identifiers.Icmp(type == ECHO_REQUEST ? 0 : type + 1, code, identifier))
            : inverse;
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
        final int protocol = protocol(ipv6);
        final var original = tuple(ipv6, protocol);
        final var nat = random.nextInt(3) > 0 ? Nat.NONE : new Nat(
            random.nextBoolean() ? Optional.of(endpoint(ipv6)) : Optional.empty(),
            random.nextBoolean() ? Optional.of(endpoint(ipv6)) : Optional.empty());
        return Flow.builder(new FlowKey(network(), protocol, original),
                nat.isNone() ? original.inverse() : tuple(ipv6, protocol))
            .nat(nat)
            .protocolState(state(protocol))
            .seenReply(random.nextBoolean())
            .assured(random.nextBoolean())
            .timeout(unsigned())
            .mark(random.nextBoolean() ? 0 : unsigned())
            .labels(labels())
            .helper(random.nextInt(4) > 0 ? Optional.empty() : Optional.of("ftp"))
            .originalCounters(counters())
            .replyCounters(counters())
            .build();
    }

    private int protocol(final boolean ipv6) {
        return switch (random.nextInt(8)) {
            case 0 -> Protocols.UDP;
            case 1 -> ipv6 ? Protocols.ICMPV6 : Protocols.ICMP;
            case 2 -> Protocols.SCTP;
            case 3 -> 89;
            case 4 -> Protocols.GRE;
            case 5 -> Protocols.UDP_LITE;
            default -> Protocols.TCP;
        };
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

    /** Unicast that nobody routes: 10.0.0.0/8 and fd00::/8. */
    private InetAddress unicast(final boolean ipv6) {
        final var bytes = address(ipv6).getAddress();
        bytes[0] = (byte) (ipv6 ? 0xfd : 10);
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
