// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.it.flows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.opendaylight.statemigration.it.scenario.Scenario1;
import org.opendaylight.statemigration.it.testbed.Console;
import org.opendaylight.statemigration.it.testbed.SharedTestBed;
import org.opendaylight.statemigration.it.testbed.TestBed;
import org.opendaylight.statemigration.lab.judge.Pinhole;
import org.opendaylight.statemigration.lab.judge.PinholeTable;
import org.opendaylight.statemigration.lab.judge.TableInspector;
import org.opendaylight.statemigration.lab.network.Figure1;
import org.opendaylight.statemigration.lab.network.Site;
import org.opendaylight.statemigration.lab.network.Vm;
import org.opendaylight.statemigration.lab.time.Await;

/**
 * VM1 moves with flows of every kind, through the controller. Once they are open both firewalls let nothing begin, and
 * drop what is invalid: what passes has been handed over.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class FlowKindsIT {
    private static final String OPENING = "ct state new accept";
    private static final String CLOSED = "";
    private static final String FTP_HELPER = """
        table inet helpers {
          ct helper ftp { type "ftp" protocol tcp; }
          chain incoming {
            type filter hook prerouting priority filter;
            tcp dport 21 ct helper set "ftp"
          }
        }
        """;
    private static final String LABELS = """
        table inet labels {
          chain forward {
            type filter hook forward priority 1;
            udp dport 6001 ct label set 12 ct mark set 0x80000001
            udp dport 6002 ct mark set 0x00000042
            tcp dport 6003 ct mark set 0x7fffffff
          }
        }
        """;
    private static final String TRANSLATION = """
        table inet translation {
          chain outgoing {
            type nat hook postrouting priority srcnat;
            udp dport 6004 ip saddr 10.1.1.10 snat ip to 198.51.100.7
          }
        }
        """;
    private static final int KINDS = 11;
    /** Timeouts of connection tracking that are shorter than a move may take. */
    private static final List<String> SHORT_TIMEOUTS = List.of("tcp_timeout_syn_sent", "tcp_timeout_syn_recv",
        "tcp_timeout_fin_wait", "tcp_timeout_close_wait", "udp_timeout", "udp_timeout_stream", "icmp_timeout",
        "icmpv6_timeout", "gre_timeout", "gre_timeout_stream", "sctp_timeout_cookie_wait");
    /** Port of a connection that nobody announces. */
    private static final int STRAY = 6200;

    @RegisterExtension
    private static final SharedTestBed SHARED = SharedTestBed.inLaboratory();

    private static Figure1 lab;
    private static TestBed bed;
    private static Scenario1 scenario;

    private final List<TestFlow> testFlows = new ArrayList<>();

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        lab = SHARED.own(Figure1.build(SHARED.management()));
        bed = SHARED.bed();
        bed.serve(lab);
        keepStages();
        scenario = new Scenario1(lab, bed.provisioning());
    }

    /** However long a move takes, flows stay in their stage: firewalls keep them, and hosts do not give them up. */
    private static void keepStages() throws IOException {
        for (var site : lab.sites()) {
            for (var timeout : SHORT_TIMEOUTS) {
                lab.firewall(site).sysctl("netfilter/nf_conntrack_" + timeout, "600");
            }
        }
        for (var host : List.of("vm1", "vm3")) {
            lab.place(host).sysctl("ipv4/tcp_syn_retries", "20");
            lab.place(host).sysctl("ipv4/tcp_synack_retries", "20");
        }
    }

    @BeforeEach
    void openFirstFirewall() throws IOException {
        rules(Site.ONE, OPENING, "");
        rules(Site.TWO, CLOSED, "");
    }

    @AfterEach
    void bringVm1Home() throws IOException, InterruptedException {
        for (var flow : testFlows) {
            flow.close();
        }
        partial("refuse");
        new PacketLoss(lab).end();
        if (lab.site() != Site.ONE) {
            scenario.move(Site.ONE);
        }
        for (var site : lab.sites()) {
            lab.firewall(site).run("conntrack", "-F", "expect");
        }
        lab.forgetFlows();
    }

    @Test
    void flowsOfEveryProtocolAndStageMoveAndGoOn() throws IOException, InterruptedException {
        final var connections = new ArrayList<TcpFlow>();
        final var losses = new PacketLoss(lab);
        losses.begin();
        for (boolean v6 : new boolean[] { false, true }) {
            // IPv4 from inside, IPv6 from outside; what has no connection from inside in both
            final var tcp = v6 ? FlowEnds.incoming(lab, true) : FlowEnds.outgoing(lab, false);
            for (int port : List.of(PacketLoss.ESTABLISHED, PacketLoss.FIN_WAIT, PacketLoss.CLOSE_WAIT)) {
                connections.add(keep(TcpFlow.open(tcp, port)));
            }
            connections.get(connections.size() - 2).halfClose();
            connections.getLast().halfClose();
            connections.add(keep(TcpFlow.begin(tcp, PacketLoss.SYN_SENT)));
            connections.add(keep(TcpFlow.begin(tcp, PacketLoss.SYN_RECEIVED)));
            final var other = FlowEnds.outgoing(lab, v6);
            keep(UdpFlow.open(other, 5016));
            keep(UdpFlow.ask(other, 5017));
            keep(EchoFlow.open(other));
            testFlows.addAll(RawFlow.each(other));
        }
        losses.awaitStages();
        rules(Site.ONE, CLOSED, "");
        final var stages = kept(Site.ONE);
        assertEquals(2 * KINDS, stages.size(), stages::toString);
        assertEquals(2, stages.stream().filter(KeptState::isUnansweredUdp).count(), stages::toString);
        assertEquals(2, stages.stream().filter(each -> each.details().sctp() == 4).count(), stages::toString);

        for (var to : List.of(Site.TWO, Site.ONE)) {
            final var before = kept(lab.site());
            final var inspection = TableInspector.before(lab);
            move(to, before.size());
            assertEquals(KeptState.text(before), KeptState.text(kept(to)));
            assertEquals(List.of(), kept(to.other()));
            final var invalid = invalid(to);
            losses.end();
            goOn();
            // What is answered here only has learnt the other end's window scale here
            assertEquals(List.of(), inspection.problems().stream().filter(problem -> to == Site.ONE
                || !problem.contains("destinationPort=" + PacketLoss.SYN_SENT + "] has window scales")).toList());
            assertEquals(invalid, invalid(to), "packets of flows that moved are not what they should be");
            Console.onConsole().say("%s: %d flows of VM1, by protocol: %s; by TCP state: %s".formatted(to.firewall(),
                before.size(), count(before, false), count(before, true)));
        }
        for (var flow : testFlows) {
            flow.end();
        }
    }

    @Test
    void dataConnectionsOfFtpAreStillExpectedAtTheOtherFirewall() throws IOException, InterruptedException {
        rules(Site.ONE, OPENING, FTP_HELPER);
        rules(Site.TWO, CLOSED, FTP_HELPER);
        final var controls = new ArrayList<FtpFlow>();
        for (boolean v6 : new boolean[] { false, true }) {
            controls.add(keep(FtpFlow.logIn(FlowEnds.outgoing(lab, v6), v6)));
            controls.add(keep(FtpFlow.logIn(FlowEnds.incoming(lab, v6), !v6)));
        }
        rules(Site.ONE, CLOSED, FTP_HELPER);
        int port = 6100;
        for (var control : controls) {
            control.announce(++port);
        }
        assertEquals(4, expectations(Site.ONE));
        move(Site.TWO, 4);
        assertEquals(0, expectations(Site.ONE));
        assertEquals(4, expectations(Site.TWO));
        assertTrue(kept(Site.TWO).stream().allMatch(each -> each.details().helper().equals("ftp")));

        for (var control : controls) {
            keep(control.data());
        }
        assertEquals(4, counter(Site.TWO, "related"), "admitted as nothing else");
        assertEquals(0, expectations(Site.TWO));
        try (var stray = TcpFlow.begin(FlowEnds.outgoing(lab, false), STRAY)) {
            Await.until("the firewall has dropped what nobody announced", () -> counter(Site.TWO, "stray") > 0);
            assertFalse(stray.isOpen(), "nobody announced this one");
        }
        // Back with data connections that run, and with others that are announced
        for (var control : controls) {
            control.announce(++port);
        }
        move(Site.ONE, 8);
        assertEquals(4, expectations(Site.ONE));
        for (var control : controls) {
            keep(control.data());
        }
        goOn();
        assertEquals(4, counter(Site.ONE, "related"));
        Console.onConsole().say("FTP: 4 control connections with an expectation each to fw2, 4 data connections there "
            + "admitted as related; all 8 back with 4 further expectations, 4 data connections at fw1");
    }

    @Test
    void marksLabelsTimeoutsAndAssuranceArriveAsTheyWere() throws IOException, InterruptedException {
        attributes("");
        rules(Site.TWO, CLOSED, LABELS);
        for (var to : List.of(Site.TWO, Site.ONE)) {
            // Before the first timeout is read: the kernel counts meanwhile
            final long begin = System.nanoTime();
            final var before = PinholeTable.of(lab.firewall(lab.site()), Vm.VM1);
            move(to, 6);
            final var after = PinholeTable.of(lab.firewall(to), Vm.VM1);
            final long seconds = (System.nanoTime() - begin) / 1_000_000_000;
            assertEquals(KeptState.text(KeptState.of(before)), KeptState.text(KeptState.of(after)));
            for (var each : before) {
                final long less = each.timeout() - after.stream().filter(other -> other.flow().equals(each.flow()))
                    .findFirst().orElseThrow().timeout();
                assertTrue(less >= -1 && less <= seconds + 2, () -> "Timeout is less by " + less + " s: " + each);
            }
            Console.onConsole().say(to.firewall() + ": marks, labels, assured status and timeouts of " + after.size()
                + " flows as before: " + after.stream().map(each -> Long.toHexString(each.details().mark()) + " "
                    + each.details().labels() + " " + each.details().assured() + " " + each.timeout() + " s")
                    .sorted().toList());
        }
        goOn();
    }

    @Test
    void whatTheDestinationCannotKeepFailsTheMoveAndNothingIsLost() throws IOException, InterruptedException {
        attributes(TRANSLATION);
        final var before = PinholeTable.of(lab.firewall(Site.ONE), Vm.VM1);
        final var rules = ruleset();
        final var moved = scenario.move(Site.TWO).migration();
        assertEquals("failed", moved.phase(), moved::toString);
        assertEquals("statemigration-types:flows-refused", moved.json().get("reason").getAsString());
        assertEquals(identities(before), identities(PinholeTable.of(lab.firewall(Site.ONE), Vm.VM1)));
        assertEquals(List.of(), PinholeTable.of(lab.firewall(Site.TWO), Vm.VM1));
        assertEquals(rules, ruleset(), "a hold was left behind");
        // Nobody has lost anything: as the VM comes home all goes on
        scenario.move(Site.ONE);
        goOn();
        Console.onConsole().say("refused: " + moved.detail().orElseThrow());
    }

    @Test
    void whatTheDestinationCannotKeepStaysWhereThatIsPermitted() throws IOException, InterruptedException {
        attributes(TRANSLATION);
        partial("accept");
        final var before = kept(Site.ONE);
        final var rules = ruleset();
        final var moved = scenario.move(Site.TWO).migration();
        assertEquals("completed", moved.phase(), moved::toString);
        assertTrue(moved.json().get("partial").getAsBoolean(), moved::toString);
        final var leg = moved.legs().getFirst();
        final var refusals = leg.json().getAsJsonArray("refusal").asList().stream().map(each -> (JsonObject) each)
            .toList();
        assertEquals(Map.of("statemigration-types:unsupported-attribute", 2L,
            "statemigration-types:address-not-in-pool", 1L), refusals.stream().collect(
                Collectors.groupingBy(each -> each.get("reason").getAsString(), Collectors.counting())));
        assertEquals(3, leg.flows("refused"));
        assertEquals(4, leg.flows("verified"));
        final var refused = before.stream().filter(FlowKindsIT::isForeignToSecond).toList();
        assertEquals(KeptState.text(refused), KeptState.text(kept(Site.ONE)));
        assertEquals(KeptState.text(before.stream().filter(each -> !isForeignToSecond(each)).toList()),
            KeptState.text(kept(Site.TWO)));
        assertEquals(rules, ruleset(), "a hold was left behind");
        // Those that moved go on here
        for (var flow : testFlows) {
            if (flow instanceof TcpFlow) {
                flow.goOn();
            }
        }
        final var back = scenario.move(Site.ONE).migration();
        assertEquals("completed", back.phase(), back::toString);
        assertEquals(KeptState.text(before), KeptState.text(kept(Site.ONE)));
        goOn();
        Console.onConsole().say("partial: %d moved and returned, %d stayed: %s".formatted(leg.flows("verified"),
            refused.size(), refusals.stream().map(each -> each.get("detail").getAsString()).toList()));
    }

    /** Two connections and two flows of datagrams with marks, two with labels; with this translation one more. */
    private void attributes(final String translation) throws IOException {
        rules(Site.ONE, OPENING, LABELS + translation);
        for (boolean v6 : new boolean[] { false, true }) {
            final var ends = FlowEnds.outgoing(lab, v6);
            keep(TcpFlow.open(ends, 6003));
            keep(UdpFlow.open(ends, 6002));
            keep(UdpFlow.open(ends, 6001));
        }
        if (!translation.isEmpty()) {
            // Its answer would need a way back; it is not needed here
            UdpFlow.ask(FlowEnds.outgoing(lab, false), 6004).close();
        }
        rules(Site.ONE, CLOSED, LABELS + translation);
        for (var family : List.of("ipv4", "ipv6")) {
            lab.firewall(Site.ONE).run("conntrack", "-U", "-f", family, "-p", "udp", "--dport", "6002", "-t", "777");
            lab.firewall(Site.ONE).run("conntrack", "-U", "-f", family, "-p", "udp", "--dport", "6001", "-t", "3333");
        }
    }

    private static boolean isForeignToSecond(final KeptState kept) {
        return !kept.details().labels().isEmpty() || kept.flow().destinationPort() == 6004;
    }

    private <T extends TestFlow> T keep(final T flow) {
        testFlows.add(flow);
        return flow;
    }

    private void goOn() throws IOException {
        for (var flow : testFlows) {
            flow.goOn();
        }
    }

    private static void move(final Site to, final int flows) throws IOException, InterruptedException {
        final var moved = scenario.move(to).migration();
        assertEquals("completed", moved.phase(), moved::toString);
        assertEquals(flows, moved.legs().getFirst().flows("verified"), moved::toString);
        assertEquals(flows, moved.legs().getFirst().flows("released"), moved::toString);
    }

    private static void partial(final String policy) throws IOException {
        bed.provisioning().policy().leaf("partial-migration", policy);
    }

    private static void rules(final Site site, final String more, final String tables) throws IOException {
        lab.firewall(site).rules("""
            table inet rules
            delete table inet rules
            table inet helpers
            delete table inet helpers
            table inet labels
            delete table inet labels
            table inet translation
            delete table inet translation
            table inet rules {
              counter invalid { }
              counter related { }
              counter stray { }
              chain forward {
                type filter hook forward priority filter; policy drop;
                ct state invalid counter name "invalid" drop
                ct state related counter name "related" accept
                ct state established accept
                tcp dport %d ct state new counter name "stray" drop
                %s
              }
            }
            %s
            """.formatted(STRAY, more, tables));
    }

    private static List<KeptState> kept(final Site site) throws IOException {
        return KeptState.at(lab.firewall(site));
    }

    private static Map<Integer, Long> count(final List<KeptState> kept, final boolean tcp) {
        return kept.stream().filter(each -> !tcp || each.isTcp()).collect(Collectors.groupingBy(
            each -> tcp ? each.tcpState() : each.flow().protocol(), TreeMap::new, Collectors.counting()));
    }

    private static Map<Pinhole.FlowId, Long> identities(final List<Pinhole> pinholes) {
        return pinholes.stream().collect(Collectors.toMap(Pinhole::flow, Pinhole::identity));
    }

    private static int invalid(final Site site) throws IOException {
        return counter(site, "invalid");
    }

    private static int counter(final Site site, final String name) throws IOException {
        return Integer.parseInt(lab.firewall(site).run("nft", "list", "counter", "inet", "rules", name)
            .replaceFirst("(?s).*packets (\\d+) .*", "$1"));
    }

    private static int expectations(final Site site) throws IOException {
        return (int) lab.firewall(site).run("cat", "/proc/net/nf_conntrack_expect").lines().count();
    }

    /** Packet filter rules of the second firewall, without counters. */
    private static String ruleset() throws IOException {
        return lab.firewall(Site.TWO).run("nft", "--stateless", "list", "ruleset") + lab.firewall(Site.TWO)
            .run("sh", "-c", "iptables-legacy-save 2>/dev/null | grep ^-A || true");
    }
}
