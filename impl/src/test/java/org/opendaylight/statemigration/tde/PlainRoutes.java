// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.tde;

import java.util.HashMap;
import java.util.Map;
import org.jgrapht.Graph;
import org.jgrapht.graph.DefaultDirectedWeightedGraph;
import org.jgrapht.graph.DefaultWeightedEdge;
import org.jgrapht.graph.EdgeReversedGraph;
import org.jgrapht.traverse.ClosestFirstIterator;
import org.opendaylight.statemigration.tde.fabric.Fabric;
import org.opendaylight.statemigration.tde.fabric.Route;
import org.opendaylight.statemigration.tde.refusal.UnclearFlows.AmbiguousPath.Cause;

/**
 * Routes between the edges of one fabric as a graph library finds them: slow, and easy to see through. The fast
 * computation is compared with it.
 */
public final class PlainRoutes {
    private final Fabric fabric;
    private final Graph<String, DefaultWeightedEdge> outward;
    private final Graph<String, DefaultWeightedEdge> homeward;
    private final boolean symmetric;
    private final Map<String, Map<String, Route>> routesFrom = new HashMap<>();
    private final Map<String, Map<String, Route>> routesTo = new HashMap<>();

    public PlainRoutes(final Fabric fabric) {
        this.fabric = fabric;
        outward = graphOf(fabric);
        homeward = new EdgeReversedGraph<>(outward);
        symmetric = outward.edgeSet().stream().allMatch(this::hasTwin);
    }

    /**
     * {@return the route between two edges, which is the same as that the other way round}
     *
     * @param one an edge
     * @param other an edge
     */
    public Route between(final String one, final String other) {
        if (one.equals(other)) {
            return Route.DIRECT;
        }
        // Each tree is computed from the smaller end, so that both orders of arguments share it
        final boolean swap = one.compareTo(other) > 0;
        final var from = swap ? other : one;
        final var to = swap ? one : other;
        final var there = routesFrom.computeIfAbsent(from, edge -> tree(outward, edge))
            .getOrDefault(to, Route.NO_PATH);
        if (symmetric) {
            return there;
        }
        final var back = routesTo.computeIfAbsent(from, edge -> tree(homeward, edge)).getOrDefault(to, Route.NO_PATH);
        return bothWays(there, back);
    }

    private static Route bothWays(final Route there, final Route back) {
        if (there instanceof Route.NoPath || back instanceof Route.NoPath) {
            return Route.NO_PATH;
        }
        if (there instanceof Route.Clear out && back instanceof Route.Clear in) {
            return out.sameAs(in) ? out : Route.Ambiguous.of(Cause.ASYMMETRIC, out, in);
        }
        return there instanceof Route.Ambiguous ? there : back;
    }

    /** Nodes come nearest first and metrics are positive, so all a node's predecessors are done before it. */
    private Map<String, Route> tree(final Graph<String, DefaultWeightedEdge> graph, final String root) {
        final var routes = new HashMap<String, Route>();
        final var nodes = new ClosestFirstIterator<>(graph, root);
        while (nodes.hasNext()) {
            final var node = nodes.next();
            final long distance = cost(nodes.getShortestPathLength(node));
            Route route = node.equals(root) ? Route.DIRECT : null;
            for (var link : graph.incomingEdgesOf(node)) {
                final var before = graph.getEdgeSource(link);
                final var earlier = routes.get(before);
                if (earlier != null
                        && cost(nodes.getShortestPathLength(before)) + cost(graph.getEdgeWeight(link)) == distance) {
                    route = route == null ? earlier : either(route, earlier);
                }
            }
            routes.put(node, passing(node, route));
        }
        routes.keySet().retainAll(fabric.edges());
        return routes;
    }

    private static Route either(final Route one, final Route other) {
        if (one instanceof Route.Clear first && other instanceof Route.Clear second) {
            return first.sameAs(second) ? first : Route.Ambiguous.of(Cause.EQUAL_COST, first, second);
        }
        return one.or(other);
    }

    private Route passing(final String node, final Route route) {
        final var host = fabric.hosts().get(node);
        return host == null ? route : route.passing(host);
    }

    private boolean hasTwin(final DefaultWeightedEdge link) {
        final var twin = outward.getEdge(outward.getEdgeTarget(link), outward.getEdgeSource(link));
        return twin != null && cost(outward.getEdgeWeight(twin)) == cost(outward.getEdgeWeight(link));
    }

    /** Costs are whole numbers far below 2^53, so the library's doubles hold them exactly. */
    private static long cost(final double weight) {
        return (long) weight;
    }

    private static Graph<String, DefaultWeightedEdge> graphOf(final Fabric fabric) {
        final var graph = new DefaultDirectedWeightedGraph<String, DefaultWeightedEdge>(DefaultWeightedEdge.class);
        fabric.edges().forEach(graph::addVertex);
        fabric.hosts().keySet().forEach(graph::addVertex);
        fabric.devices().forEach(graph::addVertex);
        for (var link : fabric.links()) {
            final var parallel = graph.getEdge(link.from(), link.to());
            if (parallel == null) {
                graph.setEdgeWeight(graph.addEdge(link.from(), link.to()), link.metric());
            } else if (link.metric() < graph.getEdgeWeight(parallel)) {
                graph.setEdgeWeight(parallel, link.metric());
            }
        }
        return graph;
    }
}
