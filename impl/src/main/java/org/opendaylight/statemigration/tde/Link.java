package org.opendaylight.statemigration.tde;

import static java.util.Objects.requireNonNull;

/**
 * A link. It is unidirectional: a cable is two.
 *
 * @param id its id
 * @param from node where it begins
 * @param to node where it ends
 * @param metric its cost, 1..16777215
 * @param up whether it carries traffic
 */
public record Link(String id, String from, String to, long metric, boolean up) {
    private static final long MAX_METRIC = 16_777_215;

    public Link {
        requireNonNull(id);
        requireNonNull(from);
        requireNonNull(to);
        if (metric < 1 || metric > MAX_METRIC) {
            throw new IllegalArgumentException("Metric " + metric + " of link " + id + " is not in the range 1.."
                + MAX_METRIC);
        }
    }
}
