// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.soa;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.common.net.HostAndPort;
import com.google.common.net.InetAddresses;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.opendaylight.statemigration.flow.Expectation;
import org.opendaylight.statemigration.flow.Flow;
import org.opendaylight.statemigration.flow.FlowKey;
import org.opendaylight.statemigration.flow.Identifiers;
import org.opendaylight.statemigration.flow.Nat;
import org.opendaylight.statemigration.flow.Protocols;
import org.opendaylight.statemigration.flow.RandomFlows;
import org.opendaylight.statemigration.flow.Tuple;
import org.opendaylight.statemigration.flow.VirtualNetwork;
import org.opendaylight.statemigration.host.IpPrefix;
import org.opendaylight.statemigration.host.VmIdentity;
import org.opendaylight.statemigration.ifma.FlowSelection;
import org.opendaylight.statemigration.ifma.Refusal;

class FlowValidatorTest {
    private static final String VM = "10.0.0.1:1000";
    private static final String PEER = "192.0.2.9:443";
    private static final FlowSelection SELECTION = FlowSelection.of(new VmIdentity(
        Set.of(InetAddresses.forString("10.0.0.1"), InetAddresses.forString("fd00::1")), Optional.empty()));
    private static final FlowValidator VALIDATOR = new FlowValidator(SELECTION,
        List.of(IpPrefix.parse("198.51.100.0/24"), IpPrefix.parse("2001:db8::/64")));

    /** Directions are written as the packets are seen, translations as what they are translated to. */
    @ParameterizedTest
    @CsvSource({
        // original from, to, reply from, to, source nat, destination nat, refusal
        "10.0.0.1:1000, 192.0.2.9:443, 192.0.2.9:443, 10.0.0.1:1000, , , ",
        "192.0.2.9:443, 10.0.0.1:1000, 10.0.0.1:1000, 192.0.2.9:443, , , ",
        "10.0.0.2:1000, 192.0.2.9:443, 192.0.2.9:443, 10.0.0.2:1000, , , NOT_OF_VM",
        // The VM behind a source translation
        "10.0.0.1:1000, 192.0.2.9:443, 192.0.2.9:443, 198.51.100.1:5, 198.51.100.1:5, , ",
        "10.0.0.1:1000, 192.0.2.9:443, 192.0.2.9:443, 198.51.100.1:1000, 198.51.100.1, , ",
        "10.0.0.1:1000, 192.0.2.9:443, 192.0.2.9:443, 203.0.113.1:5, 203.0.113.1:5, , ADDRESS_NOT_IN_POOL",
        "10.0.0.1:1000, 192.0.2.9:443, 192.0.2.9:443, 10.0.0.1:5, 10.0.0.1:5, , ",
        // The VM behind a destination translation
        "192.0.2.9:443, 198.51.100.1:80, 10.0.0.1:8080, 192.0.2.9:443, , 10.0.0.1:8080, ",
        "192.0.2.9:443, 203.0.113.1:80, 10.0.0.1:8080, 192.0.2.9:443, , 10.0.0.1:8080, ADDRESS_NOT_IN_POOL",
        "192.0.2.9:443, 10.0.0.1:80, 10.0.0.1:8080, 192.0.2.9:443, , 10.0.0.1:8080, ",
        // To somebody else's inside address
        "192.0.2.9:443, 198.51.100.1:80, 10.0.0.7:8080, 192.0.2.9:443, , 10.0.0.7:8080, NOT_OF_VM",
        // Both at once
        "192.0.2.9:443, 198.51.100.1:80, 10.0.0.1:8080, 198.51.100.2:7, 198.51.100.2:7, 10.0.0.1:8080, ",
        "192.0.2.9:443, 198.51.100.1:80, 10.0.0.1:8080, 10.99.0.2:7, 10.99.0.2:7, 10.0.0.1:8080, ADDRESS_NOT_IN_POOL",
        // A reply that hides a translation, or does not carry out the one that is named
        "10.0.0.1:1000, 192.0.2.9:443, 192.0.2.9:443, 203.0.113.1:5, , , MALFORMED_FLOW",
        "10.0.0.1:1000, 192.0.2.9:443, 10.66.6.6:443, 10.0.0.1:1000, , , MALFORMED_FLOW",
        "10.0.0.1:1000, 192.0.2.9:443, 192.0.2.9:443, 10.0.0.1:1001, , , MALFORMED_FLOW",
        "10.0.0.1:1000, 192.0.2.9:443, 192.0.2.9:444, 10.0.0.1:1000, , , MALFORMED_FLOW",
        "10.0.0.1:1000, 192.0.2.9:443, 192.0.2.9:443, 10.0.0.1:1000, 198.51.100.1:5, , MALFORMED_FLOW",
        "10.0.0.1:1000, 192.0.2.9:443, 192.0.2.9:443, 203.0.113.1:5, 198.51.100.1:5, , MALFORMED_FLOW",
        "192.0.2.9:443, 198.51.100.1:80, 10.0.0.1:8080, 192.0.2.9:443, , 10.0.0.7:8080, MALFORMED_FLOW",
        // IPv6
        "[fd00::1]:1, [2001:db9::1]:2, [2001:db9::1]:2, [2001:db8::7]:1, [2001:db8::7]:1, , ",
        "[fd00::1]:1, [2001:db9::1]:2, [2001:db9::1]:2, [2001:db9::7]:1, [2001:db9::7]:1, , ADDRESS_NOT_IN_POOL"
    })
    void admitsTheVmsFlowsWithinThePools(final String from, final String to, final String replyFrom,
            final String replyTo, final String source, final String destination, final String refusal) {
        assertEquals(Optional.ofNullable(refusal), reason(flow(Protocols.UDP, tuple(from, to),
            tuple(replyFrom, replyTo), new Nat(endpoint(source), endpoint(destination)), Optional.empty())));
    }

    @Test
    void hostWithoutPoolTranslatesNothing() {
        final var flow = flow(Protocols.UDP, tuple(VM, PEER), tuple(PEER, "198.51.100.1:5"),
            new Nat(endpoint("198.51.100.1:5"), Optional.empty()), Optional.empty());
        final var refusal = new FlowValidator(SELECTION, List.of()).check(3, flow).orElseThrow();
        assertEquals(3, refusal.index());
        assertEquals("Public address 198.51.100.1 of the translation of flow udp 10.0.0.1:1000 -> 192.0.2.9:443 is not"
            + " in the pools of this State Host: it has none", refusal.detail());
    }

    @Test
    void flowOfTheSameAddressInAnotherNetworkIsNotOfTheVm() {
        assertEquals(Optional.of("NOT_OF_VM"), reason(flow(Protocols.UDP, tuple(VM, PEER), tuple(PEER, VM), Nat.NONE,
            Optional.of(new VirtualNetwork.Vnid(1)))));
    }

    @ParameterizedTest
    @CsvSource({"8, 0, 5, 5, ", "8, 8, 5, 5, ", "8, 0, 5, 6, MALFORMED_FLOW"})
    void identifierOfIcmpMustBeKept(final int type, final int replyType, final int identifier,
            final int replyIdentifier, final String refusal) {
        final var vm = InetAddresses.forString("10.0.0.1");
        final var peer = InetAddresses.forString("192.0.2.9");
        assertEquals(Optional.ofNullable(refusal), reason(flow(Protocols.ICMP,
            new Tuple(vm, peer, new Identifiers.Icmp(type, 0, identifier)),
            new Tuple(peer, vm, new Identifiers.Icmp(replyType, 0, replyIdentifier)), Nat.NONE, Optional.empty())));
    }

    @Test
    void identifierOfIcmpMayBeTranslated() {
        final var pool = InetAddresses.forString("198.51.100.1");
        final var peer = InetAddresses.forString("192.0.2.9");
        assertEquals(Optional.empty(), reason(flow(Protocols.ICMP,
            new Tuple(InetAddresses.forString("10.0.0.1"), peer, new Identifiers.Icmp(8, 0, 5)),
            new Tuple(peer, pool, new Identifiers.Icmp(0, 0, 6)),
            new Nat(Optional.of(new Nat.Endpoint(pool, OptionalInt.of(6))), Optional.empty()), Optional.empty())));
    }

    @Test
    void directionsMustHaveIdentifiersOfOneKind() {
        final var vm = InetAddresses.forString("10.0.0.1");
        final var peer = InetAddresses.forString("192.0.2.9");
        assertEquals(Optional.of("MALFORMED_FLOW"), reason(flow(Protocols.UDP,
            new Tuple(vm, peer, new Identifiers.Ports(1, 2)), new Tuple(peer, vm, Identifiers.NONE), Nat.NONE,
            Optional.empty())));
        assertEquals(Optional.of("MALFORMED_FLOW"), reason(flow(Protocols.GRE, new Tuple(vm, peer, Identifiers.NONE),
            new Tuple(peer, vm, new Identifiers.Ports(2, 1)), Nat.NONE, Optional.empty())));
    }

    @ParameterizedTest
    @CsvSource({ VM + ", " + PEER + ",", PEER + ", " + VM + ",", ", " + VM + ",", "192.0.2.99, " + VM + ", NOT_OF_VM",
        PEER + ", 192.0.2.99:1, NOT_OF_VM", ", " + PEER + ", NOT_OF_VM" })
    void whatIsExpectedMustBeBetweenTheEndsOfItsMaster(final String from, final String to, final String reason) {
        final var plain = flow(Protocols.UDP, tuple(VM, PEER), tuple(PEER, VM), Nat.NONE, Optional.empty());
        final var destination = endpoint(to).orElseThrow();
        final var master = plain.toBuilder()
            .seenReply(true)
            .assured(true)
            .timeout(60)
            .helper(Optional.of("tftp"))
            .expectations(List.of(new Expectation(Protocols.UDP,
                endpoint(from).map(Nat.Endpoint::address), OptionalInt.empty(), destination.address(),
                destination.port().orElseThrow(), 60, false, Optional.empty())))
            .build();
        assertEquals(Optional.ofNullable(reason), reason(master));
    }

    @Test
    void everyWellFormedFlowOfTheVmPasses() {
        for (var vm : SELECTION.vm().addresses()) {
            final var pool = InetAddresses.forString(vm.getAddress().length == 4 ? "198.51.100.3" : "2001:db8::3");
            for (var flow : new RandomFlows(7).of(Optional.empty(), vm, pool, 500)) {
                assertEquals(Optional.empty(), VALIDATOR.check(0, flow), flow.toString());
            }
        }
    }

    private static Optional<String> reason(final Flow flow) {
        return VALIDATOR.check(0, flow).map(Refusal::reason).map(Enum::name);
    }

    private static Flow flow(final int protocol, final Tuple original, final Tuple reply, final Nat nat,
            final Optional<VirtualNetwork> network) {
        return Flow.builder(new FlowKey(network, protocol, original), reply)
            .nat(nat)
            .seenReply(true)
            .assured(true)
            .timeout(60)
            .build();
    }

    private static Tuple tuple(final String from, final String to) {
        final var source = endpoint(from).orElseThrow();
        final var destination = endpoint(to).orElseThrow();
        return new Tuple(source.address(), destination.address(),
            new Identifiers.Ports(source.port().orElseThrow(), destination.port().orElseThrow()));
    }

    private static Optional<Nat.Endpoint> endpoint(final String text) {
        return Optional.ofNullable(text).map(HostAndPort::fromString).map(end -> new Nat.Endpoint(
            InetAddresses.forString(end.getHost()), end.hasPort() ? OptionalInt.of(end.getPort())
                : OptionalInt.empty()));
    }
}
