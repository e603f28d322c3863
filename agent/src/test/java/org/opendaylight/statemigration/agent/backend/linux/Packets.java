package org.opendaylight.statemigration.agent.backend.linux;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/** What stands behind the IP header in packets that no socket of Java sends. */
final class Packets {
    private Packets() {
        // Hidden on purpose
    }

    /** An echo request. The kernel fills in the checksum of ICMPv6 (RFC 3542), not that of ICMP. */
    static byte[] echo(final boolean v6, final int identifier, final int sequence) {
        final byte[] echo = ByteBuffer.allocate(16).put((byte) (v6 ? 128 : 8)).position(4)
            .putShort((short) identifier).putShort((short) sequence).array();
        if (!v6) {
            ByteBuffer.wrap(echo).putShort(2, checksum(echo));
        }
        return echo;
    }

    /** A packet of SCTP (RFC 9260) with one chunk. */
    static byte[] sctp(final int source, final int destination, final int tag, final byte[] chunk) {
        final var packet = ByteBuffer.allocate(12 + chunk.length).putShort((short) source)
            .putShort((short) destination).putInt(tag).putInt(0).put(chunk);
        final var crc = new CRC32C();
        crc.update(packet.array());
        return packet.order(ByteOrder.LITTLE_ENDIAN).putInt(8, (int) crc.getValue()).array();
    }

    /** A chunk of SCTP: its type, and the first word of its value. */
    static byte[] chunk(final int type, final int first, final int length) {
        final var chunk = ByteBuffer.allocate(length).put((byte) type).put((byte) 3).putShort((short) length);
        return (chunk.hasRemaining() ? chunk.putInt(first) : chunk).array();
    }

    /** That of the Internet protocols (RFC 1071), over an even number of octets. */
    static short checksum(final byte[] octets) {
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
