// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.backend.linux.nft;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.Collection;
import org.opendaylight.statemigration.flow.Flow;

/**
 * Sees to it that the kernel translates at all. It does so in a network namespace only if some chain there is of type
 * nat: without one it takes a translated entry and passes its packets on untranslated. So the first translated flow
 * brings an empty chain. It stays when this process ends, because the flows do.
 */
public final class NatHookChain {
    /** The table of that chain. */
    public static final String TABLE = "inet statemigration_nat";

    private final Nftables nftables;

    private volatile boolean present;

    public NatHookChain(final Nftables nftables) {
        this.nftables = requireNonNull(nftables);
    }

    /**
     * Have these flows translated.
     *
     * @param flows flows that are about to be created
     * @throws IOException if the kernel cannot translate
     */
    public void require(final Collection<Flow> flows) throws IOException {
        if (!present && flows.stream().anyMatch(flow -> !flow.nat().isNone())) {
            // One is enough for all hooks of both families
            nftables.run("add table " + TABLE + "\nadd chain " + TABLE
                + " translate { type nat hook postrouting priority srcnat; policy accept; }");
            present = true;
        }
    }
}
