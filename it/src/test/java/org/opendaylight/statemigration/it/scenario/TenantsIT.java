// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.it.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.opendaylight.statemigration.it.agents.AgentProcess;
import org.opendaylight.statemigration.it.controller.MigrationView;
import org.opendaylight.statemigration.it.controller.RestconfException;
import org.opendaylight.statemigration.it.controller.Topology;
import org.opendaylight.statemigration.it.testbed.SharedTestBed;
import org.opendaylight.statemigration.it.testbed.TestBed;
import org.opendaylight.statemigration.lab.network.Laboratory;
import org.opendaylight.statemigration.lab.network.Vm;
import org.opendaylight.statemigration.lab.time.Await;
import org.opendaylight.statemigration.lab.traffic.Load;
import org.opendaylight.statemigration.lab.traffic.TrafficProcess;

/**
 * Two tenants with the same addresses share two firewalls, which number the tenants' conntrack zones crosswise. The
 * VM of the one moves, then that of the other.
 */
class TenantsIT {
    private static final Load LOAD = new Load(8, 1, 3, true, false);
    private static final Tenant A = new Tenant("A", 40, Map.of("vnid", 5001), 11, 12);
    private static final Tenant B = new Tenant("B", 50, Map.of("vn-name", "blue"), 12, 11);
    private static final List<Tenant> TENANTS = List.of(A, B);

    @RegisterExtension
    private static final SharedTestBed SHARED = SharedTestBed.inLaboratory();

    /** A tenant: its first cable, its virtual network, and the zones of that at the firewalls. */
    private record Tenant(String name, int cable, Map<String, Object> network, int zone1, int zone2) {
        Vm vm() {
            return new Vm("vm" + name, "10.0.0.5", "fd00:5::5");
        }

        Vm peer() {
            return new Vm("peer" + name, "10.9.9.9", "fd00:9::9");
        }

        String edge(final int number) {
            return "nve" + name + number;
        }

        int zone(final String firewall) {
            return firewall.equals("fw1") ? zone1 : zone2;
        }
    }

    @Test
    void tenantsWithTheSameAddressesMoveOneByOne() throws Exception {
        final var lab = SHARED.own(Laboratory.build(SHARED.management(), TenantsIT::create));
        final var bed = SHARED.bed();
        try (var serverA = TrafficProcess.server(lab.place("peerA"));
                var serverB = TrafficProcess.server(lab.place("peerB"));
                var clientA = TrafficProcess.client(lab.place("vmA"), LOAD, A.peer());
                var clientB = TrafficProcess.client(lab.place("vmB"), LOAD, B.peer())) {
            bed.provisioning().topology().write(topology());
            bed.join(List.of(agent(lab, "fw1"), agent(lab, "fw2")));
            final var ofB = entries(lab, "fw1", B);
            assertEquals(LOAD.connections(), ofB.size());

            assertTrue(rejected(bed, "plan", Map.of("address", List.of("10.0.0.5"), "vnid", 7777))
                .contains("vnid 7777"), "a network that no firewall knows");
            bed.provisioning().policy().authorize(Map.of("host-id", "fw2", "virtual-network", List.of(5001)));
            assertTrue(rejected(bed, "notify", identity(B)).contains("virtual-network in authorized-host"));
            assertEquals(List.of(), bed.provisioning().view().migrations());

            // The topology tells of the first
            move(lab, A);
            bed.provisioning().topology().moved(A.vm(), A.edge(2));
            final var first = await(bed, 1).getFirst();
            assertEquals("completed", first.phase(), first.toString());
            assertEquals(LOAD.connections(), first.legs().getFirst().flows("verified"), first.toString());
            assertEquals(LOAD.connections(), first.legs().getFirst().flows("total"), first.toString());
            assertSound(clientA, clientB);
            assertEquals(Set.of(), entries(lab, "fw1", A));
            assertEquals(LOAD.connections(), entries(lab, "fw2", A).size());
            assertEquals(Set.of(), entries(lab, "fw2", B));
            assertEquals(ofB, entries(lab, "fw1", B), "the very same entries as before");

            // A notification tells of the second
            bed.provisioning().policy().authorize(Map.of("host-id", "fw2", "virtual-network", List.of(5001, "blue")));
            move(lab, B);
            bed.controller().restconf().invoke("statemigration-master:notify-state-migration", request(identity(B)));
            assertTrue(await(bed, 2).stream().allMatch(each -> each.phase().equals("completed")),
                bed.provisioning().view().migrations().toString());
            assertSound(clientA, clientB);
            assertEquals(LOAD.connections(), entries(lab, "fw2", A).size());
            assertEquals(LOAD.connections(), entries(lab, "fw2", B).size());
            assertEquals(Set.of(), entries(lab, "fw1", B));
        }
    }

    private static void assertSound(final TrafficProcess... clients) throws IOException {
        for (var client : clients) {
            final var report = client.check();
            assertTrue(report.isSound(), report.toString());
            assertEquals(LOAD.connections(), report.connections());
        }
    }

    private static String rejected(final TestBed bed, final String what, final Map<String, Object> vm) {
        return assertThrows(RestconfException.class, () -> bed.controller().restconf()
            .invoke("statemigration-master:" + what + "-state-migration", request(vm))).getMessage();
    }

    private static Map<String, Object> request(final Map<String, Object> vm) {
        return Map.of("source", "fw1", "destination", "fw2", "vm", vm);
    }

    private static Map<String, Object> identity(final Tenant tenant) {
        return Map.of("address", tenant.vm().addresses(), tenant.network.keySet().iterator().next(),
            tenant.network.values().iterator().next());
    }

    private static AgentProcess.Settings agent(final Laboratory lab, final String firewall) {
        return new AgentProcess.Settings(firewall, lab.place(firewall), AgentProcess.Backend.LINUX).withMore(
            "backend { linux { virtual-networks = [ { vnid = 5001, zone = %d }, { vn-name = blue, zone = %d } ] } }"
                .formatted(A.zone(firewall), B.zone(firewall)));
    }

    /** What tells the tenant's connections at a firewall from each other: the port of the VM. */
    private static Set<String> entries(final Laboratory lab, final String firewall, final Tenant tenant)
            throws IOException {
        return lab.place(firewall).run("conntrack", "-L", "-o", "id", "-p", "tcp", "--zone",
            Integer.toString(tenant.zone(firewall))).lines().filter(line -> line.contains("ESTABLISHED"))
            .map(line -> line.replaceAll(".* sport=(\\d+) dport=(\\d+) src=.* id=(\\d+).*", "$1 $2 $3"))
            .collect(Collectors.toSet());
    }

    private static void move(final Laboratory lab, final Tenant tenant) throws IOException {
        lab.reattach(tenant.vm(), tenant.edge(2));
        lab.place(tenant.edge(3)).ip("route replace 10.0.0.5/32 via 10.%d.0.2\n".formatted(tenant.cable + 3));
    }

    private static List<MigrationView> await(final TestBed bed, final int count) throws Exception {
        return Await.present(count + " migrations have ended", () -> Optional.of(
            bed.provisioning().view().migrations().stream().filter(MigrationView::hasEnded).toList())
            .filter(ended -> ended.size() >= count), () -> bed.provisioning().view().migrations().toString());
    }

    private static Topology topology() {
        final var topology = new Topology("tenants").stateHost("fw1", "firewall").stateHost("fw2", "firewall");
        for (var tenant : TENANTS) {
            topology.edge(tenant.edge(1)).edge(tenant.edge(2)).edge(tenant.edge(3))
                .link(tenant.edge(1), "fw1").link("fw1", tenant.edge(3))
                .link(tenant.edge(2), "fw2").link("fw2", tenant.edge(3))
                .node(node(tenant.vm(), tenant.edge(1), tenant)).node(node(tenant.peer(), tenant.edge(3), tenant));
        }
        return topology.node(node(new Vm("vmC", "10.0.0.5", "fd00:5::5"), A.edge(1),
            new Tenant("C", 0, Map.of("vnid", 7777), 0, 0)));
    }

    private static Map<String, Object> node(final Vm vm, final String edge, final Tenant tenant) {
        final var network = tenant.network.entrySet().iterator().next();
        return Map.of("node-id", vm.id(), "statemigration-topology:virtual-machine", Map.of(
            "address", vm.addresses(), network.getKey(), network.getValue(), "attached-to", edge));
    }

    private static void create(final Laboratory lab) throws IOException {
        lab.middlebox("fw1", rules("fw1", "iifname { \"northA\", \"northB\" } ct state new accept"));
        // Lets nothing begin: what passes here has been handed over
        lab.middlebox("fw2", rules("fw2", ""));
        for (var tenant : TENANTS) {
            for (int i = 1; i <= 3; i++) {
                lab.router(tenant.edge(i));
            }
            for (int i = 1; i <= 2; i++) {
                final var firewall = "fw" + i;
                final int inner = tenant.cable + i - 1;
                final int outer = tenant.cable + i + 1;
                lab.link(inner, tenant.edge(i), "core", firewall, "north" + tenant.name);
                lab.link(outer, tenant.edge(3), firewall, firewall, "south" + tenant.name);
                lab.configure(tenant.edge(i), "route replace default via 10.%d.0.2\n".formatted(inner));
                // The port tells the tenant, as all use the same addresses
                lab.place(firewall).ip("""
                    rule add iif north%1$s table %2$d
                    rule add iif south%1$s table %2$d
                    route add 10.0.0.5/32 via 10.%3$d.0.1 table %2$d
                    route add 10.9.9.9/32 via 10.%4$d.0.1 table %2$d
                    """.formatted(tenant.name, 100 + tenant.cable, inner, outer));
            }
            lab.vm(tenant.vm(), tenant.edge(1));
            lab.vm(tenant.peer(), tenant.edge(3));
            lab.place(tenant.edge(3)).ip("route replace 10.0.0.5/32 via 10.%d.0.2\n".formatted(tenant.cable + 2));
        }
    }

    private static String rules(final String firewall, final String more) {
        return """
            table inet rules {
              chain tenants {
                type filter hook prerouting priority raw; policy accept;
                iifname { "northA", "southA" } ct zone set %d
                iifname { "northB", "southB" } ct zone set %d
              }
              chain forward {
                type filter hook forward priority filter; policy drop;
                ct state established,related accept
                %s
              }
            }
            """.formatted(A.zone(firewall), B.zone(firewall), more);
    }
}
