// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.tde.fabric;

import static java.util.Objects.requireNonNull;

import java.util.LinkedHashMap;
import java.util.Map;
import org.opendaylight.statemigration.tde.fabric.ForwardingGraph.Arcs;
import org.opendaylight.statemigration.tde.refusal.UnclearFlows.AmbiguousPath.Cause;

/**
 * Routes between the edges of one fabric. Shortest paths are computed once per edge, when first asked for. Only those
 * asked for last are kept, so whoever wants many should ask edge by edge. Safe for use by several threads.
 */
public final class PathTable {
    /** Each takes some 16 bytes for each node of the fabric. */
    private static final int MAX_KEPT = 64;

    private final ForwardingGraph graph;
    private final Map<Integer, ShortestPaths> outward = new Recent<>();
    private final Map<Integer, ShortestPaths> homeward;

    PathTable(final ForwardingGraph graph) {
        this.graph = requireNonNull(graph);
        homeward = graph.isSymmetric() ? outward : new Recent<>();
    }

    public ForwardingGraph graph() {
        return graph;
    }

    /**
     * {@return the route between two edges as it is seen from the first; the other way round it is the same, reversed}
     *
     * @param one an edge, for which paths to all others are computed
     * @param other an edge
     */
    public synchronized Route between(final String one, final String other) {
        if (one.equals(other)) {
            return Route.DIRECT;
        }
        final var from = graph.number(one);
        final var to = graph.number(other);
        if (from.isEmpty() || to.isEmpty()) {
            return Route.NO_PATH;
        }
        if (!outward.containsKey(from.orElseThrow()) && outward.containsKey(to.orElseThrow())) {
            return between(other, one, to.orElseThrow(), from.orElseThrow()).reversed();
        }
        return between(one, other, from.orElseThrow(), to.orElseThrow());
    }

    private Route between(final String one, final String other, final int from, final int to) {
        final var there = from(from).route(to);
        if (graph.isSymmetric()) {
            return there;
        }
        final var back = to(from).route(to);
        return one.compareTo(other) < 0 ? bothWays(there, back) : bothWays(back, there);
    }

    /** {@return shortest paths that begin at a node} */
    public synchronized ShortestPaths from(final int node) {
        return paths(outward, graph.outward(), node);
    }

    /** {@return shortest paths that end at a node} */
    public synchronized ShortestPaths to(final int node) {
        return paths(homeward, graph.homeward(), node);
    }

    private ShortestPaths paths(final Map<Integer, ShortestPaths> known, final Arcs arcs, final int root) {
        return known.computeIfAbsent(root, node -> ShortestPaths.of(graph, arcs, node));
    }

    private static Route bothWays(final Route there, final Route back) {
        if (there instanceof Route.NoPath || back instanceof Route.NoPath) {
            return Route.NO_PATH;
        }
        if (there instanceof Route.TooLong || back instanceof Route.TooLong) {
            return there instanceof Route.TooLong ? there : back;
        }
        if (there instanceof Route.Clear out && back instanceof Route.Clear in) {
            return out.sameAs(in) ? out.and(in) : Route.Ambiguous.of(Cause.ASYMMETRIC, out, in);
        }
        return there instanceof Route.Ambiguous ? there : back;
    }

    /** Forgets what was not used for long. */
    private static final class Recent<K, V> extends LinkedHashMap<K, V> {
        private static final long serialVersionUID = 1L;
        private static final float LOAD_FACTOR = 0.75f;

        Recent() {
            super(2 * MAX_KEPT, LOAD_FACTOR, true);
        }

        @Override
        protected boolean removeEldestEntry(final Map.Entry<K, V> eldest) {
            return size() > MAX_KEPT;
        }
    }
}
