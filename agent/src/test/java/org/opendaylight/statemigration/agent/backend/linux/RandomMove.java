// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.backend.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.opendaylight.statemigration.agent.backend.StateTable;
import org.opendaylight.statemigration.agent.backend.StateTable.Change;
import org.opendaylight.statemigration.agent.backend.StateTable.Entry;
import org.opendaylight.statemigration.agent.soa.AgentSettings;
import org.opendaylight.statemigration.agent.soa.LocalAgent;
import org.opendaylight.statemigration.flow.Flow;
import org.opendaylight.statemigration.flow.FlowKey;
import org.opendaylight.statemigration.flow.ProtocolState;
import org.opendaylight.statemigration.flow.TcpState;
import org.opendaylight.statemigration.host.FunctionType;
import org.opendaylight.statemigration.host.HostProfile;
import org.opendaylight.statemigration.host.IpPrefix;
import org.opendaylight.statemigration.host.Role;
import org.opendaylight.statemigration.host.StateHostId;
import org.opendaylight.statemigration.host.VmIdentity;
import org.opendaylight.statemigration.ifma.FlowSelection;
import org.opendaylight.statemigration.ifma.MigrationId;

/**
 * A move with pre-copy of flows that begin, change and end at random, in an order that one number determines.
 * Afterwards the destination has to have exactly what the source has.
 */
final class RandomMove implements AutoCloseable {
    private static final FlowSelection VM =
        FlowSelection.of(new VmIdentity(Set.of(Lab.VM, Lab.VM6), Optional.empty()));
    private static final int KEYS = 40;
    private static final int PORTS = 15;
    private static final int STEPS = 400;

    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
    private final StateTable from;
    private final StateTable to;
    private final LocalAgent source;
    private final LocalAgent destination;
    private final RandomGenerator random;
    private final int burst;
    private final Map<FlowKey, Entry> present = new HashMap<>();
    private final List<Integer> freePorts = new ArrayList<>();

    RandomMove(final StateTable from, final StateTable to, final long seed, final int burst) {
        this.from = from;
        this.to = to;
        this.burst = burst;
        source = agent("fw1", from);
        destination = agent("fw2", to);
        random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        for (int port = 0; port < PORTS; port++) {
            freePorts.add(40_000 + port);
        }
    }

    void run() throws Exception {
        final var move = new PreCopySteps(source, destination, new MigrationId("random"), VM);
        for (int i = 0; i < KEYS; i++) {
            step();
        }
        move.preCopy(1 + random.nextInt(20));
        for (int i = 0; i < STEPS; i++) {
            step();
            if (random.nextInt(6) == 0) {
                move.round();
                assertEquals(Set.of(), move.refused());
            }
        }
        move.hold();
        move.round();
        assertEquals(Set.of(), move.refused());
        assertEquals(states(from), states(to));
        assertEquals(present.size(), move.flows());
        assertEquals(present.size(), move.commit().verified());
        final var moved = states(to);
        assertEquals(present.size(), move.release().released());
        assertEquals(Set.of(), states(from));
        assertEquals(moved, states(to));
    }

    @Override
    public void close() {
        source.close();
        destination.close();
        scheduler.shutdownNow();
    }

    private void step() throws Exception {
        final int number = random.nextInt(KEYS);
        final var key = flow(number, Optional.empty()).key();
        final var entry = present.get(key);
        if (entry == null) {
            begin(number);
            return;
        }
        switch (random.nextInt(8)) {
            case 0, 1 -> end(entry);
            case 2, 3 -> {
                // Opened anew with the same key
                end(entry);
                begin(number);
            }
            case 4 -> burst();
            default -> change(entry);
        }
    }

    private void begin(final int number) throws Exception {
        final boolean translated = number % 3 == 0 && !freePorts.isEmpty();
        final var flow = flow(number, translated
            ? Optional.of(freePorts.removeFirst()) : Optional.empty());
        final var creation = from.create(List.of(flow));
        assertEquals(List.of(), creation.refused());
        present.put(flow.key(), creation.entries().getFirst());
    }

    private void change(final Entry entry) throws Exception {
        final var flow = entry.flow();
        final var changed = flow.protocolState() instanceof ProtocolState.Tcp(var state, var one, var other)
            && state.compareTo(TcpState.CLOSE) < 0 && random.nextBoolean()
            ? Flows.with(flow, new ProtocolState.Tcp(next(state), one, other))
            : Flows.marked(flow, random.nextInt(100));
        final var creation = from.update(List.of(new Change(entry, changed)));
        assertEquals(List.of(), creation.refused());
        present.put(flow.key(), creation.entries().getFirst());
    }

    private static TcpState next(final TcpState state) {
        final var all = List.of(TcpState.values());
        return all.get(all.indexOf(state) + 1);
    }

    private void end(final Entry entry) throws Exception {
        assertEquals(1, from.delete(List.of(entry)));
        present.remove(entry.flow().key());
        entry.flow().nat().source().ifPresent(end -> freePorts.add(end.port().orElseThrow()));
    }

    /** So many changes at a time that some events may be lost. */
    private void burst() throws Exception {
        final var flows = new ArrayList<Flow>();
        for (int i = 0; i < burst; i++) {
            flows.add(Flows.udp(1000 + i));
        }
        assertEquals(burst, from.delete(from.create(flows).entries()));
    }

    private Flow flow(final int number, final Optional<Integer> port) {
        final var plain = number % 2 == 0 ? Flows.udp(number)
            : Flows.with(Flows.tcp(number), Flows.tcpState(TcpState.values()[random.nextInt(3)], 7, 10));
        return port.map(translated -> Flows.sourceNat(plain, translated)).orElse(plain);
    }

    private static Set<Flow> states(final StateTable table) throws Exception {
        return Set.copyOf(table.export(VM).entries().stream().map(Entry::flow).map(Flows::comparable).toList());
    }

    private LocalAgent agent(final String name, final StateTable table) {
        return new LocalAgent(new AgentSettings(new StateHostId(name), Set.of(FunctionType.NAT),
            EnumSet.allOf(Role.class), List.of(IpPrefix.parse("198.51.100.0/24")), Set.of(),
            new HostProfile.Limits(1000, 10_000, 3, 60)), table, InstantSource.system(), scheduler);
    }
}
