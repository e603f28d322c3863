// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.backend.linux.hold;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.opendaylight.statemigration.agent.backend.linux.netlink.NetlinkAttributes;
import org.opendaylight.statemigration.agent.backend.linux.netlink.NetlinkMessage;
import org.opendaylight.statemigration.agent.backend.linux.netlink.NetlinkMessageWriter;

/** Messages of {@code linux/netfilter/nfnetlink_queue.h} for one queue. */
record QueueMessages(int number) {
    static final int PACKET = 0x300;
    static final int DROP = 0;
    static final int ACCEPT = 1;
    /** Above the size of any message of this class. */
    static final int MAX_LENGTH = 128;

    private static final int VERDICT = 0x301;
    private static final int CONFIG = 0x302;

    private static final int PACKET_HDR = 1;
    private static final int VERDICT_HDR = 2;
    private static final int MARK = 3;
    private static final int PAYLOAD = 10;

    private static final int CFG_CMD = 1;
    private static final int CFG_PARAMS = 2;
    private static final int CFG_QUEUE_MAXLEN = 3;
    private static final int CFG_MASK = 4;
    private static final int CFG_FLAGS = 5;
    private static final byte CMD_BIND = 1;
    private static final byte CMD_UNBIND = 2;
    private static final byte COPY_PACKET = 2;
    // Packets that are to be cut up later stay whole
    private static final int GSO = 4;
    // Of FAIL_OPEN, which lets packets pass that find no room, and GSO the latter only
    private static final int FLAGS = 1 | GSO;

    // Up to the end of an IPv6 header: all that is looked at are addresses
    private static final int HEADER_MAX = 40;
    private static final int IPV4 = 4;
    private static final int IPV6 = 6;
    private static final int IPV4_HEADER = 20;

    /**
     * Begin to read the queue.
     *
     * @param writer where to write it
     * @param length packets that the kernel keeps
     */
    void bind(final NetlinkMessageWriter writer, final int length) {
        writer.message(CONFIG, NetlinkMessage.REQUEST, 0, 0, number, () -> {
            command(writer, CMD_BIND);
            writer.octets(CFG_PARAMS, ByteBuffer.allocate(5).putInt(HEADER_MAX).put(COPY_PACKET).array());
            writer.networkInt(CFG_QUEUE_MAXLEN, length);
            writer.networkInt(CFG_FLAGS, GSO);
            writer.networkInt(CFG_MASK, FLAGS);
        });
        writer.acknowledgeLast();
    }

    /**
     * End reading the queue. The kernel drops what is in it.
     *
     * @param writer where to write it
     */
    void unbind(final NetlinkMessageWriter writer) {
        writer.message(CONFIG, NetlinkMessage.REQUEST, 0, 0, number, () -> command(writer, CMD_UNBIND));
        writer.acknowledgeLast();
    }

    /**
     * Say what becomes of a packet.
     *
     * @param writer where to write it
     * @param packet the packet
     * @param verdict {@link #DROP} or {@link #ACCEPT}
     */
    void verdict(final NetlinkMessageWriter writer, final HeldPacket packet, final int verdict) {
        writer.message(VERDICT, NetlinkMessage.REQUEST, 0, 0, number, () -> {
            writer.octets(VERDICT_HDR, ByteBuffer.allocate(2 * Integer.BYTES).putInt(verdict).putInt(packet.id())
                .array());
            // Others are not to see the bit by which it came here
            writer.networkInt(MARK, packet.mark() & ~HoldRules.MARK_BIT);
        });
    }

    /**
     * Read a packet.
     *
     * @param message a message of type {@link #PACKET}
     * @param now time of its arrival, as {@link System#nanoTime()}
     * @return the packet; empty if the message is none
     */
    static Optional<HeldPacket> packet(final NetlinkMessage message, final long now) {
        final var attributes = message.attributes();
        Optional<Integer> id = Optional.empty();
        int mark = 0;
        byte[] header = new byte[0];
        while (attributes.next()) {
            switch (attributes.type()) {
                case PACKET_HDR -> id = Optional.of((int) attributes.networkInt());
                case MARK -> mark = (int) attributes.networkInt();
                case PAYLOAD -> header = attributes.octets();
                default -> {
                    // of no interest
                }
            }
        }
        if (id.isEmpty()) {
            return Optional.empty();
        }
        final int version = header.length == 0 ? 0 : (header[0] & 0xff) >> 4;
        final int from = version == IPV4 && header.length >= IPV4_HEADER ? 12
            : version == IPV6 && header.length >= HEADER_MAX ? 8 : 0;
        if (from == 0) {
            return Optional.of(new HeldPacket(id.orElseThrow(), mark, Optional.empty(), now));
        }
        final int size = version == IPV4 ? 4 : 16;
        return Optional.of(new HeldPacket(id.orElseThrow(), mark, Optional.of(new HeldPacket.Ends(
            NetlinkAttributes.toAddress(Arrays.copyOfRange(header, from, from + size)),
            NetlinkAttributes.toAddress(Arrays.copyOfRange(header, from + size, from + 2 * size)))), now));
    }

    private static void command(final NetlinkMessageWriter writer, final byte command) {
        writer.octets(CFG_CMD, new byte[] { command, 0, 0, 0 });
    }
}
