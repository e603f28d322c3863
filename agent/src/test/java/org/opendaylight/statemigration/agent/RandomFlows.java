// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
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

/**
 * Makes well-formed flows of all kinds: every protocol, both address families, translated or not. The same seed gives
 * the same flows.
 */
public final class RandomFlows {
    private static final int[] PROTOCOLS = {
        Protocols.TCP, Protocols.UDP, Protocols.ICMP, Protocols.SCTP, Protocols.GRE
    };

    private final RandomGenerator random;

    public RandomFlows(final long seed) {
        random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    /** {@return a flow between any two ends in any network} */
    public Flow any() {
        final boolean v6 = random.nextBoolean();
        final Optional<VirtualNetwork> network = switch (random.nextInt(3)) {
            case 0 -> Optional.empty();
            case 1 -> Optional.of(new VirtualNetwork.Vnid(random.nextInt(1 << 24)));
            default -> Optional.of(new VirtualNetwork.VnName("tenant \"" + random.nextInt(100) + "\" <\\&>"));
        };
        return flow(network, address(v6), address(v6), address(v6));
    }

    /**
     * Flows of one machine, no two with a direction in common.
     *
     * @param network its network
     * @param vm its address
     * @param pool the address that sources are translated to
     * @param count how many
     * @return flows that the machine opened or answers
     */
    public List<Flow> of(final Optional<VirtualNetwork> network, final InetAddress vm, final InetAddress pool,
            final int count) {
        final boolean v6 = vm.getAddress().length == 16;
        final var directions = new HashSet<FlowKey>();
        final var flows = new ArrayList<Flow>();
        while (flows.size() < count) {
            final boolean opened = random.nextBoolean();
            final var peer = address(v6);
            final var flow = flow(network, opened ? vm : peer, opened ? peer : vm, pool);
            final var reply = new FlowKey(network, flow.key().protocol(), flow.reply());
            if (!directions.contains(reply) && directions.add(flow.key())) {
                directions.add(reply);
                flows.add(flow);
            }
        }
        return flows;
    }

    private Flow flow(final Optional<VirtualNetwork> network, final InetAddress from, final InetAddress to,
            final InetAddress pool) {
        int protocol = PROTOCOLS[random.nextInt(PROTOCOLS.length)];
        if (protocol == Protocols.ICMP && from.getAddress().length == 16) {
            protocol = Protocols.ICMPV6;
        }
        final var identifiers = switch (protocol) {
            case Protocols.GRE -> new Identifiers.GreKeys(random.nextInt(0x10000), random.nextInt(0x10000));
            case Protocols.ICMP -> new Identifiers.Icmp(8, 0, random.nextInt(0x10000));
            case Protocols.ICMPV6 -> new Identifiers.Icmp(128, 0, random.nextInt(0x10000));
            default -> new Identifiers.Ports(random.nextInt(0x10000), random.nextInt(0x10000));
        };
        final var original = new Tuple(from, to, identifiers);
        final boolean translated = identifiers instanceof Identifiers.Ports && random.nextInt(4) == 0;
        final int port = random.nextInt(0x10000);
        final var inverse = original.inverse();
        return new Flow(new FlowKey(network, protocol, original),
            translated && inverse.identifiers() instanceof Identifiers.Ports(var back, var mine)
                ? new Tuple(to, pool, new Identifiers.Ports(back, port)) : answer(inverse),
            translated ? new Nat(Optional.of(new Nat.Endpoint(pool, OptionalInt.of(port))), Optional.empty())
                : Nat.NONE,
            state(protocol), random.nextBoolean(), random.nextBoolean(), 60 + random.nextInt(432_000),
            random.nextInt(3) == 0 ? random.nextLong(1L << 32) : 0, labels(),
            random.nextInt(5) == 0 ? Optional.of("ftp-" + random.nextInt(100)) : Optional.empty(), counters(),
            counters());
    }

    private static Tuple answer(final Tuple tuple) {
        return tuple.identifiers() instanceof Identifiers.Icmp(var type, var code, var identifier)
            ? new Tuple(tuple.source(), tuple.destination(),
                new Identifiers.Icmp(type == 8 ? 0 : type + 1, code, identifier))
            : tuple;
    }

    private ProtocolState state(final int protocol) {
        return switch (protocol) {
            case Protocols.TCP -> new ProtocolState.Tcp(TcpState.values()[random.nextInt(TcpState.values().length)],
                tcpEnd(), tcpEnd());
            case Protocols.SCTP -> new ProtocolState.Sctp(
                SctpState.values()[random.nextInt(SctpState.values().length)], random.nextLong(1L << 32),
                random.nextLong(1L << 32));
            default -> ProtocolState.STATELESS;
        };
    }

    private TcpEnd tcpEnd() {
        return new TcpEnd(random.nextBoolean() ? OptionalInt.of(random.nextInt(15)) : OptionalInt.empty(),
            random.nextBoolean(), random.nextBoolean());
    }

    private Labels labels() {
        final byte[] bits = new byte[random.nextBoolean() ? 0 : 1 + random.nextInt(16)];
        random.nextBytes(bits);
        return Labels.of(bits);
    }

    private Counters counters() {
        return random.nextBoolean() ? Counters.NONE : new Counters(random.nextLong(), random.nextLong());
    }

    private InetAddress address(final boolean v6) {
        final byte[] octets = new byte[v6 ? 16 : 4];
        random.nextBytes(octets);
        // Unicast that nobody routes: 10.0.0.0/8 and fd00::/8
        octets[0] = (byte) (v6 ? 0xfd : 10);
        try {
            return InetAddress.getByAddress(octets);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }
}
