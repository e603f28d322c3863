// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.tde.relocation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.opendaylight.statemigration.host.IpPrefix;
import org.opendaylight.statemigration.host.StateHostId;
import org.opendaylight.statemigration.tde.Network;
import org.opendaylight.statemigration.tde.refusal.RefusalText;
import org.opendaylight.statemigration.tde.topology.TopologySnapshot;

/**
 * Lets random networks change and does with the state of flows what the finder says. Whenever a pair's path is clear,
 * its state must be on that path, or the finder must have said that it is not. Paths are found here by trying all.
 */
class RandomTopologyTest {
    private static final Pattern REFUSED = Pattern.compile("Flows with ([^:]+) stay where they are:");
    private static final int EDGES = 5;
    private static final int VMS = 5;
    private static final int STEPS = 40;

    private final Map<Set<String>, Set<StateHostId>> state = new HashMap<>();
    private int moved;
    private int refused;

    /** The soak test takes others. */
    static LongStream seeds() {
        final long first = Long.getLong("statemigration.seed", 1);
        return LongStream.range(first, first + Integer.getInteger("statemigration.seeds", 8));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void stateIsWhereFlowsPass(final long seed) {
        for (int run = 0; run < 12; run++) {
            state.clear();
            run(new Random(1000L * seed + run));
        }
        assertTrue(moved > 50, "Only " + moved + " moves");
        assertTrue(refused > 20, "Only " + refused + " refusals");
    }

    @Test
    void oracleKnowsFigure1() {
        assertEquals(Optional.of(Set.of(new StateHostId("fw1"))),
            new Oracle(Network.figure1().snapshot()).hosts("nve1", "nve3"));
    }

    private void run(final Random random) {
        final var network = network(random);
        var baseline = Baseline.of(network.snapshot());
        settle(network.snapshot(), Set.of());
        final var log = new ArrayList<String>();
        String away = null;
        for (int step = 0; step < STEPS; step++) {
            if (away != null) {
                // An unfiltered leg takes flows with absent VMs along, so nothing else happens meanwhile
                final var edge = "nve" + random.nextInt(EDGES);
                network.move(away, edge);
                log.add(away + " back to " + edge);
                away = null;
            } else {
                away = change(network, random, log);
            }
            final var snapshot = network.snapshot();
            final var result = RelocationPlanner.find(baseline, snapshot);
            baseline = result.next();
            log.add(result.decisions().toString());
            try {
                settle(snapshot, apply(result.decisions(), snapshot));
            } catch (AssertionError e) {
                throw new AssertionError(String.join("\n", log) + "\n" + snapshot.fabric().links(), e);
            }
        }
    }

    /** Few links and few metrics, so that there are islands and equal costs. */
    private static Network network(final Random random) {
        final var network = new Network();
        for (int i = 0; i < EDGES; i++) {
            network.edges("nve" + i).firewall("fw" + i).cable("nve" + i, "fw" + i, 1 + random.nextInt(3));
        }
        network.device("a").device("b").cable("a", "b", 1);
        for (int i = 0; i < EDGES; i++) {
            network.cable(random.nextBoolean() ? "a" : "b", random.nextInt(4) == 0 ? "nve" + i : "fw" + i);
        }
        for (int i = 0; i < VMS; i++) {
            network.vm("vm" + i, "nve" + random.nextInt(EDGES), "10.0.0." + (1 + i));
        }
        return network;
    }

    private static String change(final Network network, final Random random, final List<String> log) {
        final var vm = "vm" + random.nextInt(VMS);
        final var edge = "nve" + random.nextInt(EDGES);
        final var firewall = "fw" + random.nextInt(EDGES);
        final var device = random.nextBoolean() ? "a" : "b";
        switch (random.nextInt(7)) {
            case 0 -> {
                network.move(vm, null);
                log.add(vm + " away");
                return vm;
            }
            case 1, 2 -> {
                network.move(vm, edge).move("vm0", "nve" + random.nextInt(EDGES));
                log.add(vm + " to " + edge);
            }
            case 3 -> network.cut(edge, firewall);
            case 4 -> network.cable(edge, firewall, 1 + random.nextInt(3));
            case 5 -> network.cut(device, random.nextBoolean() ? edge : firewall);
            default -> {
                network.cable(device, random.nextInt(3) == 0 ? edge : firewall, 1 + random.nextInt(2));
                if (random.nextInt(6) == 0) {
                    network.link(device, firewall, 3);
                }
            }
        }
        return null;
    }

    /** {@return pairs that were refused} */
    private Set<Set<String>> apply(final List<Decision> decisions, final TopologySnapshot snapshot) {
        final var before = Map.copyOf(state);
        final var hops = new HashSet<List<Object>>();
        final var refusals = new HashSet<Set<String>>();
        for (var decision : decisions) {
            switch (decision) {
                case Decision.Relocation relocation -> {
                    for (var leg : relocation.legs()) {
                        before.forEach((pair, hosts) -> {
                            if (pair.contains(relocation.vmName()) && hosts.contains(leg.source())
                                    && covers(leg.peers(), peer(pair, relocation.vmName()), snapshot)) {
                                assertTrue(hops.add(List.of(pair, leg.source())), pair + " moved twice");
                                final var next = new HashSet<>(state.get(pair));
                                next.remove(leg.source());
                                next.add(leg.destination());
                                state.put(pair, next);
                                moved++;
                            }
                        });
                    }
                }
                case Decision.Refusal refusal -> REFUSED.matcher(RefusalText.of(refusal.refusal())).results()
                    .flatMap(result -> Arrays.stream(result.group(1).split(", ")))
                    .forEach(peer -> {
                        refusals.add(Set.of(refusal.vmName(), peer));
                        refused++;
                    });
            }
        }
        return refusals;
    }

    private static boolean covers(final List<IpPrefix> peers, final String peer, final TopologySnapshot snapshot) {
        return peers.isEmpty() || snapshot.vms().get(peer).addresses().stream()
            .anyMatch(address -> peers.stream().anyMatch(prefix -> prefix.contains(address)));
    }

    private static String peer(final Set<String> pair, final String vm) {
        return pair.stream().filter(name -> !name.equals(vm)).findFirst().orElseThrow();
    }

    private void settle(final TopologySnapshot snapshot, final Set<Set<String>> refusals) {
        final var oracle = new Oracle(snapshot);
        final var vms = new TreeMap<>(snapshot.vms());
        vms.values().forEach(one -> vms.tailMap(one.name(), false).values().forEach(other -> {
            if (one.attachedTo().isEmpty() || other.attachedTo().isEmpty()) {
                return;
            }
            final var pair = Set.of(one.name(), other.name());
            final var hosts = oracle.hosts(one.attachedTo().orElseThrow(), other.attachedTo().orElseThrow());
            if (hosts.isPresent()) {
                if (state.containsKey(pair) && !refusals.contains(pair)) {
                    assertEquals(hosts.orElseThrow(), state.get(pair), pair::toString);
                }
                // Flows begin, or an operator has moved them
                state.put(pair, hosts.orElseThrow());
            }
        }));
    }

    /** Finds all paths by trying. */
    private static final class Oracle {
        private final TopologySnapshot snapshot;

        Oracle(final TopologySnapshot snapshot) {
            this.snapshot = snapshot;
        }

        /** {@return hosts on the path, if that is clear} */
        Optional<Set<StateHostId>> hosts(final String one, final String other) {
            final var there = cheapest(one, other);
            final var back = cheapest(other, one);
            return there.size() == 1 && there.equals(back) ? Optional.of(there.iterator().next()) : Optional.empty();
        }

        private Set<Set<StateHostId>> cheapest(final String from, final String to) {
            final var found = new TreeMap<Long, Set<Set<StateHostId>>>();
            walk(from, to, 0, new TreeSet<>(Set.of(from)), found);
            return found.isEmpty() ? Set.of() : found.firstEntry().getValue();
        }

        private void walk(final String at, final String to, final long cost, final Set<String> visited,
                final TreeMap<Long, Set<Set<StateHostId>>> found) {
            if (at.equals(to)) {
                found.computeIfAbsent(cost, key -> new HashSet<>()).add(visited.stream()
                    .filter(snapshot.fabric().hosts()::containsKey)
                    .map(StateHostId::new).collect(Collectors.toSet()));
                return;
            }
            for (var link : snapshot.fabric().links()) {
                if (link.from().equals(at) && visited.add(link.to())) {
                    walk(link.to(), to, cost + link.metric(), visited, found);
                    visited.remove(link.to());
                }
            }
        }
    }
}
