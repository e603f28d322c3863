package org.opendaylight.statemigration.tde;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A topology contradicts itself, so no path can be told from it.
 */
public final class ContradictoryTopologyException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<Contradiction> contradictions;

    ContradictoryTopologyException(final List<Contradiction> contradictions) {
        super(contradictions.stream().map(Contradiction::sentence).collect(Collectors.joining(" ")));
        this.contradictions = List.copyOf(contradictions);
    }

    /** {@return all that was found, at least one} */
    public List<Contradiction> contradictions() {
        return contradictions;
    }
}
