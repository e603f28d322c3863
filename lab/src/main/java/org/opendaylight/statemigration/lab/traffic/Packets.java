// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.lab.traffic;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/** Payloads of IP packets that no socket of Java sends. */
public final class Packets {
    private Packets() {
        // Hidden on purpose
    }

    /**
     * An echo request. The kernel fills in the checksum of ICMPv6 (RFC 3542), not that of ICMP.
     *
     * @param v6 whether it is one of ICMPv6
     * @param identifier its identifier
     * @param sequence its sequence number
     * @return the packet
     */
    public static byte[] echo(final boolean v6, final int identifier, final int sequence) {
        final byte[] echo = ByteBuffer.allocate(16).put((byte) (v6 ? 128 : 8)).position(4)
            .putShort((short) identifier).putShort((short) sequence).array();
        if (!v6) {
            ByteBuffer.wrap(echo).putShort(2, checksum(echo));
        }
        return echo;
    }

    /**
     * A packet of SCTP (RFC 9260) with one chunk.
     *
     * @param source source port
     * @param destination destination port
     * @param tag verification tag
     * @param chunk the chunk
     * @return the packet, with its checksum
     */
    public static byte[] sctp(final int source, final int destination, final int tag, final byte[] chunk) {
        final var packet = ByteBuffer.allocate(12 + chunk.length).putShort((short) source)
            .putShort((short) destination).putInt(tag).putInt(0).put(chunk);
        final var crc = new CRC32C();
        crc.update(packet.array());
        return packet.order(ByteOrder.LITTLE_ENDIAN).putInt(8, (int) crc.getValue()).array();
    }

    /**
     * A chunk of SCTP (RFC 9260).
     *
     * @param type its type
     * @param first the first word of its value
     * @param length its length in octets, a multiple of four
     * @return the chunk
     */
    public static byte[] chunk(final int type, final int first, final int length) {
        final var chunk = ByteBuffer.allocate(length).put((byte) type).put((byte) 3).putShort((short) length);
        return (chunk.hasRemaining() ? chunk.putInt(first) : chunk).array();
    }

    /**
     * The checksum of the Internet protocols (RFC 1071).
     *
     * @param octets an even number of octets
     * @return the checksum
     */
    public static short checksum(final byte[] octets) {
        long sum = 0;
        final var words = ByteBuffer.wrap(octets).asShortBuffer();
        while (words.hasRemaining()) {
            sum += words.get() & 0xffff;
        }
        while (sum > 0xffff) {
            sum = (sum & 0xffff) + (sum >> 16);
        }
        return (short) ~sum;
    }
}
