// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.backend.linux.conntrack;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.opendaylight.statemigration.agent.backend.linux.mapping.ConntrackEntry;
import org.opendaylight.statemigration.agent.backend.linux.netlink.KernelException;
import org.opendaylight.statemigration.agent.backend.linux.netlink.NetlinkMessage;
import org.opendaylight.statemigration.agent.backend.linux.netlink.NetlinkMessageWriter;
import org.opendaylight.statemigration.agent.backend.linux.netlink.NetlinkSocket;
import org.opendaylight.statemigration.agent.backend.linux.netlink.NetworkNamespace;
import org.opendaylight.statemigration.flow.Expectation;
import org.opendaylight.statemigration.flow.Flow;

/** Talks to the kernel about entries, many at a time. Safe for use by several threads, one after the other. */
public final class Conntrack implements Closeable {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int BATCH_OCTETS = 1 << 16;
    // Each answer takes more than 4 KiB of the socket's buffer, whatever its length
    private static final int READS_PER_BATCH = 256;

    private final NetlinkSocket socket;
    private final NetlinkMessageWriter writer;

    private int sequence;

    private Conntrack(final NetlinkSocket socket) {
        this.socket = socket;
        writer = new NetlinkMessageWriter(socket.allocate(BATCH_OCTETS));
    }

    public static Conntrack open(final NetworkNamespace namespace) throws IOException {
        return new Conntrack(NetlinkSocket.open(namespace, TIMEOUT));
    }

    /**
     * Read entries. Several may be the same one, as the table changes meanwhile.
     *
     * @param filter which
     * @param consumer takes the entries
     * @throws KernelException if the table cannot be read
     */
    public void dump(final DumpFilter filter, final Consumer<ConntrackEntry> consumer) throws KernelException {
        final int error = dump(EntryRequests.dump(filter), (index, message) ->
            consumer.accept(EntryReader.read(message)));
        if (error != 0) {
            throw new KernelException("read the table of connections", error);
        }
    }

    private synchronized int dump(final EntryRequests.Request request, final Handler handler) throws KernelException {
        writer.clear();
        final int expected = ++sequence;
        request.write(writer, expected);
        socket.send(writer);
        while (true) {
            for (var message : receive()) {
                if (message.sequence() != expected) {
                    continue;
                }
                switch (message.type()) {
                    case NetlinkMessage.DONE, NetlinkMessage.ERROR -> {
                        return message.errno();
                    }
                    default -> handler.on(0, message);
                }
            }
        }
    }

    /**
     * Read the expectations of a master.
     *
     * @param master the master
     * @param zone its zone
     * @return the expectations, empty ones for those that cannot be expressed; none if the master is gone
     * @throws KernelException if they cannot be read
     */
    public List<Optional<Expectation>> expectations(final Flow master, final int zone) throws KernelException {
        final var found = new ArrayList<Optional<Expectation>>();
        final int error = dump(ExpectationRequests.dump(master, zone),
            (index, message) -> found.add(ExpectationReader.read(message)));
        if (error != 0 && error != KernelException.ENOENT) {
            throw new KernelException("read what " + master.key() + " expects", error);
        }
        return found;
    }

    /**
     * Read single entries.
     *
     * @param requests requests made by {@link EntryRequests#get}
     * @return for each request the entry, if it is there
     * @throws KernelException if the table cannot be read
     */
    public synchronized List<Optional<ConntrackEntry>> get(final List<EntryRequests.Request> requests)
        throws KernelException {
        final var found = new ArrayList<Optional<ConntrackEntry>>(requests.size());
        for (int done = 0; done < requests.size(); done = found.size()) {
            final int first = sequence + 1;
            final int count = send(requests, done, READS_PER_BATCH);
            final var entries = new ConntrackEntry[count];
            await(first, count, (index, message) -> {
                if (message.type() != NetlinkMessage.ERROR) {
                    entries[index] = EntryReader.read(message);
                } else if (message.errno() != 0 && message.errno() != KernelException.ENOENT) {
                    throw new KernelException("read an entry of the table of connections", message.errno());
                }
            });
            for (var entry : entries) {
                found.add(Optional.ofNullable(entry));
            }
        }
        return found;
    }

    /**
     * Change entries. Requests go out in large batches, and only the last of each is acknowledged: an acknowledgement
     * for each would cost 40 %. Errors come by sequence number all the same.
     *
     * @param requests the requests
     * @return for each request the error number, 0 for none
     * @throws KernelException if the kernel cannot be reached
     */
    public synchronized int[] execute(final List<EntryRequests.Request> requests) throws KernelException {
        final var errors = new int[requests.size()];
        for (int done = 0; done < requests.size();) {
            final int first = sequence + 1;
            final int offset = done;
            final int count = send(requests, done, Integer.MAX_VALUE);
            await(first, count, (index, message) -> {
                if (message.type() == NetlinkMessage.ERROR && message.errno() != 0) {
                    errors[offset + index] = message.errno();
                }
            });
            done += count;
        }
        return errors;
    }

    @Override
    public synchronized void close() {
        socket.close();
    }

    /** What to do with an answer. */
    @FunctionalInterface
    private interface Handler {
        void on(int index, NetlinkMessage message) throws KernelException;
    }

    /** Send requests beginning with one, as many as fit. */
    private int send(final List<EntryRequests.Request> requests, final int from, final int max) throws KernelException {
        writer.clear();
        int count = 0;
        while (from + count < requests.size() && count < max && writer.hasRoom(EntryRequests.MAX_LENGTH)) {
            requests.get(from + count).write(writer, ++sequence);
            count++;
        }
        writer.acknowledgeLast();
        socket.send(writer);
        return count;
    }

    /** Receive answers until that to the last request is there. */
    private void await(final int first, final int count, final Handler handler) throws KernelException {
        while (true) {
            boolean complete = false;
            for (var message : receive()) {
                // What is older was left over by a call that failed
                final int index = message.sequence() - first;
                if (index >= 0 && index < count) {
                    handler.on(index, message);
                    complete |= index == count - 1 && message.type() == NetlinkMessage.ERROR;
                }
            }
            if (complete) {
                return;
            }
        }
    }

    private List<NetlinkMessage> receive() throws KernelException {
        final var messages = socket.receive();
        if (messages.isEmpty()) {
            throw new KernelException("The kernel did not answer within " + TIMEOUT.toSeconds() + " seconds");
        }
        return messages;
    }
}
