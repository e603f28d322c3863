// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.backend.linux.conntrack;

import java.net.InetAddress;
import java.util.Arrays;
import org.opendaylight.statemigration.agent.backend.linux.mapping.Zones;
import org.opendaylight.statemigration.agent.backend.linux.netlink.Ctnetlink;
import org.opendaylight.statemigration.agent.backend.linux.netlink.NetlinkAttributes;
import org.opendaylight.statemigration.agent.backend.linux.netlink.NetlinkMessage;
import org.opendaylight.statemigration.agent.backend.linux.netlink.NetlinkMessageWriter;
import org.opendaylight.statemigration.flow.Expectation;
import org.opendaylight.statemigration.flow.Flow;
import org.opendaylight.statemigration.flow.Identifiers;
import org.opendaylight.statemigration.flow.Tuple;

/** Requests about expectations. They go with their master, so there is none to delete one. */
public final class ExpectationRequests {
    private static final int PORT_MAX = 0xffff;

    private ExpectationRequests() {
        // Hidden on purpose
    }

    /**
     * Create an expectation that must not be there yet.
     *
     * @param master its master, which is in the table
     * @param zone the master's zone
     * @param expectation the expectation
     * @return a request
     */
    public static EntryRequests.Request create(final Flow master, final int zone, final Expectation expectation) {
        return (writer, sequence) -> writer.message(Ctnetlink.EXPECT_NEW,
            NetlinkMessage.REQUEST | NetlinkMessage.CREATE | NetlinkMessage.EXCL, sequence,
                EntryRequests.family(master.key().original()), 0,
            () -> {
                names(writer, master, zone, expectation);
                writer.networkInt(Ctnetlink.EXPECT_FLAGS,
                    expectation.permanent() ? Ctnetlink.EXPECT_PERMANENT : 0);
                // Without HELP_NAME: it would be the helper of the expected flow, not of its master
                expectation.translation().ifPresent(translation -> {
                    writer.nested(Ctnetlink.EXPECT_NAT, () -> {
                        writer.networkInt(Ctnetlink.EXPECT_NAT_DIR,
                            translation.direction() == Expectation.Direction.ORIGINAL ? 0 : 1);
                        final var any = any(expectation);
                        EntryWriter.tuple(writer, Ctnetlink.EXPECT_NAT_TUPLE, expectation.protocol(),
                            new Tuple(any, any, new Identifiers.Ports(translation.port(), 0)));
                    });
                    // Without it the port is kept and nothing translated
                    writer.text(Ctnetlink.EXPECT_FN, Ctnetlink.FOLLOW_MASTER);
                });
            });
    }

    /**
     * Set the time-out of an expectation. When it is created the kernel gives it what its helper is wont to give.
     *
     * @param master its master
     * @param zone the master's zone
     * @param expectation the expectation
     * @return a request
     */
    public static EntryRequests.Request setTimeout(final Flow master, final int zone, final Expectation expectation) {
        return (writer, sequence) -> writer.message(Ctnetlink.EXPECT_NEW, NetlinkMessage.REQUEST, sequence,
            EntryRequests.family(master.key().original()), 0, () -> {
                names(writer, master, zone, expectation);
                writer.networkInt(Ctnetlink.EXPECT_TIMEOUT, Math.max(1, expectation.timeout()));
            });
    }

    /**
     * Read the expectations of a master.
     *
     * @param master the master
     * @param zone its zone
     * @return a request
     */
    static EntryRequests.Request dump(final Flow master, final int zone) {
        return (writer, sequence) -> writer.message(Ctnetlink.EXPECT_GET,
            // Of a master that has lost its helper the kernel says nothing at all unless asked to acknowledge
            NetlinkMessage.REQUEST | NetlinkMessage.DUMP | NetlinkMessage.ACK, sequence,
                EntryRequests.family(master.key().original()), 0,
            () -> name(writer, master, zone));
    }

    private static void names(final NetlinkMessageWriter writer, final Flow master, final int zone,
            final Expectation expectation) {
        final int protocol = expectation.protocol();
        final var any = any(expectation);
        final var all = all(expectation);
        name(writer, master, zone);
        EntryWriter.tuple(writer, Ctnetlink.EXPECT_TUPLE, protocol, new Tuple(expectation.source().orElse(any),
            expectation.destination(),
            new Identifiers.Ports(expectation.sourcePort().orElse(0), expectation.destinationPort())));
        EntryWriter.tuple(writer, Ctnetlink.EXPECT_MASK, protocol, new Tuple(
            expectation.source().isPresent() ? all : any, all,
            new Identifiers.Ports(expectation.sourcePort().isPresent() ? PORT_MAX : 0, PORT_MAX)));
    }

    private static void name(final NetlinkMessageWriter writer, final Flow master, final int zone) {
        EntryWriter.tuple(writer, Ctnetlink.EXPECT_MASTER, master.key().protocol(), master.key().original());
        if (zone != Zones.DEFAULT) {
            writer.networkShort(Ctnetlink.EXPECT_ZONE, zone);
        }
    }

    private static InetAddress any(final Expectation expectation) {
        return filled(expectation, 0);
    }

    private static InetAddress all(final Expectation expectation) {
        return filled(expectation, -1);
    }

    private static InetAddress filled(final Expectation expectation, final int octet) {
        final var octets = new byte[expectation.destination().getAddress().length];
        Arrays.fill(octets, (byte) octet);
        return NetlinkAttributes.toAddress(octets);
    }
}
