// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.backend.linux.mapping;

import java.util.Optional;
import org.opendaylight.statemigration.agent.backend.FlowStateMerge;
import org.opendaylight.statemigration.agent.backend.StateTable;
import org.opendaylight.statemigration.flow.Counters;
import org.opendaylight.statemigration.flow.Labels;
import org.opendaylight.statemigration.flow.Protocols;
import org.opendaylight.statemigration.flow.SequenceAdjustment;
import org.opendaylight.statemigration.flow.Tuple;

/**
 * An entry of the kernel's table.
 *
 * @param protocol IP protocol number
 * @param original original direction
 * @param reply reply direction
 * @param zone zone, 0 for the default one
 * @param status status bits
 * @param timeout seconds left
 * @param mark mark
 * @param labels labels, {@link Labels#NONE} if all bits are zero
 * @param helper name of the helper
 * @param tcp TCP state
 * @param sctp SCTP state
 * @param originalCounters traffic in the original direction
 * @param replyCounters traffic in the reply direction
 * @param id {@code CTA_ID}: another one for each entry that ever has this tuple
 * @param special it is of a SYN proxy or has a zone in one direction only
 * @param master what has expected it, even if that is gone
 * @param originalShift by how much sequence numbers of the original direction are shifted
 * @param replyShift by how much those of the reply direction are
 */
public record ConntrackEntry(int protocol, Tuple original, Tuple reply, int zone, int status, long timeout, long mark,
        Labels labels, Optional<String> helper, Optional<TcpInfo> tcp, Optional<SctpInfo> sctp,
        Counters originalCounters, Counters replyCounters, long id, boolean special,
        Optional<MasterTuple> master, Optional<SequenceAdjustment> originalShift,
        Optional<SequenceAdjustment> replyShift) {

    boolean has(final int bits) {
        return (status & bits) == bits;
    }

    /** {@return whether packets were counted, in any direction} */
    public boolean hasTraffic() {
        return packets() != 0;
    }

    /** {@return packets of both directions} */
    public long packets() {
        return originalCounters.packets() + replyCounters.packets();
    }

    /**
     * Tell whether it is still the entry that was created. Its identity alone does not tell: a connection that is
     * opened anew gets the old entry, or a new one in the same place in memory, which makes the identity.
     *
     * @param created the entry as it was created
     * @return whether it is
     */
    public boolean isStill(final StateTable.Entry created) {
        return id == created.identity() && original.equals(created.flow().key().original())
            && DecodedEntry.protocolState(this).filter(now ->
                FlowStateMerge.isOpenedAnew(created.flow().protocolState(), now))
                .isEmpty();
    }

    /** {@return its name, for people} */
    String describe() {
        return Protocols.name(protocol) + " " + original + ", answered " + reply
            + (zone == 0 ? "" : ", in zone " + zone) + " (entry " + id + ")";
    }
}
