// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.lab.judge;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.opendaylight.statemigration.lab.kernel.KernelCalls;
import org.opendaylight.statemigration.lab.namespace.Namespace;
import org.opendaylight.statemigration.lab.network.Vm;
import org.opendaylight.statemigration.lab.time.Await;

/**
 * Reads a firewall's table out of the kernel, over ctnetlink. It shares no code with the agent, because it judges what
 * the agent did; and it is not the tool {@code conntrack}, because that shows neither window scales nor TCP flags.
 */
public final class PinholeTable {
    private static final int AF_NETLINK = 16;
    private static final int SOCK_RAW = 3;
    private static final int NETLINK_NETFILTER = 12;
    private static final short IPCTNL_MSG_CT_GET = 0x101;
    private static final short REQUEST_DUMP = 0x301;
    private static final short NLMSG_ERROR = 2;
    private static final short NLMSG_DONE = 3;
    private static final int HEADER = 16;
    private static final int NFGEN = 4;
    private static final int BUFFER = 256 * 1024;
    private static final int SEEN_REPLY = 1 << 1;
    private static final int ASSURED = 1 << 2;
    private static final int ESTABLISHED = 3;
    private static final byte AF_INET = 2;
    private static final byte AF_INET6 = 10;

    private PinholeTable() {
        // Hidden on purpose
    }

    /**
     * Read the whole table, IPv4 and IPv6.
     *
     * @param firewall the firewall
     * @return its entries
     * @throws IOException if the kernel does not show them
     */
    public static List<Pinhole> of(final Namespace firewall) throws IOException {
        return firewall.call(() -> {
            final var found = new ArrayList<Pinhole>();
            dump(AF_INET, found);
            dump(AF_INET6, found);
            return found;
        });
    }

    /**
     * Entries of one VM.
     *
     * @param firewall the firewall
     * @param vm the VM
     * @return its entries
     * @throws IOException if the kernel does not show them
     */
    public static List<Pinhole> of(final Namespace firewall, final Vm vm) throws IOException {
        return of(firewall).stream().filter(pinhole -> pinhole.isOf(vm)).toList();
    }

    /**
     * Wait until a firewall has seen the handshakes of a VM's connections: the last packet of one may be on its way
     * when its client knows that it is open.
     *
     * @param firewall the firewall
     * @param vm the VM
     * @param connections how many connections there are, all over TCP
     * @return their entries
     * @throws IOException if it does not come to that, or the kernel does not show the table
     * @throws InterruptedException if interrupted
     */
    public static List<Pinhole> awaitEstablished(final Namespace firewall, final Vm vm, final int connections)
            throws IOException, InterruptedException {
        return Await.present(connections + " connections are established at " + firewall, () ->
            Optional.of(of(firewall, vm)).filter(found -> found.stream()
                .filter(pinhole -> pinhole.tcp().state() == ESTABLISHED).count() == connections));
    }

    private static void dump(final byte family, final List<Pinhole> found) throws IOException {
        final int fd = KernelCalls.socket(AF_NETLINK, SOCK_RAW, NETLINK_NETFILTER);
        try (var arena = Arena.ofConfined()) {
            final var request = ByteBuffer.allocate(HEADER + NFGEN).order(ByteOrder.nativeOrder())
                .putInt(HEADER + NFGEN).putShort(IPCTNL_MSG_CT_GET).putShort(REQUEST_DUMP).putInt(1).putInt(0)
                .put(family);
            KernelCalls.send(fd, arena.allocateFrom(ValueLayout.JAVA_BYTE, request.array()));
            final var buffer = arena.allocate(BUFFER);
            boolean more = true;
            while (more) {
                more = messages(slice(buffer, KernelCalls.receive(fd, buffer)), found);
            }
        } finally {
            KernelCalls.close(fd);
        }
    }

    private static ByteBuffer slice(final MemorySegment buffer, final int length) {
        return buffer.asSlice(0, length).asByteBuffer().order(ByteOrder.nativeOrder());
    }

    /** {@return whether more messages follow} */
    private static boolean messages(final ByteBuffer datagram, final List<Pinhole> found) throws IOException {
        while (datagram.remaining() >= HEADER) {
            final int start = datagram.position();
            final int length = datagram.getInt(start);
            switch (datagram.getShort(start + 4)) {
                case NLMSG_DONE -> {
                    return false;
                }
                case NLMSG_ERROR -> throw new IOException("The kernel refused to show the table: error "
                    + -datagram.getInt(start + HEADER));
                default -> found.add(pinhole(new Attributes(datagram.slice(start + HEADER + NFGEN,
                    length - HEADER - NFGEN))));
            }
            datagram.position(Math.min(datagram.limit(), start + (length + 3 & ~3)));
        }
        return true;
    }

    /** Numbers are those of {@code enum ctattr_*} in the kernel's nfnetlink_conntrack.h. */
    private static Pinhole pinhole(final Attributes entry) throws IOException {
        final var original = entry.nested(1);
        final var addresses = original.nested(1);
        final var ports = original.nested(2);
        final var tcp = entry.nested(4).nested(1);
        return new Pinhole(new Pinhole.FlowId(ports.octet(1), source(addresses), ports.networkShort(2),
            destination(addresses), ports.networkShort(3)), source(entry.nested(2).nested(1)), entry.networkInt(12),
            new Pinhole.Tcp(tcp.octet(1), tcp.octet(2), tcp.octet(3), tcp.octet(4), tcp.octet(5)),
            entry.networkInt(7), details(entry));
    }

    private static Pinhole.Details details(final Attributes entry) {
        final long status = entry.networkInt(3);
        final var helper = entry.nested(5).bytes(1);
        return new Pinhole.Details((status & SEEN_REPLY) != 0, (status & ASSURED) != 0, entry.networkInt(8),
            BitSet.valueOf(entry.bytes(22)), new String(helper, 0, Math.max(0, helper.length - 1),
                StandardCharsets.US_ASCII), entry.nested(4).nested(3).octet(1));
    }

    private static InetAddress source(final Attributes addresses) throws IOException {
        return InetAddress.getByAddress(addresses.bytes(addresses.has(1) ? 1 : 3));
    }

    private static InetAddress destination(final Attributes addresses) throws IOException {
        return InetAddress.getByAddress(addresses.bytes(addresses.has(2) ? 2 : 4));
    }
}
