// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.backend.linux.mapping;

import java.util.Arrays;
import java.util.Optional;
import java.util.StringJoiner;
import org.opendaylight.statemigration.agent.backend.FlowStateMerge;
import org.opendaylight.statemigration.agent.backend.linux.netlink.Ctnetlink;
import org.opendaylight.statemigration.flow.Flow;
import org.opendaylight.statemigration.flow.Labels;
import org.opendaylight.statemigration.flow.ProtocolState;
import org.opendaylight.statemigration.flow.TcpEnd;
import org.opendaylight.statemigration.flow.TcpState;

/**
 * Compares a flow with the entry that stands for it. Packets and local policy change an entry, so what they may change
 * counts as a difference only as long as no packet was counted.
 */
public final class EntryComparison {
    private static final Labels UNLABELLED = padded(Labels.NONE);

    private final StringJoiner differences;

    private EntryComparison(final Flow flow) {
        differences = new StringJoiner("; ", "Flow " + flow.key() + " differs: ", "").setEmptyValue("");
    }

    /**
     * Compare.
     *
     * @param flow the flow asked for
     * @param zone its zone
     * @param entry the entry found
     * @return a sentence that tells all differences; empty if there is none
     */
    public static Optional<String> difference(final Flow flow, final int zone, final ConntrackEntry entry) {
        return difference(flow, zone, entry, false);
    }

    /**
     * Compare.
     *
     * @param flow the flow asked for
     * @param zone its zone
     * @param entry the entry found
     * @param used packets may have passed, even if none were counted
     * @return a sentence that tells all differences; empty if there is none
     */
    public static Optional<String> difference(final Flow flow, final int zone, final ConntrackEntry entry,
            final boolean used) {
        final var entryComparison = new EntryComparison(flow);
        entryComparison.compare(flow, zone, entry, used || entry.hasTraffic());
        final var text = entryComparison.differences.toString();
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    private void compare(final Flow flow, final int zone, final ConntrackEntry entry, final boolean used) {
        final var reply = TupleInversion.reply(flow).orElse(flow.reply());
        check("protocol", flow.key().protocol(), entry.protocol());
        check("original direction", flow.key().original(), entry.original());
        // Tells whether the kernel has picked another port
        check("reply direction", reply, entry.reply());
        check("zone", zone, entry.zone());
        nat(flow, entry);
        final boolean quiet = !used;
        atLeast("seen-reply", flow.seenReply(), entry.has(Ctnetlink.SEEN_REPLY), quiet);
        atLeast("assured", flow.assured(), entry.has(Ctnetlink.ASSURED), quiet);
        check("helper", flow.helper(), entry.helper());
        check("master", flow.master().map(MasterTuple::of), entry.master());
        if (quiet) {
            check("mark", flow.mark(), entry.mark());
            labels(padded(flow.labels()), padded(entry.labels()));
        }
        final var found = DecodedEntry.protocolState(entry);
        if (found.isEmpty()) {
            differences.add("the kernel keeps no state of its protocol");
            return;
        }
        switch (flow.protocolState()) {
            case ProtocolState.Tcp tcp when found.orElseThrow() instanceof ProtocolState.Tcp other ->
                tcp(tcp, other, quiet);
            case ProtocolState.Sctp sctp when quiet -> check("SCTP state", sctp, found.orElseThrow());
            default -> {
                // nothing to compare
            }
        }
    }

    private void nat(final Flow flow, final ConntrackEntry entry) {
        // DONE without the bit itself is what an entry shows that passes packets on untranslated
        TupleInversion.nat(flow.key().protocol(), flow.key().original(), flow.reply()).ifPresent(nat -> {
            check("source translation", nat.source().isPresent(),
                entry.has(Ctnetlink.SRC_NAT) && entry.has(Ctnetlink.SRC_NAT_DONE));
            check("destination translation", nat.destination().isPresent(),
                entry.has(Ctnetlink.DST_NAT) && entry.has(Ctnetlink.DST_NAT_DONE));
        });
    }

    /** The kernel drops labels without a word unless a rule uses them. */
    private void labels(final Labels wanted, final Labels found) {
        if (found.equals(UNLABELLED) && !wanted.equals(UNLABELLED)) {
            differences.add("labels " + wanted + " are not kept, as they are only while a rule of the packet filter"
                + " uses 'ct label'");
        } else {
            check("labels", wanted, found);
        }
    }

    private void tcp(final ProtocolState.Tcp wanted, final ProtocolState.Tcp found, final boolean quiet) {
        if (quiet || FlowStateMerge.rank(found.state()) < FlowStateMerge.rank(wanted.state())) {
            check("TCP state", wanted.state(), found.state());
        }
        // A SYN that passes tells options, but only of an end that has sent none yet
        final boolean open = FlowStateMerge.rank(wanted.state()) < FlowStateMerge.rank(TcpState.ESTABLISHED) && !quiet;
        tcpEnd("originator", wanted.originator(), found.originator(), quiet, open);
        tcpEnd("responder", wanted.responder(), found.responder(), quiet, open);
    }

    private void tcpEnd(final String end, final TcpEnd wanted, final TcpEnd found, final boolean quiet,
            final boolean open) {
        if (!open) {
            check("window scale of the " + end, wanted.windowScale(), found.windowScale());
            check("SACK of the " + end, wanted.sackPermitted(), found.sackPermitted());
        }
        if (quiet) {
            check("shift of sequence numbers of the " + end, wanted.adjustment(), found.adjustment());
        }
        atLeast("close by the " + end, wanted.closeInitiated(), found.closeInitiated(), quiet);
    }

    private void atLeast(final String what, final boolean wanted, final boolean found, final boolean quiet) {
        if (quiet || wanted) {
            check(what, wanted, found);
        }
    }

    private void check(final String what, final Object wanted, final Object found) {
        if (!wanted.equals(found)) {
            differences.add(what + " is " + found + " instead of " + wanted);
        }
    }

    private static Labels padded(final Labels labels) {
        final byte[] bits = labels.toByteArray();
        return Labels.of(Arrays.copyOf(bits, Ctnetlink.LABELS_LENGTH));
    }
}
