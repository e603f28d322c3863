// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.lab.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.opendaylight.statemigration.lab.judge.PinholeTable;
import org.opendaylight.statemigration.lab.junit.ClassResources;
import org.opendaylight.statemigration.lab.time.Await;
import org.opendaylight.statemigration.lab.traffic.Load;
import org.opendaylight.statemigration.lab.traffic.TrafficProcess;

/** The laboratory is what the figure shows: packets take the paths that they should, and the traffic programs count. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class Figure1IT {
    private static final int LOST = 20;
    private static final Load LOAD = new Load(2, 0, 1, true, true).withChurn(10).withDatagrams(1);

    @RegisterExtension
    private static final ClassResources ONCE = new ClassResources();

    private static Figure1 lab;

    @BeforeAll
    static void build() throws IOException {
        lab = ONCE.own(Figure1.extended(ONCE.own(ManagementNetwork.create())));
    }

    @Test
    void connectionsFollowTheVmAndTheDetourWhereFirewallsAreOpen() throws IOException, InterruptedException {
        lab.policy(FirewallRules.OPEN);
        try (var server = TrafficProcess.server(lab.place("vm3"));
                var client = TrafficProcess.client(lab.place("vm1"), LOAD)) {
            for (var to : List.of(Site.TWO, Site.THREE, Site.ONE)) {
                lab.move(to);
                client.awaitFlowing();
                assertTrue(client.check().isSound(), () -> "at " + to);
            }
            lab.laboratory().cutLink("fw1", "north");
            assertEquals(2 * LOAD.idle(), lost(server), "connections at a path that is broken");
            final long sent = client.status().datagrams().sent();
            Await.until("datagrams have been lost", () -> client.status().datagrams().sent() > sent + 2 * LOST);
            lab.detour();
            client.awaitFlowing();
            assertTrue(client.check().isSound());
            lab.laboratory().restoreLink("fw1", "north");
            lab.endDetour();
            client.awaitFlowing();
            final var report = client.check();
            assertTrue(report.isSound(), report::toString);
            client.awaitOpened(1);
            final var end = client.finish();
            assertTrue(end.isSound(), end::toString);
            assertTrue(end.datagrams().lost() > LOST && end.datagrams().rebinds() == 0, end::toString);
        } finally {
            lab.policy(FirewallRules.STRICT);
        }
    }

    /** A client of its own tries, since one that was lost stays so. */
    private static int lost(final TrafficProcess server) throws IOException, InterruptedException {
        lab.laboratory().restoreLink("fw1", "north");
        try (var client = TrafficProcess.client(lab.place("vm1"), new Load(LOAD.idle(), 0, 0, true, true))) {
            lab.laboratory().cutLink("fw1", "north");
            // No packet passes, so it does not matter how long is waited
            return client.check(500).lost();
        }
    }

    @Test
    void churnCountsWhatAFirewallDoesNotKnow() throws IOException, InterruptedException {
        try (var server = TrafficProcess.server(lab.place("vm3"));
                var client = TrafficProcess.client(lab.place("vm1"), new Load(0, 0, 0, true, true).withChurn(20))) {
            client.awaitOpened(40);
            lab.move(Site.TWO);
            client.awaitOpened(10);
            final var report = client.finish();
            assertTrue(report.churn().failed() > 5, report::toString);
            assertFalse(report.isSound());
            // Whichever exchange came first after the move: a connection that opened meanwhile has had none yet
            assertTrue(report.churn().reasons().keySet().stream()
                .allMatch(reason -> reason.matches(".* exchange: no answer within \\d+ s")), report::toString);
        } finally {
            lab.move(Site.ONE);
        }
    }

    @Test
    void peersAreReachedThroughTheirOwnPortsOfTheFirewall() throws IOException {
        try (var server = TrafficProcess.server(lab.place("vm4"));
                var client = TrafficProcess.client(lab.place("vm1"), new Load(1, 0, 0, true, true), Vm.VM4);
                var far = TrafficProcess.server(lab.place("vm3"));
                var bystander = TrafficProcess.client(lab.place("vm5"), new Load(1, 0, 0, true, true))) {
            assertTrue(client.check().isSound());
            assertTrue(bystander.check().isSound());
            assertEquals(2, PinholeTable.of(lab.firewall(Site.ONE), Vm.VM4).size());
            assertEquals(2, PinholeTable.of(lab.firewall(Site.TWO), Vm.VM5).size());
        }
    }

    @Test
    void translatedFlowsHaveThePublicAddress() throws IOException {
        final var firewall = lab.firewall(Site.ONE);
        firewall.rules(new NatRules().source("10.1.1.0/24", "south", "192.0.2.1").script());
        lab.place("nve3").ip("route replace 192.0.2.1/32 via 10.21.0.2\n");
        try (var server = TrafficProcess.server(lab.place("vm3"));
                var client = TrafficProcess.client(lab.place("vm1"), new Load(1, 0, 0, true, false))) {
            assertTrue(client.check().isSound());
            assertTrue(firewall.run("conntrack", "-L", "--src-nat").contains("dst=192.0.2.1"));
        } finally {
            firewall.run("nft", "delete", "table", "inet", "translation");
        }
    }
}
