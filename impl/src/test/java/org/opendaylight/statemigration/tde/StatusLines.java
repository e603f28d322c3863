// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.tde;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.opendaylight.statemigration.OperatorSentences;
import org.opendaylight.statemigration.tde.refusal.RefusalText;
import org.opendaylight.statemigration.tde.refusal.TopologyRefusal;
import org.opendaylight.statemigration.tde.watch.TopologyStatusListener;

/** Tells all that is heard of topologies as lines of text, and checks what operators read. */
public final class StatusLines implements TopologyStatusListener {
    private final Consumer<String> lines;

    public StatusLines(final Consumer<String> lines) {
        this.lines = requireNonNull(lines);
    }

    @Override
    public void refused(final String topologyId, final String vmName, final List<TopologyRefusal> refusals,
            final Instant at) {
        final var detail = RefusalText.of(refusals);
        OperatorSentences.assertPlain(detail);
        lines.accept(topologyId + " " + vmName + " at " + at.toEpochMilli() + ": " + detail);
    }

    @Override
    public void cleared(final String topologyId, final String vmName) {
        lines.accept(topologyId + " " + vmName + " cleared");
    }

    @Override
    public void suppressed(final String topologyId, final String linkId, final Instant until) {
        lines.accept(topologyId + " " + linkId + " suppressed until " + until.toEpochMilli());
    }

    @Override
    public void released(final String topologyId, final String linkId) {
        lines.accept(topologyId + " " + linkId + " released");
    }
}
