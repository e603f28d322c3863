// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.transfer;

import com.google.common.base.Ascii;
import java.util.List;
import org.opendaylight.statemigration.flow.Protocols;
import org.opendaylight.statemigration.host.StateHostId;
import org.opendaylight.statemigration.ifma.Chunk;
import org.opendaylight.statemigration.ifma.Refusal;
import org.opendaylight.statemigration.ifma.StateOrchestrationAgent.Omission;
import org.opendaylight.statemigration.text.EnumNames;
import org.opendaylight.statemigration.text.TextLists;

/** Tells people which flows are in the way, the first few of them by name. */
final class RefusedFlowsText {
    private static final int NAMED = 3;
    private static final int MAX_DETAIL = 200;

    private RefusedFlowsText() {
        // Hidden on purpose
    }

    static String refused(final StateHostId host, final Chunk chunk, final List<Refusal> refused) {
        return "State Host " + host + " does not take " + refused.size() + " of the " + chunk.flows().size()
            + " flows of chunk " + chunk.sequence() + ": " + TextLists.firstOf(refused.stream()
                .map(refusal -> chunk.flows().get(refusal.index()).key() + " (" + EnumNames.of(refusal.reason())
                    + (refusal.detail().isEmpty() ? ""
                        : ": " + Ascii.truncate(refusal.detail(), MAX_DETAIL, "...")) + ")")
                .toList(), NAMED, "; ");
    }

    static String omitted(final StateHostId host, final List<Omission> omitted) {
        return "State Host " + host + " cannot hand over " + count(omitted)
            + " entries, whose connections would be lost: " + TextLists.firstOf(omitted.stream()
                .map(omission -> omission.count() + " of " + Protocols.name(omission.protocol()) + " ("
                    + EnumNames.of(omission.reason()) + ")")
                .toList(), NAMED, "; ");
    }

    static int count(final List<Omission> omitted) {
        return (int) Math.min(Integer.MAX_VALUE, omitted.stream().mapToLong(Omission::count).sum());
    }
}
