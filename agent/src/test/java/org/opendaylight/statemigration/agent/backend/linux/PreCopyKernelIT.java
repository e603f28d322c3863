// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.backend.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.opendaylight.statemigration.agent.backend.StateTable.Entry;
import org.opendaylight.statemigration.agent.backend.linux.conntrack.ConntrackEvents;
import org.opendaylight.statemigration.agent.soa.AgentSettings;
import org.opendaylight.statemigration.agent.soa.LocalAgent;
import org.opendaylight.statemigration.flow.Flow;
import org.opendaylight.statemigration.flow.Identifiers;
import org.opendaylight.statemigration.flow.ProtocolState;
import org.opendaylight.statemigration.flow.Protocols;
import org.opendaylight.statemigration.flow.Tuple;
import org.opendaylight.statemigration.host.FunctionType;
import org.opendaylight.statemigration.host.HostProfile;
import org.opendaylight.statemigration.host.IpPrefix;
import org.opendaylight.statemigration.host.Role;
import org.opendaylight.statemigration.host.StateHostId;
import org.opendaylight.statemigration.host.VmIdentity;
import org.opendaylight.statemigration.ifma.FlowSelection;
import org.opendaylight.statemigration.ifma.MigrationId;
import org.opendaylight.statemigration.lab.time.Await;
import org.opendaylight.statemigration.lab.traffic.LiveTraffic;
import org.opendaylight.statemigration.lab.traffic.ShortConnections;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Moves with pre-copy between two real kernels, under connections that begin and end all the time. */
@ExtendWith(SharedLab.class)
class PreCopyKernelIT {
    private static final Logger LOG = LoggerFactory.getLogger(PreCopyKernelIT.class);
    private static final FlowSelection VM =
        FlowSelection.of(new VmIdentity(Set.of(Lab.VM, Lab.VM6), Optional.empty()));
    private static final int PER_SECOND = 200;
    private static final int TINY = 1;
    /** More flows than begin in the time that a busy machine takes for its rounds. */
    private static final int MANY = 1_000_000;
    private static final int ROUNDS = 1_000;
    private static final int OTHERS = 100_000;
    private static final int PART = 10_000;

    private final List<LocalAgent> agents = new ArrayList<>();
    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();

    private final Lab lab;

    private LinuxStateTable fw1;
    private LinuxStateTable fw2;
    private LocalAgent source;
    private LocalAgent destination;

    PreCopyKernelIT(final Lab lab) throws IOException {
        this.lab = lab;
        rules("fw1");
        rules("fw2");
    }

    @AfterEach
    void stopAgents() {
        agents.forEach(LocalAgent::close);
        scheduler.shutdownNow();
    }

    @RepeatedTest(3)
    void noConnectionFailsThoughTheyBeginAndEndAllTheTime() throws Exception {
        start(ConntrackEvents.BUFFER);
        moveUnderChurn(Lab.VM, Lab.PEER);
    }

    @Test
    void noConnectionFailsOverIpv6() throws Exception {
        start(ConntrackEvents.BUFFER);
        moveUnderChurn(Lab.VM6, Lab.PEER6);
    }

    @Test
    void noConnectionFailsThoughEventsAreLostAllTheTime() throws Exception {
        start(TINY);
        moveUnderChurn(Lab.VM, Lab.PEER);
    }

    @Test
    void datagramsAndConnectionsGoOn() throws Exception {
        start(ConntrackEvents.BUFFER);
        try (var traffic = new LiveTraffic(lab)) {
            final var move = move("udp");
            final var at = new InetSocketAddress(Lab.PEER, 7001);
            traffic.udp("vm", Lab.VM, "peer", at, at, 20);
            traffic.goesOn();
            move.preCopy(500);
            final var more = new InetSocketAddress(Lab.PEER, 7002);
            traffic.udp("vm", Lab.VM, "peer", more, more, 20);
            traffic.tcp("vm", Lab.VM, "peer", more, more, 20);
            traffic.goesOn();
            move.round();
            change(move);
            assertEquals(60, move.flows());
            traffic.goesOn();
            LOG.info("{}", traffic.end());
        }
    }

    @Test
    void abortAfterRoundsLeavesNothingAtTheDestinationAndAllAtTheSource() throws Exception {
        start(ConntrackEvents.BUFFER);
        try (var churn = new ShortConnections(lab, Lab.VM, Lab.PEER, PER_SECOND)) {
            final var move = move("abort");
            churn.awaitOpened(PER_SECOND / 2);
            move.preCopy(100);
            for (int i = 0; i < 10; i++) {
                churn.awaitOpened(churn.opened() + PER_SECOND / 20);
                move.round();
            }
            assertTrue(move.flows() > 0);
            move.hold();
            move.abort();
            assertEquals(List.of(), fw2.export(VM).entries());
            assertEquals(List.of(), churn.end());
        }
    }

    /** The quickest of many rounds, which does not depend on what else the machine does meanwhile. */
    @Test
    void roundWithoutChangeIsAsQuickBesideManyOthers() throws Exception {
        start(ConntrackEvents.BUFFER);
        fw1.create(List.of(Flows.tcp(1), Flows.tcp(2)));
        final var move = move("quick");
        move.preCopy(500);
        assertEquals(2, move.flows());
        final long alone = quickestRoundNanos(move);
        for (int i = 0; i < OTHERS; i += PART) {
            final var part = new ArrayList<Flow>();
            for (int number = i; number < i + PART; number++) {
                part.add(Flows.flow(Protocols.UDP, new Tuple(InetAddress.ofLiteral("10.200.0." + (1 + number % 250)),
                    Lab.PEER, new Identifiers.Ports(1024 + number / 250, 53)), ProtocolState.STATELESS));
            }
            assertEquals(List.of(), fw1.create(part).refused());
        }
        // What the others were is no change of this VM, but has to be read first
        assertEquals(0, move.round());
        final long among = quickestRoundNanos(move);
        LOG.info("A round without change takes {} us alone, {} us beside {} entries of others", alone / 1000,
            among / 1000, OTHERS);
        // To look at the others would take some 30 ms
        assertTrue(among < 5 * alone + 1_000_000, among + " ns, and " + alone + " ns alone");
    }

    private static long quickestRoundNanos(final PreCopySteps move) throws Exception {
        long quickest = Long.MAX_VALUE;
        for (int i = 0; i < ROUNDS; i++) {
            final long begin = System.nanoTime();
            assertEquals(0, move.round());
            quickest = Math.min(quickest, System.nanoTime() - begin);
        }
        return quickest;
    }

    private void moveUnderChurn(final InetAddress vm, final InetAddress peer) throws Exception {
        try (var churn = new ShortConnections(lab, vm, peer, PER_SECOND)) {
            final var move = move("churn");
            churn.awaitOpened(PER_SECOND);
            move.preCopy(100);
            int chunks = 0;
            for (int i = 0; i < 20; i++) {
                churn.awaitOpened(churn.opened() + PER_SECOND / 10);
                chunks += move.round();
            }
            assertTrue(chunks >= 10, "Changes in only " + chunks + " chunks");
            change(move);
            churn.awaitOpened(churn.opened() + PER_SECOND);
            final var failures = churn.end();
            LOG.info("{} connections, {} failed, {} moved", churn.opened(), failures.size(), move.flows());
            assertEquals(List.of(), failures);
            assertTrue(churn.opened() >= 4 * PER_SECOND, churn.opened() + " connections");
        }
    }

    /** What is done while the path changes. */
    private void change(final PreCopySteps move) throws Exception {
        move.hold();
        lab.moveTo("fw2");
        final long begin = System.nanoTime();
        Await.until("the destination has what the source has", () -> {
            // Until the source has nothing more to tell: entries there still end by themselves
            while (move.round() > 0) {
                assertEquals(Set.of(), move.refused());
            }
            return expected(fw1).equals(expected(fw2));
        });
        final var commit = move.commit();
        LOG.info("{} flows moved, {} ms after the path", commit.verified(), (System.nanoTime() - begin) / 1_000_000);
        assertEquals(0, commit.vanished());
        move.release();
        assertEquals(List.of(), fw1.export(VM).entries());
    }

    private static Set<Flow> expected(final LinuxStateTable table) throws Exception {
        return Set.copyOf(table.export(VM).entries().stream().map(Entry::flow).map(Flows::comparable).toList());
    }

    private PreCopySteps move(final String name) {
        return new PreCopySteps(source, destination, new MigrationId(name), VM);
    }

    private void start(final int eventBuffer) throws Exception {
        fw1 = lab.table("fw1", LinuxOptions.DEFAULT, eventBuffer);
        fw2 = lab.table("fw2", LinuxOptions.DEFAULT);
        source = agent("fw1", fw1);
        destination = agent("fw2", fw2);
    }

    private LocalAgent agent(final String name, final LinuxStateTable table) {
        final var agent = new LocalAgent(new AgentSettings(new StateHostId(name), Set.of(FunctionType.FIREWALL),
            EnumSet.allOf(Role.class), List.<IpPrefix>of(), Set.of(), new HostProfile.Limits(1000, MANY, 3, 60)),
            table, InstantSource.system(), scheduler);
        agents.add(agent);
        return agent;
    }

    /** Both firewalls let connections begin, and drop what is none. */
    private void rules(final String firewall) throws IOException {
        lab.in(firewall, """
            nft -f - <<'END'
            flush ruleset
            table inet firewall {
                chain forward {
                    type filter hook forward priority filter; policy drop;
                    ct state invalid drop
                    ct state established,related,new accept
                }
            }
            END
            """);
    }
}
