// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.tde.fabric;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * A link. It is unidirectional: a cable is two.
 *
 * @param id its id
 * @param from node where it begins
 * @param fromPort termination point where it begins, if given
 * @param to node where it ends
 * @param toPort termination point where it ends, if given
 * @param metric its cost, 1..16777215
 * @param up whether it carries traffic
 */
public record Link(String id, String from, Optional<String> fromPort, String to, Optional<String> toPort, long metric,
        boolean up) {
    private static final long MAX_METRIC = 16_777_215;

    public Link {
        requireNonNull(id);
        requireNonNull(from);
        requireNonNull(fromPort);
        requireNonNull(to);
        requireNonNull(toPort);
        if (metric < 1 || metric > MAX_METRIC) {
            throw new IllegalArgumentException("Metric " + metric + " of link " + id + " is not in the range 1.."
                + MAX_METRIC);
        }
    }

    public Link(final String id, final String from, final String to, final long metric, final boolean up) {
        this(id, from, Optional.empty(), to, Optional.empty(), metric, up);
    }
}
