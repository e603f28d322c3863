// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.tde.fabric;

import java.util.Arrays;
import org.opendaylight.statemigration.tde.fabric.ForwardingGraph.Arcs;

/**
 * All shortest paths from one node, or to it: Dijkstra's algorithm, which carries along which State Hosts are passed.
 */
public final class ShortestPaths {
    private static final long UNREACHABLE = Long.MAX_VALUE;
    /** Distances take what a node's number leaves: there are at most 2^20 nodes and metrics have 24 bits. */
    private static final int NODE_BITS = 20;

    private final long[] distances;
    private final Route[] routes;

    private ShortestPaths(final int size) {
        distances = new long[size];
        routes = new Route[size];
        Arrays.fill(distances, UNREACHABLE);
        Arrays.fill(routes, Route.NO_PATH);
    }

    /**
     * Compute.
     *
     * @param graph the nodes
     * @param arcs how to go from one to another
     * @param root where to begin
     * @return paths to each node
     */
    static ShortestPaths of(final ForwardingGraph graph, final Arcs arcs, final int root) {
        if (graph.size() > 1 << NODE_BITS) {
            throw new IllegalArgumentException("A topology of " + graph.size() + " nodes is too large: at most "
                + (1 << NODE_BITS) + " can be dealt with");
        }
        final var paths = new ShortestPaths(graph.size());
        paths.distances[root] = 0;
        paths.routes[root] = Route.DIRECT;
        final var queue = new LongHeap();
        queue.add(root);
        while (!queue.isEmpty()) {
            final long nearest = queue.poll();
            final int node = (int) (nearest & (1 << NODE_BITS) - 1);
            if (nearest >> NODE_BITS == paths.distances[node]) {
                // Metrics are positive, so all paths to this node are known by now
                final var host = graph.host(node);
                if (host != null) {
                    paths.routes[node] = paths.routes[node].passing(host);
                }
                paths.leave(node, arcs, queue);
            }
        }
        return paths;
    }

    private void leave(final int node, final Arcs arcs, final LongHeap queue) {
        final int end = arcs.first()[node + 1];
        for (int arc = arcs.first()[node]; arc < end; arc++) {
            final int target = arcs.target()[arc];
            final long distance = distances[node] + arcs.cost()[arc];
            if (distance < distances[target]) {
                distances[target] = distance;
                routes[target] = routes[node];
                queue.add(distance << NODE_BITS | target);
            } else if (distance == distances[target]) {
                routes[target] = routes[target].or(routes[node]);
            }
        }
    }

    public long distance(final int node) {
        return distances[node];
    }

    public boolean reaches(final int node) {
        return distances[node] != UNREACHABLE;
    }

    /** {@return State Hosts on the way, both ends included} */
    Route route(final int node) {
        return routes[node];
    }
}
