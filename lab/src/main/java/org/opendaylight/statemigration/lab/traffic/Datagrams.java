// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.lab.traffic;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.concurrent.locks.LockSupport;

/**
 * A UDP flow: a datagram every ten milliseconds, each with a number, which the server sends back together with the
 * port that it came from. So it is known which were lost, and whether a translation of the flow has changed.
 */
final class Datagrams {
    /** Number of the datagram. The server adds the port that it saw, as a number of four octets. */
    static final int QUESTION = Long.BYTES;
    static final int ANSWER = QUESTION + Integer.BYTES;

    private static final long INTERVAL_NANOS = 10_000_000;

    private final DatagramSocket socket;
    private final Gap gap = new Gap();
    private final BitSet answered = new BitSet();
    private long sent;
    private int seenPort;
    private int rebinds;

    private Datagrams(final DatagramSocket socket) {
        this.socket = socket;
    }

    static Datagrams start(final String address) throws IOException {
        final var socket = new DatagramSocket();
        socket.connect(new InetSocketAddress(address, TrafficServer.ECHO_PORT));
        final var datagrams = new Datagrams(socket);
        // Platform threads: a virtual one would take a carrier with it for as long as a datagram is waited for
        Thread.ofPlatform().daemon().start(datagrams::send);
        Thread.ofPlatform().daemon().start(datagrams::receive);
        return datagrams;
    }

    Gap gap() {
        return gap;
    }

    /** {@return datagrams sent} */
    synchronized long sent() {
        return sent;
    }

    /** {@return datagrams without an answer, of those that were sent before the last one that was answered} */
    synchronized long lost() {
        return answered.length() - answered.cardinality();
    }

    /** {@return how often the server saw the flow come from another port than before} */
    synchronized int rebinds() {
        return rebinds;
    }

    private void send() {
        final var question = ByteBuffer.allocate(QUESTION);
        long due = System.nanoTime();
        while (!socket.isClosed()) {
            try {
                socket.send(new DatagramPacket(question.clear().putLong(next()).array(), QUESTION));
            } catch (IOException e) {
                // Refused for the moment: it counts as lost
            }
            due += INTERVAL_NANOS;
            LockSupport.parkNanos(due - System.nanoTime());
        }
    }

    private synchronized long next() {
        return sent++;
    }

    private void receive() {
        final var packet = new DatagramPacket(new byte[ANSWER], ANSWER);
        while (!socket.isClosed()) {
            try {
                socket.receive(packet);
                final var answer = ByteBuffer.wrap(packet.getData());
                answer(answer.getLong(), answer.getInt());
            } catch (PortUnreachableException e) {
                // An ICMP error, which need not be of this moment
            } catch (IOException e) {
                socket.close();
            }
        }
    }

    private synchronized void answer(final long number, final int port) {
        answered.set(Math.toIntExact(number));
        if (seenPort != 0 && seenPort != port) {
            rebinds++;
        }
        seenPort = port;
        gap.answer();
    }
}
