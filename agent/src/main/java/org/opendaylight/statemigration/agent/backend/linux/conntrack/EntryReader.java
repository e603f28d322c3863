// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.backend.linux.conntrack;

import java.util.Optional;
import org.opendaylight.statemigration.agent.backend.linux.mapping.ConntrackEntry;
import org.opendaylight.statemigration.agent.backend.linux.mapping.MasterTuple;
import org.opendaylight.statemigration.agent.backend.linux.mapping.SctpInfo;
import org.opendaylight.statemigration.agent.backend.linux.mapping.TcpInfo;
import org.opendaylight.statemigration.agent.backend.linux.netlink.Ctnetlink;
import org.opendaylight.statemigration.agent.backend.linux.netlink.KernelException;
import org.opendaylight.statemigration.agent.backend.linux.netlink.NetlinkAttributes;
import org.opendaylight.statemigration.agent.backend.linux.netlink.NetlinkMessage;
import org.opendaylight.statemigration.flow.Counters;
import org.opendaylight.statemigration.flow.Labels;
import org.opendaylight.statemigration.flow.SequenceAdjustment;

/** Reads an entry out of a message of the kernel. */
public final class EntryReader {
    private TupleReader.Directed original;
    private TupleReader.Directed reply;
    private int zone;
    private int status;
    private long timeout;
    private long mark;
    private Labels labels = Labels.NONE;
    private Optional<String> helper = Optional.empty();
    private Optional<TcpInfo> tcp = Optional.empty();
    private Optional<SctpInfo> sctp = Optional.empty();
    private Counters originalCounters = Counters.NONE;
    private Counters replyCounters = Counters.NONE;
    private long id;
    private boolean special;
    private Optional<MasterTuple> master = Optional.empty();
    private Optional<SequenceAdjustment> originalShift = Optional.empty();
    private Optional<SequenceAdjustment> replyShift = Optional.empty();

    private EntryReader() {
        // Hidden on purpose
    }

    /**
     * Read an entry.
     *
     * @param message the message
     * @return the entry
     * @throws KernelException if the message is no entry
     */
    public static ConntrackEntry read(final NetlinkMessage message) throws KernelException {
        return new EntryReader().entry(message.attributes());
    }

    private ConntrackEntry entry(final NetlinkAttributes attributes) throws KernelException {
        while (attributes.next()) {
            switch (attributes.type()) {
                case Ctnetlink.TUPLE_ORIG -> original = TupleReader.read(attributes.nested());
                case Ctnetlink.TUPLE_REPLY -> reply = TupleReader.read(attributes.nested());
                case Ctnetlink.STATUS -> status = (int) attributes.networkInt();
                case Ctnetlink.TIMEOUT -> timeout = attributes.networkInt();
                case Ctnetlink.MARK -> mark = attributes.networkInt();
                case Ctnetlink.LABELS -> labels = labels(attributes.octets());
                case Ctnetlink.HELP -> helper = helper(attributes.nested());
                case Ctnetlink.PROTOINFO -> protocolInfo(attributes.nested());
                case Ctnetlink.COUNTERS_ORIG -> originalCounters = counters(attributes.nested());
                case Ctnetlink.COUNTERS_REPLY -> replyCounters = counters(attributes.nested());
                case Ctnetlink.ID -> id = attributes.networkInt();
                case Ctnetlink.ZONE -> zone = attributes.networkShort();
                case Ctnetlink.TUPLE_MASTER -> {
                    final var tuple = TupleReader.read(attributes.nested());
                    master = Optional.of(new MasterTuple(tuple.protocol(), tuple.tuple()));
                }
                case Ctnetlink.SEQ_ADJ_ORIG -> originalShift = adjustment(attributes.nested());
                case Ctnetlink.SEQ_ADJ_REPLY -> replyShift = adjustment(attributes.nested());
                // Entries made over netlink have it too, with zeros
                case Ctnetlink.SYNPROXY -> special |= isAnyNotZero(attributes.nested());
                default -> {
                    // USE, TIMESTAMP, SECCTX are of no use elsewhere
                }
            }
        }
        if (original == null || reply == null) {
            throw new KernelException("The kernel sent an entry without its tuples");
        }
        if (original.zone() != 0 || reply.zone() != 0) {
            special = true;
            zone = Math.max(original.zone(), reply.zone());
        }
        return new ConntrackEntry(original.protocol(), original.tuple(), reply.tuple(), zone, status, timeout, mark,
            labels, helper, tcp, sctp, originalCounters, replyCounters, id, special, master, originalShift,
            replyShift);
    }

    /** Both directions of an entry have one as soon as either is shifted, the other with zeros. */
    private static Optional<SequenceAdjustment> adjustment(final NetlinkAttributes attributes) {
        long position = 0;
        long before = 0;
        long after = 0;
        while (attributes.next()) {
            switch (attributes.type()) {
                case Ctnetlink.SEQ_ADJ_POSITION -> position = attributes.networkInt();
                case Ctnetlink.SEQ_ADJ_BEFORE -> before = attributes.networkInt();
                case Ctnetlink.SEQ_ADJ_AFTER -> after = attributes.networkInt();
                default -> {
                    // nothing else is known
                }
            }
        }
        return before == 0 && after == 0 ? Optional.empty()
            : Optional.of(new SequenceAdjustment(position, (int) before, (int) after));
    }

    private static Labels labels(final byte[] bits) {
        for (byte octet : bits) {
            if (octet != 0) {
                return Labels.of(bits);
            }
        }
        return Labels.NONE;
    }

    private static Optional<String> helper(final NetlinkAttributes attributes) {
        while (attributes.next()) {
            if (attributes.type() == Ctnetlink.HELP_NAME) {
                return Optional.of(attributes.text());
            }
        }
        return Optional.empty();
    }

    private static Counters counters(final NetlinkAttributes attributes) {
        long packets = 0;
        long octets = 0;
        while (attributes.next()) {
            switch (attributes.type()) {
                case Ctnetlink.COUNTERS_PACKETS -> packets = attributes.networkLong();
                case Ctnetlink.COUNTERS_BYTES -> octets = attributes.networkLong();
                default -> {
                    // padding
                }
            }
        }
        return new Counters(packets, octets);
    }

    private static boolean isAnyNotZero(final NetlinkAttributes attributes) {
        while (attributes.next()) {
            if (attributes.networkInt() != 0) {
                return true;
            }
        }
        return false;
    }

    private void protocolInfo(final NetlinkAttributes attributes) {
        while (attributes.next()) {
            switch (attributes.type()) {
                case Ctnetlink.PROTOINFO_TCP -> tcp = Optional.of(tcp(attributes.nested()));
                case Ctnetlink.PROTOINFO_SCTP -> sctp = Optional.of(sctp(attributes.nested()));
                default -> {
                    // DCCP is not carried
                }
            }
        }
    }

    private static TcpInfo tcp(final NetlinkAttributes attributes) {
        final var fields = new int[Ctnetlink.TCP_FLAGS_REPLY + 1];
        while (attributes.next()) {
            if (attributes.type() < fields.length) {
                // Flags come with a mask in a second octet. It is always zero in what the kernel sends
                fields[attributes.type()] = attributes.octet();
            }
        }
        return new TcpInfo(fields[Ctnetlink.TCP_STATE], fields[Ctnetlink.TCP_WSCALE_ORIG],
            fields[Ctnetlink.TCP_WSCALE_REPLY], fields[Ctnetlink.TCP_FLAGS_ORIG], fields[Ctnetlink.TCP_FLAGS_REPLY]);
    }

    private static SctpInfo sctp(final NetlinkAttributes attributes) {
        int state = 0;
        long originalTag = 0;
        long replyTag = 0;
        while (attributes.next()) {
            switch (attributes.type()) {
                case Ctnetlink.SCTP_STATE -> state = attributes.octet();
                case Ctnetlink.SCTP_VTAG_ORIG -> originalTag = attributes.networkInt();
                case Ctnetlink.SCTP_VTAG_REPLY -> replyTag = attributes.networkInt();
                default -> {
                    // nothing else is known
                }
            }
        }
        return new SctpInfo(state, originalTag, replyTag);
    }
}
