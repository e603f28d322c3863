package org.opendaylight.statemigration.tde;

import static java.util.Objects.requireNonNull;

/**
 * What may change too often to be believed.
 *
 * @param kind what it is
 * @param id id of the link
 */
public record Flapping(Kind kind, String id) implements Comparable<Flapping> {
    public Flapping {
        requireNonNull(kind);
        requireNonNull(id);
    }

    @Override
    public int compareTo(final Flapping other) {
        final int first = kind.compareTo(other.kind);
        return first != 0 ? first : id.compareTo(other.id);
    }

    /** What it is. */
    public enum Kind {
        /** A link, one direction of a cable. */
        LINK
    }
}
