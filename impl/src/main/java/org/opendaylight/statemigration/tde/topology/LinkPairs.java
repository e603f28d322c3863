// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.tde.topology;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import org.opendaylight.statemigration.tde.fabric.Link;

/**
 * Puts unidirectional links together to cables. A cable that is down in one direction carries nothing in the other one
 * either: routing protocols use a link only if both ends can hear each other (RFC 2328, section 16.1, step 2b; RFC
 * 5880, section 6.2).
 *
 * <p>The two directions of a cable are told by their termination points. Where these are not given, links of the same
 * metric belong together, then any that are left, in the order of their ids.
 */
final class LinkPairs {
    /** Which two links belong together, the surest sign first. */
    private static final List<BiPredicate<Link, Link>> SIGNS = List.of(
        (there, back) -> there.fromPort().isPresent() && there.toPort().isPresent() && mirrored(there, back),
        (there, back) -> compatible(there, back) && there.metric() == back.metric(),
        LinkPairs::compatible);

    private final Map<Ends, Pair> pairs = new HashMap<>();

    private LinkPairs() {
        // Made by usable() only
    }

    /**
     * {@return links that carry traffic, which are those whose opposite does too}
     *
     * @param links all links between nodes that exist, in the order of their ids
     */
    static List<Link> usable(final Collection<Link> links) {
        final var linkPairs = new LinkPairs();
        links.forEach(linkPairs::add);
        final var usable = new HashSet<Link>();
        linkPairs.pairs.values().forEach(pair -> pair.match(usable));
        return links.stream().filter(usable::contains).toList();
    }

    private void add(final Link link) {
        final boolean forward = link.from().compareTo(link.to()) < 0;
        final var pair = pairs.computeIfAbsent(forward ? new Ends(link.from(), link.to())
            : new Ends(link.to(), link.from()), ends -> new Pair(new ArrayList<>(), new ArrayList<>()));
        (forward ? pair.there : pair.back).add(link);
    }

    private static boolean mirrored(final Link there, final Link back) {
        return there.fromPort().equals(back.toPort()) && there.toPort().equals(back.fromPort());
    }

    private static boolean compatible(final Link there, final Link back) {
        return agree(there.fromPort(), back.toPort()) && agree(there.toPort(), back.fromPort());
    }

    private static boolean agree(final Optional<String> one, final Optional<String> other) {
        return one.isEmpty() || other.isEmpty() || one.equals(other);
    }

    private record Ends(String smaller, String greater) {
    }

    /** Links both ways between two nodes. */
    private record Pair(List<Link> there, List<Link> back) {
        void match(final Set<Link> usable) {
            final var open = new LinkedHashSet<>(there);
            final var opposite = new LinkedHashSet<>(back);
            for (var sign : SIGNS) {
                for (var link : List.copyOf(open)) {
                    opposite.stream().filter(other -> sign.test(link, other)).findFirst().ifPresent(other -> {
                        open.remove(link);
                        opposite.remove(other);
                        if (link.up() && other.up()) {
                            usable.add(link);
                            usable.add(other);
                        }
                    });
                }
            }
        }
    }
}
