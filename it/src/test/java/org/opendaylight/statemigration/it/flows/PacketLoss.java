// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.it.flows;


import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.opendaylight.statemigration.lab.network.Figure1;
import org.opendaylight.statemigration.lab.network.Site;
import org.opendaylight.statemigration.lab.time.Await;

/**
 * Loses, at the edges, the packets that would take TCP connections further than a stage of their life. Their senders
 * repeat them, until they are delivered after the move.
 */
final class PacketLoss {
    /** Ports of servers, by the stage that their connections come to. */
    static final int SYN_SENT = 5011;
    static final int SYN_RECEIVED = 5012;
    static final int ESTABLISHED = 5013;
    static final int FIN_WAIT = 5014;
    static final int CLOSE_WAIT = 5015;

    private static final List<String> EDGES = List.of("nve1", "nve2", "nve3");
    /** Numbers of these in the kernel. */
    private static final Map<Integer, Integer> STATES = Map.of(SYN_SENT, 1, SYN_RECEIVED, 2, ESTABLISHED, 3,
        FIN_WAIT, 4, CLOSE_WAIT, 5);

    private final Figure1 lab;

    PacketLoss(final Figure1 lab) {
        this.lab = lab;
    }

    /** Begin. One FIN of each family still passes, which takes the firewall to the stage. */
    void begin() throws IOException {
        lose("limit rate over 1/hour burst 1 packets");
    }

    /** Wait until the first firewall has a connection of each family in each stage, and hold them there. */
    void awaitStages() throws IOException, InterruptedException {
        Await.until("there is a connection of each family in each stage", () -> {
            final var tcp = KeptState.at(lab.firewall(Site.ONE)).stream().filter(KeptState::isTcp).toList();
            return tcp.size() == 2 * STATES.size() && tcp.stream()
                .allMatch(each -> each.tcpState() == STATES.get(each.flow().destinationPort()));
        });
        // A repeated FIN looks to the kernel like that of the other end
        lose("");
    }

    /** Deliver everything. */
    void end() throws IOException {
        for (var edge : EDGES) {
            lab.place(edge).rules("table inet lossy\ndelete table inet lossy\n");
        }
    }

    private void lose(final String fins) throws IOException {
        for (var edge : EDGES) {
            lab.place(edge).rules("""
                table inet lossy
                delete table inet lossy
                table inet lossy {
                  chain incoming {
                    type filter hook prerouting priority raw;
                    tcp sport 5011 tcp flags & (syn | ack) == (syn | ack) drop
                    tcp dport 5012 tcp flags & (fin | syn | rst | psh | ack) == ack drop
                    meta nfproto ipv4 tcp dport 5014 tcp flags & fin == fin %1$s drop
                    meta nfproto ipv6 tcp dport 5014 tcp flags & fin == fin %1$s drop
                    tcp sport 5014 tcp flags & (fin | syn | rst | psh | ack) == ack drop
                  }
                }
                """.formatted(fins));
        }
    }
}
