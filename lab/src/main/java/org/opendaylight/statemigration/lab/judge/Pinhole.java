// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.lab.judge;

import java.net.InetAddress;
import java.util.BitSet;
import org.opendaylight.statemigration.lab.network.Vm;

/**
 * An entry of a firewall's connection tracking table: a pinhole, or a translation.
 *
 * @param flow its original direction
 * @param replySource source address of the reply direction
 * @param identity tells it from a later entry of the same flow
 * @param tcp TCP state, all zero for other protocols
 * @param timeout seconds that it has left
 * @param details what else the kernel keeps of a flow
 */
public record Pinhole(FlowId flow, InetAddress replySource, long identity, Tcp tcp, long timeout,
        Details details) {
    private static final int BE_LIBERAL = 0x08;
    private static final int MAXACK_SET = 0x20;

    /**
     * The original direction of a flow.
     *
     * @param protocol IP protocol number
     * @param source source address
     * @param sourcePort source port
     * @param destination destination address
     * @param destinationPort destination port
     */
    public record FlowId(int protocol, InetAddress source, int sourcePort, InetAddress destination,
            int destinationPort) {
    }

    /**
     * TCP state.
     *
     * @param state number of the state in the kernel; 3 is established
     * @param originatorScale window scale of the originator
     * @param responderScale window scale of the responder
     * @param originatorFlags flags of the originator
     * @param responderFlags flags of the responder
     */
    public record Tcp(int state, int originatorScale, int responderScale, int originatorFlags, int responderFlags) {
    }

    /**
     * What is kept of a flow whatever its protocol.
     *
     * @param answered whether a packet of the reply direction has passed
     * @param assured whether the entry is spared when the table is full
     * @param mark the mark
     * @param labels the labels, as bits; empty without
     * @param helper name of the helper that follows the flow; empty without
     * @param sctp number of the SCTP state in the kernel, 0 for other protocols; 4 is established
     */
    public record Details(boolean answered, boolean assured, long mark, BitSet labels, String helper, int sctp) {
    }

    /**
     * Whether one end is a VM.
     *
     * @param vm the VM
     * @return true if it is
     */
    public boolean isOf(final Vm vm) {
        return vm.addresses().contains(text(flow.source())) || vm.addresses().contains(text(replySource));
    }

    /** {@return whether packets pass without a check of their sequence numbers, in one direction at least} */
    public boolean isLiberal() {
        return ((tcp.originatorFlags() | tcp.responderFlags()) & BE_LIBERAL) != 0;
    }

    /** {@return whether the kernel has found a packet of each end within the windows, of late if it is liberal} */
    public boolean isWithinWindows() {
        return (tcp.originatorFlags() & tcp.responderFlags() & MAXACK_SET) != 0;
    }

    /** {@return both window scales, to compare} */
    public String scales() {
        return tcp.originatorScale() + "/" + tcp.responderScale();
    }

    private static String text(final InetAddress address) {
        // fd00:1:0:0:0:0:0:10 is written fd00:1::10 in the laboratory
        return address.getHostAddress().replaceFirst(":0(:0)+:", "::");
    }
}
