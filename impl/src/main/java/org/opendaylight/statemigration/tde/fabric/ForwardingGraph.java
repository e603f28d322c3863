// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.tde.fabric;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A fabric with numbers for names. An edge with one neighbour only is never transit, so it has no number of its own but
 * that of its neighbour: most edges of a data center are so, and paths are computed among the others only.
 */
public final class ForwardingGraph {
    private final Map<String, Integer> numbers = new HashMap<>();
    private final Set<String> leaves = new HashSet<>();
    private final StateHost[] hosts;
    private final Arcs outward;
    private final Arcs homeward;

    ForwardingGraph(final Fabric fabric) {
        final var neighbours = new TreeMap<String, Set<String>>();
        fabric.edges().forEach(node -> neighbours.put(node, new HashSet<>(2)));
        fabric.hosts().keySet().forEach(node -> neighbours.put(node, new HashSet<>()));
        fabric.devices().forEach(node -> neighbours.put(node, new HashSet<>()));
        for (var link : fabric.links()) {
            if (!link.from().equals(link.to())) {
                neighbours.get(link.from()).add(link.to());
                neighbours.get(link.to()).add(link.from());
            }
        }
        for (var edge : fabric.edges()) {
            final var around = neighbours.get(edge);
            if (around.size() == 1 && neighbours.get(around.iterator().next()).size() > 1) {
                leaves.add(edge);
            }
        }
        final var inner = new ArrayList<>(new TreeSet<>(neighbours.keySet()));
        inner.removeAll(leaves);
        inner.forEach(node -> numbers.put(node, numbers.size()));
        leaves.forEach(leaf -> numbers.put(leaf, numbers.get(neighbours.get(leaf).iterator().next())));
        hosts = inner.stream().map(fabric.hosts()::get).toArray(StateHost[]::new);

        final var arcs = cheapest(fabric.links());
        outward = Arcs.of(inner.size(), arcs, false);
        final boolean symmetric = arcs.entrySet().stream()
            .allMatch(arc -> arc.getValue().equals(arcs.get(arc.getKey().reversed())));
        homeward = symmetric ? outward : Arcs.of(inner.size(), arcs, true);
    }

    /** {@return the number under which paths to and from a node are found; none if it is no node of the fabric} */
    public Optional<Integer> number(final String node) {
        return Optional.ofNullable(numbers.get(node));
    }

    /** {@return whether the node shares its only neighbour's number} */
    public boolean isLeaf(final String node) {
        return leaves.contains(node);
    }

    /** {@return the State Host with that number, or null} */
    StateHost host(final int number) {
        return hosts[number];
    }

    int size() {
        return hosts.length;
    }

    /** {@return whether all links cost the same both ways} */
    boolean isSymmetric() {
        return outward == homeward;
    }

    Arcs outward() {
        return outward;
    }

    /** {@return the same against the direction of the links} */
    Arcs homeward() {
        return homeward;
    }

    private Map<Arc, Long> cheapest(final List<Link> links) {
        final var arcs = new HashMap<Arc, Long>(2 * links.size());
        for (var link : links) {
            final int from = numbers.get(link.from());
            final int to = numbers.get(link.to());
            if (from != to) {
                arcs.merge(new Arc(from, to), link.metric(), Math::min);
            }
        }
        return arcs;
    }

    private record Arc(int from, int to) {
        Arc reversed() {
            return new Arc(to, from);
        }
    }

    /**
     * Arcs by the node that they leave: those of node n are at {@code first[n]} up to {@code first[n + 1]}.
     *
     * @param first where each node's arcs begin
     * @param target the node each leads to
     * @param cost what each costs
     */
    record Arcs(int[] first, int[] target, long[] cost) {
        private static Arcs of(final int nodes, final Map<Arc, Long> arcs, final boolean reversed) {
            final int[] first = new int[nodes + 1];
            arcs.keySet().forEach(arc -> first[(reversed ? arc.to() : arc.from()) + 1]++);
            for (int i = 0; i < nodes; i++) {
                first[i + 1] += first[i];
            }
            final int[] next = first.clone();
            final int[] target = new int[arcs.size()];
            final long[] cost = new long[arcs.size()];
            arcs.forEach((arc, metric) -> {
                final int at = next[reversed ? arc.to() : arc.from()]++;
                target[at] = reversed ? arc.from() : arc.to();
                cost[at] = metric;
            });
            return new Arcs(first, target, cost);
        }
    }
}
