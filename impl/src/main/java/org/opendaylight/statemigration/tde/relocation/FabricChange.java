// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.tde.relocation;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.opendaylight.statemigration.tde.fabric.Fabric;
import org.opendaylight.statemigration.tde.fabric.Link;
import org.opendaylight.statemigration.tde.fabric.PathTable;
import org.opendaylight.statemigration.tde.fabric.ShortestPaths;

/**
 * Between which edges the route may differ after a change of fabric. That is so only if a link that is gone was on a
 * shortest path between them, or if a link that is new is on one now. Whether a link from u to v may be on a shortest
 * path from x to y is told by the paths of its two ends alone: it leads from x towards v, and towards y from u. So the
 * paths of few nodes tell which routes have to be looked at, and those are few as well unless the network's core has
 * changed.
 */
final class FabricChange {
    /** Where so much is different, it is quicker to look at everything. */
    private static final int MAX_LINKS = 1024;

    private final List<String> edges;
    private final List<Crossing> crossings = new ArrayList<>();

    /**
     * Compare two fabrics.
     *
     * @param before what was
     * @param after what is
     * @param edges the edges of interest, without duplicates
     */
    FabricChange(final Fabric before, final Fabric after, final List<String> edges) {
        this.edges = edges;
        if (before == after) {
            return;
        }
        final var changedHosts = new HashSet<String>();
        Stream.of(before, after).flatMap(fabric -> fabric.hosts().keySet().stream())
            .filter(node -> !Objects.equals(before.hosts().get(node), after.hosts().get(node)))
            .forEach(changedHosts::add);
        final var gone = missing(before.links(), after.links(), changedHosts);
        final var come = missing(after.links(), before.links(), changedHosts);
        if (gone.size() + come.size() > MAX_LINKS) {
            crossings.add(new Crossing(all(), all()));
        } else {
            gone.forEach(link -> cross(before.paths(), link));
            come.forEach(link -> cross(after.paths(), link));
        }
    }

    /** {@return positions of edges of which each route that may differ begins or ends at one} */
    BitSet roots() {
        final var roots = new BitSet();
        for (var crossing : crossings) {
            roots.or(crossing.here().cardinality() < crossing.there().cardinality() ? crossing.here()
                : crossing.there());
        }
        return roots;
    }

    /** {@return positions of the edges to which the route from a given one may differ} */
    BitSet counterparts(final int edge) {
        final var counterparts = new BitSet();
        for (var crossing : crossings) {
            if (crossing.here().get(edge)) {
                counterparts.or(crossing.there());
            }
            if (crossing.there().get(edge)) {
                counterparts.or(crossing.here());
            }
        }
        counterparts.clear(edge);
        return counterparts;
    }

    private static List<Link> missing(final List<Link> some, final Collection<Link> others,
            final Set<String> changedHosts) {
        final var known = new HashSet<>(others);
        return some.stream().filter(link -> !known.contains(link) || changedHosts.contains(link.from())
            || changedHosts.contains(link.to())).toList();
    }

    private void cross(final PathTable paths, final Link link) {
        final var graph = paths.graph();
        final int from = graph.number(link.from()).orElseThrow();
        final int to = graph.number(link.to()).orElseThrow();
        if (from == to) {
            // All routes of a leaf pass its link
            Stream.of(link.from(), link.to()).filter(graph::isLeaf)
                .forEach(leaf -> crossings.add(new Crossing(only(leaf), all())));
            return;
        }
        final var towardsFrom = paths.to(from);
        final var towardsTo = paths.to(to);
        final var awayFrom = paths.from(from);
        final var awayTo = paths.from(to);
        final var here = new BitSet();
        final var there = new BitSet();
        for (int i = 0; i < edges.size(); i++) {
            final int edge = graph.number(edges.get(i)).orElse(-1);
            if (edge >= 0) {
                here.set(i, leads(towardsFrom, link.metric(), towardsTo, edge));
                there.set(i, leads(awayTo, link.metric(), awayFrom, edge));
            }
        }
        crossings.add(new Crossing(here, there));
    }

    private static boolean leads(final ShortestPaths rest, final long metric, final ShortestPaths whole,
            final int edge) {
        return rest.reaches(edge) && rest.distance(edge) + metric == whole.distance(edge);
    }

    private BitSet all() {
        final var all = new BitSet();
        all.set(0, edges.size());
        return all;
    }

    private BitSet only(final String edge) {
        final var only = new BitSet();
        final int at = edges.indexOf(edge);
        if (at >= 0) {
            only.set(at);
        }
        return only;
    }

    /** Routes from any of these edges to any of those may pass a changed link. */
    private record Crossing(BitSet here, BitSet there) {
    }
}
