// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.host;

import java.util.Arrays;
import java.util.Optional;

/**
 * Representations of flow state in chunks: the identities derived from YANG identity {@code representation}. The first
 * that two State Hosts have in common is preferred.
 */
public enum Representation {
    /** A YANG list, in the XML encoding of NETCONF. */
    YANG_LIST;

    /**
     * The representation in which flow state moves from one State Host to another.
     *
     * @param source profile of the State Host that the flows leave
     * @param destination profile of the State Host that the flows enter
     * @return the first that both offer; empty if they have none in common
     */
    public static Optional<Representation> common(final HostProfile source, final HostProfile destination) {
        return Arrays.stream(values())
            .filter(each -> source.representations().contains(each) && destination.representations().contains(each))
            .findFirst();
    }
}
