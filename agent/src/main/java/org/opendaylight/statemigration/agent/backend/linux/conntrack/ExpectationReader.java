// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.backend.linux.conntrack;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.opendaylight.statemigration.agent.backend.linux.mapping.MasterTuple;
import org.opendaylight.statemigration.agent.backend.linux.netlink.Ctnetlink;
import org.opendaylight.statemigration.agent.backend.linux.netlink.KernelException;
import org.opendaylight.statemigration.agent.backend.linux.netlink.NetlinkAttributes;
import org.opendaylight.statemigration.agent.backend.linux.netlink.NetlinkMessage;
import org.opendaylight.statemigration.flow.Expectation;
import org.opendaylight.statemigration.flow.Expectation.Direction;
import org.opendaylight.statemigration.flow.Expectation.Translation;
import org.opendaylight.statemigration.flow.Identifiers;
import org.opendaylight.statemigration.flow.Tuple;

/** Reads an expectation out of a message of the kernel. */
final class ExpectationReader {
    /**
     * Helpers whose expected flows need no helper of their own. The kernel does not tell that of an expectation: the
     * name that it gives is the master's. So those of H.323, SIP and PPTP cannot be made again as they were.
     */
    private static final Set<String> HELPERS = Set.of("ftp", "irc", "tftp", "amanda", "sane");
    private static final int PORT_MAX = 0xffff;

    private TupleReader.Directed expected;
    private TupleReader.Directed mask;
    private long timeout;
    private long kind;
    private long flags;
    private Optional<String> helper = Optional.empty();
    private Optional<String> function = Optional.empty();
    private Optional<TupleReader.Directed> saved = Optional.empty();
    private int direction;

    private ExpectationReader() {
        // Hidden on purpose
    }

    /**
     * Read an expectation.
     *
     * @param message the message
     * @return the expectation; empty if it is of a kind that cannot be expressed
     * @throws KernelException if the message is none
     */
    static Optional<Expectation> read(final NetlinkMessage message) throws KernelException {
        return new ExpectationReader().expectation(message.attributes());
    }

    /**
     * Read the master of an expectation.
     *
     * @param message the message
     * @return its master
     * @throws KernelException if it tells none
     */
    static MasterTuple master(final NetlinkMessage message) throws KernelException {
        final var attributes = message.attributes();
        while (attributes.next()) {
            if (attributes.type() == Ctnetlink.EXPECT_MASTER) {
                final var tuple = TupleReader.read(attributes.nested());
                return new MasterTuple(tuple.protocol(), tuple.tuple());
            }
        }
        throw new KernelException("The kernel sent an expectation without its master");
    }

    private Optional<Expectation> expectation(final NetlinkAttributes attributes) throws KernelException {
        while (attributes.next()) {
            switch (attributes.type()) {
                case Ctnetlink.EXPECT_TUPLE -> expected = TupleReader.read(attributes.nested());
                case Ctnetlink.EXPECT_MASK -> mask = TupleReader.read(attributes.nested());
                case Ctnetlink.EXPECT_TIMEOUT -> timeout = attributes.networkInt();
                case Ctnetlink.EXPECT_HELP_NAME -> helper = Optional.of(attributes.text());
                case Ctnetlink.EXPECT_FLAGS -> flags = attributes.networkInt();
                case Ctnetlink.EXPECT_CLASS -> kind = attributes.networkInt();
                case Ctnetlink.EXPECT_NAT -> readTranslation(attributes.nested());
                case Ctnetlink.EXPECT_FN -> function = Optional.of(attributes.text());
                default -> {
                    // the master is known, and the ID of no use elsewhere
                }
            }
        }
        if (expected == null || mask == null) {
            throw new KernelException("The kernel sent an expectation without its tuples");
        }
        return expressed();
    }

    private void readTranslation(final NetlinkAttributes attributes) throws KernelException {
        while (attributes.next()) {
            switch (attributes.type()) {
                case Ctnetlink.EXPECT_NAT_DIR -> direction = (int) attributes.networkInt();
                case Ctnetlink.EXPECT_NAT_TUPLE -> saved = Optional.of(TupleReader.read(attributes.nested()));
                default -> {
                    // nothing else is known
                }
            }
        }
    }

    private Optional<Expectation> expressed() {
        final boolean plain = helper.filter(HELPERS::contains).isPresent() && kind == 0
            && (flags & ~Ctnetlink.EXPECT_PERMANENT) == 0;
        if (!plain || !(expected.tuple().identifiers() instanceof Identifiers.Ports(var from, var to))
                || !(mask.tuple().identifiers() instanceof Identifiers.Ports(var fromMask, var toMask))) {
            return Optional.empty();
        }
        final var sourceMask = mask.tuple().source();
        final boolean whole = isAll(sourceMask, 0xff) || isAll(sourceMask, 0);
        if (!whole || fromMask != 0 && fromMask != PORT_MAX || toMask != PORT_MAX) {
            return Optional.empty();
        }
        // Either both or none: translated as the master is
        if (saved.isPresent() != function.isPresent()
                || function.isPresent() && !function.orElseThrow().equals(Ctnetlink.FOLLOW_MASTER)
                || saved.filter(each -> !isAll(each.tuple().source(), 0)).isPresent()) {
            return Optional.empty();
        }
        return Optional.of(new Expectation(expected.protocol(),
            isAll(sourceMask, 0) ? Optional.empty() : Optional.of(expected.tuple().source()),
            fromMask == 0 ? OptionalInt.empty() : OptionalInt.of(from), expected.tuple().destination(), to, timeout,
            (flags & Ctnetlink.EXPECT_PERMANENT) != 0, saved.map(this::translation)));
    }

    private Translation translation(final TupleReader.Directed original) {
        return new Translation(direction == 0 ? Direction.ORIGINAL : Direction.REPLY, sourcePort(original.tuple()));
    }

    private static int sourcePort(final Tuple tuple) {
        return tuple.identifiers() instanceof Identifiers.Ports(var source, var destination) ? source : 0;
    }

    private static boolean isAll(final InetAddress address, final int octet) {
        final var all = new byte[address.getAddress().length];
        Arrays.fill(all, (byte) octet);
        return Arrays.equals(all, address.getAddress());
    }
}
