// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.backend.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.opendaylight.statemigration.agent.backend.BackendException;
import org.opendaylight.statemigration.agent.backend.linux.conntrack.Conntrack;
import org.opendaylight.statemigration.agent.backend.linux.conntrack.ConntrackEvents;
import org.opendaylight.statemigration.agent.backend.linux.conntrack.EntryRequests;
import org.opendaylight.statemigration.agent.backend.linux.mapping.TcpInfo;
import org.opendaylight.statemigration.agent.backend.linux.netlink.Ctnetlink;
import org.opendaylight.statemigration.agent.backend.linux.netlink.NetworkNamespace;
import org.opendaylight.statemigration.flow.Flow;
import org.opendaylight.statemigration.flow.Protocols;
import org.opendaylight.statemigration.lab.network.FirewallPair;

/** The laboratory's two firewalls, with the state tables and agents that a test opens at them. */
public final class Lab extends FirewallPair {
    private final Map<String, LinuxStateTable> tables = new HashMap<>();
    private final List<Move> moves = new ArrayList<>();

    Lab() throws IOException {
        // Nothing is opened yet
    }

    Path path(final String name) {
        return place(name).path();
    }

    NetworkNamespace namespace(final String name) {
        return new NetworkNamespace(Optional.of(path(name)));
    }

    public LinuxStateTable table(final String firewall, final LinuxOptions options) throws BackendException {
        return table(firewall, options, ConntrackEvents.BUFFER);
    }

    /** The state table of a firewall, in place of the one that was opened before. The lab closes it. */
    public LinuxStateTable table(final String firewall, final LinuxOptions options, final int eventBuffer)
            throws BackendException {
        closeTable(firewall);
        final var table = LinuxStateTable.open(options.in(path(firewall)), eventBuffer);
        tables.put(firewall, table);
        return table;
    }

    /** What the kernel of a firewall tells of a TCP connection. */
    TcpInfo tcpInfo(final String firewall, final Flow flow) throws IOException {
        try (var conntrack = Conntrack.open(namespace(firewall))) {
            return conntrack.get(List.of(EntryRequests.get(Protocols.TCP, flow.key().original(), 0))).getFirst()
                .orElseThrow().tcp().orElseThrow();
        }
    }

    /** Whether the kernel of a firewall lets packets of a TCP connection pass that are out of window. */
    boolean isLiberal(final String firewall, final Flow flow) throws IOException {
        final var tcp = tcpInfo(firewall, flow);
        final int original = tcp.originalFlags() & Ctnetlink.TCP_BE_LIBERAL;
        assertEquals(original, tcp.replyFlags() & Ctnetlink.TCP_BE_LIBERAL, "both ends alike");
        return original != 0;
    }

    /** Agents of both firewalls, with the same pools. The lab closes them. */
    Move move() throws BackendException {
        final var move = new Move(this, Move.POOLS);
        moves.add(move);
        return move;
    }

    @Override
    public void reset() throws IOException {
        closeAll();
        super.reset();
    }

    @Override
    public void close() {
        closeAll();
        super.close();
    }

    private void closeAll() {
        moves.forEach(Move::close);
        moves.clear();
        FIREWALLS.forEach(this::closeTable);
    }

    private void closeTable(final String firewall) {
        final var table = tables.remove(firewall);
        if (table != null) {
            table.close();
        }
    }
}
