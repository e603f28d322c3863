// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.backend.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.opendaylight.statemigration.agent.backend.BackendException;
import org.opendaylight.statemigration.agent.backend.StateTable.Entry;
import org.opendaylight.statemigration.agent.backend.StateTable.Verification;
import org.opendaylight.statemigration.agent.backend.linux.conntrack.Conntrack;
import org.opendaylight.statemigration.agent.backend.linux.conntrack.EntryRequests;
import org.opendaylight.statemigration.agent.backend.linux.hold.HoldPreference;
import org.opendaylight.statemigration.agent.backend.linux.mapping.ConntrackEntry;
import org.opendaylight.statemigration.flow.Identifiers;
import org.opendaylight.statemigration.flow.Protocols;
import org.opendaylight.statemigration.flow.Tuple;
import org.opendaylight.statemigration.flow.VirtualNetwork;
import org.opendaylight.statemigration.host.VmIdentity;
import org.opendaylight.statemigration.ifma.FlowSelection;
import org.opendaylight.statemigration.ifma.HoldKind;
import org.opendaylight.statemigration.ifma.RefusalReason;
import org.opendaylight.statemigration.lab.namespace.Requirements;
import org.opendaylight.statemigration.lab.network.TenantFirewallPair.Tenant;

/** Two tenants with the very same connection, of which one moves. */
class TenantZonesIT {
    private final Map<Tenant, SocketChannel> clients = new EnumMap<>(Tenant.class);
    private final Map<Tenant, SocketChannel> servers = new EnumMap<>(Tenant.class);

    private TenantLab lab;
    private LinuxStateTable fw1;
    private LinuxStateTable fw2;

    @BeforeEach
    void connect() throws Exception {
        Requirements.missing().ifPresent(missing -> Assumptions.abort("Skipped. " + missing));
        lab = new TenantLab();
        fw1 = open("fw1");
        fw2 = open("fw2");
        for (var tenant : Tenant.values()) {
            try (ServerSocketChannel listener = lab.listen(tenant)) {
                clients.put(tenant, lab.connect(tenant));
                servers.put(tenant, listener.accept());
            }
            exchange(tenant);
        }
    }

    @AfterEach
    void close() throws IOException {
        if (lab != null) {
            for (var channels : List.of(clients, servers)) {
                for (var channel : channels.values()) {
                    channel.close();
                }
            }
            fw1.close();
            fw2.close();
            lab.close();
        }
    }

    @Test
    void oneTenantMovesAndTheOtherIsNeitherSeenNorTouched() throws Exception {
        final var others = entry("fw1", Tenant.B).orElseThrow();
        final var exported = fw1.export(selection(Tenant.A));
        assertEquals(1, exported.entries().size(), exported.toString());
        assertEquals(List.of(), exported.omitted());
        final var flow = exported.entries().getFirst().flow();
        assertEquals(Optional.of(TenantLab.network(Tenant.A)), flow.key().network());
        assertEquals(others.original(), flow.key().original(), "both tenants use the same addresses and ports");

        final var hold = fw2.hold(selection(Tenant.A));
        final var created = fw2.create(List.of(flow));
        assertEquals(List.of(), created.refused());
        lab.moveTo(Tenant.A, "fw2");
        assertEquals(new Verification(1, 0, List.of()), fw2.verify(created.entries()));
        hold.release();
        fw2.takeIntoService(created.entries());
        exchange(Tenant.A);
        exchange(Tenant.B);
        assertEquals(1, fw1.delete(exported.entries()));
        exchange(Tenant.A);
        exchange(Tenant.B);

        assertEquals(12, entry("fw2", Tenant.A).orElseThrow().zone(), "as it is numbered there");
        assertEquals(Optional.empty(), entry("fw2", Tenant.B));
        assertEquals(Optional.empty(), entry("fw1", Tenant.A));
        assertEquals(others.id(), entry("fw1", Tenant.B).orElseThrow().id());
        for (var firewall : List.of("fw1", "fw2")) {
            final var counter = lab.in(firewall, "nft list counter ip firewall invalid");
            assertTrue(counter.contains("packets 0 "), counter);
        }
    }

    @Test
    void holdKeepsOnlyThePacketsOfItsTenant() throws Exception {
        final var hold = fw1.hold(selection(Tenant.A));
        assertEquals(HoldKind.DROP, hold.kind());
        exchange(Tenant.B);
        write(clients.get(Tenant.A));
        assertThrows(SocketTimeoutException.class, () -> read(servers.get(Tenant.A), 700));
        exchange(Tenant.B);
        hold.release();
        read(servers.get(Tenant.A), 5000);
        exchange(Tenant.A);
    }

    @Test
    void unknownNetworkIsRefusedBeforeAnythingIsTouched() throws Exception {
        final var red = new FlowSelection(
            new VmIdentity(Set.of(TenantLab.VM), Optional.of(new VirtualNetwork.VnName("red"))), List.of());
        final var flow = fw1.export(selection(Tenant.A)).entries().getFirst().flow();
        assertEquals("No conntrack zone is configured for vn red",
            assertThrows(BackendException.class, () -> fw1.export(red)).getMessage());
        assertEquals("No conntrack zone is configured for vn red",
            assertThrows(BackendException.class, () -> fw2.hold(red)).getMessage());
        final var stranger = Flows.in(flow, red.vm().network().orElseThrow());
        assertEquals(RefusalReason.UNKNOWN_VIRTUAL_NETWORK, fw2.assess(List.of(stranger)).getFirst().reason());
        final var created = fw2.create(List.of(flow, stranger));
        assertEquals(RefusalReason.UNKNOWN_VIRTUAL_NETWORK, created.refused().getFirst().reason());
        assertEquals(List.of(flow.key()), created.entries().stream().map(Entry::flow).map(each -> each.key()).toList());
        assertEquals("", lab.in("fw2", "conntrack -L 2>/dev/null | grep -v zone=12 || true"));
        exchange(Tenant.A);
        exchange(Tenant.B);
    }

    private LinuxStateTable open(final String firewall) throws BackendException {
        return LinuxStateTable.open(new LinuxOptions(Optional.of(lab.path(firewall)), lab.zones(firewall),
            HoldPreference.BEST, 64, 4700));
    }

    private static FlowSelection selection(final Tenant tenant) {
        return FlowSelection.of(new VmIdentity(Set.of(TenantLab.VM), Optional.of(TenantLab.network(tenant))));
    }

    /** What the kernel has in the tenant's zone. */
    private Optional<ConntrackEntry> entry(final String firewall, final Tenant tenant) throws Exception {
        final var original = new Tuple(TenantLab.VM, TenantLab.PEER,
            new Identifiers.Ports(TenantLab.VM_PORT, TenantLab.PEER_PORT));
        try (var conntrack = Conntrack.open(lab.namespace(firewall))) {
            return conntrack.get(List.of(EntryRequests.get(Protocols.TCP, original, tenant.zone(firewall)))).getFirst();
        }
    }

    private void exchange(final Tenant tenant) throws IOException {
        write(clients.get(tenant));
        read(servers.get(tenant), 5000);
        write(servers.get(tenant));
        read(clients.get(tenant), 5000);
    }

    private static void write(final SocketChannel to) throws IOException {
        to.write(ByteBuffer.wrap("sixteen octets..".getBytes(StandardCharsets.US_ASCII)));
    }

    private static void read(final SocketChannel from, final int timeout) throws IOException {
        from.socket().setSoTimeout(timeout);
        assertEquals("sixteen octets..",
            new String(from.socket().getInputStream().readNBytes(16), StandardCharsets.US_ASCII));
    }
}
