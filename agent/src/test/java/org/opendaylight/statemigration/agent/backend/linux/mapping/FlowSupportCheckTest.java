// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.backend.linux.mapping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.opendaylight.statemigration.agent.backend.BackendException;
import org.opendaylight.statemigration.agent.backend.linux.Flows;
import org.opendaylight.statemigration.agent.backend.linux.Lab;
import org.opendaylight.statemigration.agent.backend.linux.LinuxOptions;
import org.opendaylight.statemigration.agent.backend.linux.LinuxStateTable;
import org.opendaylight.statemigration.agent.backend.linux.netlink.NetlinkAttributes;
import org.opendaylight.statemigration.flow.Flow;
import org.opendaylight.statemigration.flow.FlowKey;
import org.opendaylight.statemigration.flow.Identifiers;
import org.opendaylight.statemigration.flow.Nat;
import org.opendaylight.statemigration.flow.ProtocolState;
import org.opendaylight.statemigration.flow.Protocols;
import org.opendaylight.statemigration.flow.SctpState;
import org.opendaylight.statemigration.flow.TcpState;
import org.opendaylight.statemigration.flow.Tuple;
import org.opendaylight.statemigration.flow.VirtualNetwork;
import org.opendaylight.statemigration.ifma.RefusalReason;

/** What is refused without asking the kernel. */
class FlowSupportCheckTest {
    private static final VirtualNetwork BLUE = new VirtualNetwork.Vnid(77);

    private final FlowSupportCheck support = new FlowSupportCheck(new Zones(Map.of(BLUE, 5)));

    @Test
    void goodFlowsPass() {
        Flows.ofEveryKind().forEach(flow -> assertEquals(Optional.empty(), support.refusalCause(flow)));
        assertEquals(Optional.empty(), support.refusalCause(Flows.in(Flows.tcp(1), BLUE)));
    }

    @Test
    void replyThatDoesNotFollowFromTheTranslationIsMalformed() {
        final var flow = Flows.tcp(1);
        refused(RefusalReason.MALFORMED_FLOW, flow(flow.key(), Flows.tcp(2).reply(), Nat.NONE, flow.protocolState()));
        refused(RefusalReason.MALFORMED_FLOW, flow(flow.key(), flow.reply(), new Nat(
            Optional.of(new Nat.Endpoint(Lab.PUBLIC, OptionalInt.of(4))), Optional.empty()), flow.protocolState()));
    }

    @Test
    void translationToTheOtherFamilyIsMalformed() {
        final var flow = Flows.tcp(1);
        refused(RefusalReason.MALFORMED_FLOW, flow(flow.key(), flow.reply(), new Nat(
            Optional.of(new Nat.Endpoint(Lab.VM6, OptionalInt.of(4))), Optional.empty()), flow.protocolState()));
    }

    @Test
    void identifiersMustBeThoseOfTheProtocol() {
        final var icmp = new Tuple(Lab.VM, Lab.PEER, new Identifiers.Icmp(8, 0, 1));
        refused(RefusalReason.MALFORMED_FLOW, flow(new FlowKey(Optional.empty(), Protocols.UDP, icmp), icmp.inverse(),
            Nat.NONE, ProtocolState.STATELESS));
        refused(RefusalReason.MALFORMED_FLOW, flow(new FlowKey(Optional.empty(), Protocols.ICMPV6, icmp),
            icmp.inverse(), Nat.NONE, ProtocolState.STATELESS));
        for (int protocol : new int[] { Protocols.GRE, 50 }) {
            final var ports = new Tuple(Lab.VM, Lab.PEER, new Identifiers.Ports(1, 2));
            refused(RefusalReason.MALFORMED_FLOW, flow(new FlowKey(Optional.empty(), protocol, ports),
                ports.inverse(), Nat.NONE, ProtocolState.STATELESS));
        }
        for (int protocol : FlowSupportCheck.PROTOCOLS) {
            final var nothing = new Tuple(Lab.VM, Lab.PEER, Identifiers.NONE);
            final var state = switch (protocol) {
                case Protocols.TCP -> Flows.tcpState(TcpState.ESTABLISHED, 1, 1);
                case Protocols.SCTP -> new ProtocolState.Sctp(SctpState.ESTABLISHED, 1, 1);
                default -> ProtocolState.STATELESS;
            };
            refused(RefusalReason.MALFORMED_FLOW, flow(new FlowKey(Optional.empty(), protocol, nothing),
                nothing.inverse(), Nat.NONE, state));
        }
        final var error = new Tuple(Lab.VM, Lab.PEER, new Identifiers.Icmp(3, 1, 1));
        refused(RefusalReason.MALFORMED_FLOW, flow(new FlowKey(Optional.empty(), Protocols.ICMP, error),
            error.inverse(), Nat.NONE, ProtocolState.STATELESS));
    }

    @Test
    void typeOfIcmpMayStandInTheReplyAsInTheRequest() {
        final var key = Flows.icmp(1).key();
        assertEquals(Optional.empty(), support.refusalCause(flow(key, key.original().inverse(), Nat.NONE,
            ProtocolState.STATELESS)));
    }

    @Test
    void unknownProtocolsNetworksAndLongHelpersAreRefused() {
        final var dccp = new Tuple(Lab.VM, Lab.PEER, new Identifiers.Ports(1, 2));
        refused(RefusalReason.UNSUPPORTED_PROTOCOL, flow(new FlowKey(Optional.empty(), Protocols.DCCP, dccp),
            dccp.inverse(), Nat.NONE, ProtocolState.STATELESS));
        refused(RefusalReason.UNKNOWN_VIRTUAL_NETWORK, Flows.in(Flows.tcp(1), new VirtualNetwork.VnName("red")));
        refused(RefusalReason.UNSUPPORTED_ATTRIBUTE, Flows.withHelper(Flows.tcp(1), "sixteen-octets.."));
    }

    @Test
    void mappedAddressStaysOfItsFamily() {
        final var mapped = NetlinkAttributes.toAddress(new byte[] { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, 10, 0, 0,
            1 });
        assertEquals(16, mapped.getAddress().length);
        assertTrue(InetAddress.ofLiteral("10.0.0.1").getAddress().length == 4);
    }

    @Test
    void zonesAreCheckedAndUnique() {
        assertThrows(IllegalArgumentException.class, () -> new Zones(Map.of(BLUE, 0)));
        assertThrows(IllegalArgumentException.class, () -> new Zones(Map.of(BLUE, 0xffff)));
        assertThrows(IllegalArgumentException.class,
            () -> new Zones(Map.of(BLUE, 5, new VirtualNetwork.VnName("red"), 5)));
    }

    @Test
    void missingNamespaceIsAClearError() {
        final var options = LinuxOptions.DEFAULT.in(Path.of("/run/netns/there-is-no-such-namespace"));
        final var error = assertThrows(BackendException.class,
            () -> LinuxStateTable.open(options));
        assertTrue(error.getMessage().contains("/run/netns/there-is-no-such-namespace"), error.getMessage());
    }

    private void refused(final RefusalReason reason, final Flow flow) {
        assertEquals(Optional.of(reason), support.refusalCause(flow).map(RefusalCause::reason));
    }

    private static Flow flow(final FlowKey key, final Tuple reply, final Nat nat, final ProtocolState state) {
        return Flow.builder(key, reply)
            .nat(nat)
            .protocolState(state)
            .seenReply(true)
            .assured(true)
            .timeout(60)
            .build();
    }
}
