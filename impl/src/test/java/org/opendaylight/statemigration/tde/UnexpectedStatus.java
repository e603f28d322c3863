// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.tde;

import java.time.Instant;
import java.util.List;
import org.opendaylight.statemigration.tde.refusal.RefusalText;
import org.opendaylight.statemigration.tde.refusal.TopologyRefusal;
import org.opendaylight.statemigration.tde.watch.TopologyStatusListener;

/** A listener that expects nothing but what a test overrides. */
public interface UnexpectedStatus extends TopologyStatusListener {
    @Override
    default void refused(final String topologyId, final String vmName, final List<TopologyRefusal> refusals,
            final Instant at) {
        throw new AssertionError(RefusalText.of(refusals));
    }

    @Override
    default void cleared(final String topologyId, final String vmName) {
        throw new AssertionError("Cleared: " + vmName);
    }

    @Override
    default void suppressed(final String topologyId, final String linkId, final Instant until) {
        throw new AssertionError("Suppressed: " + linkId);
    }

    @Override
    default void released(final String topologyId, final String linkId) {
        throw new AssertionError("Released: " + linkId);
    }
}
