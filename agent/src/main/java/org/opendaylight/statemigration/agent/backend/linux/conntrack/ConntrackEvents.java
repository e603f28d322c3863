// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.backend.linux.conntrack;

import static java.util.Objects.requireNonNull;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import org.opendaylight.statemigration.agent.backend.linux.mapping.ConntrackEntry;
import org.opendaylight.statemigration.agent.backend.linux.mapping.MasterTuple;
import org.opendaylight.statemigration.agent.backend.linux.netlink.Ctnetlink;
import org.opendaylight.statemigration.agent.backend.linux.netlink.KernelException;
import org.opendaylight.statemigration.agent.backend.linux.netlink.NetlinkMessage;
import org.opendaylight.statemigration.agent.backend.linux.netlink.NetlinkSocket;
import org.opendaylight.statemigration.agent.backend.linux.netlink.NetworkNamespace;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears the kernel's events about entries as long as somebody listens, and tells all listeners. One socket and one
 * thread serve them all. An event may tell less than the entry, and is past when it is read: it only says where to
 * look.
 */
public final class ConntrackEvents implements Closeable {
    /** Octets of events that may wait: some 20,000 events, should the thread not come to run for a while. */
    public static final int BUFFER = 32 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(ConntrackEvents.class);
    private static final int WAIT_MILLIS = 200;
    private static final int SUBSYSTEM_SHIFT = 8;

    private final NetworkNamespace namespace;
    private final int buffer;
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    // Held while events are received and told, so that whoever drains knows that all before is told
    private final ReentrantLock receiving = new ReentrantLock();

    private NetlinkSocket socket;

    public ConntrackEvents(final NetworkNamespace namespace, final int buffer) {
        this.namespace = requireNonNull(namespace);
        this.buffer = buffer;
    }

    /** Whom to tell. Called by one thread at a time. */
    public interface Listener {
        /**
         * An entry was made or changed.
         *
         * @param entry what the event tells of it
         */
        void changed(ConntrackEntry entry);

        /**
         * An entry has ended.
         *
         * @param entry what the event tells of it
         */
        void ended(ConntrackEntry entry);

        /**
         * What an entry expects has changed. Its zone is not told.
         *
         * @param master the entry
         */
        void expectationsChanged(MasterTuple master);

        /** Events were lost. */
        void lost();
    }

    /**
     * Tell events from now on.
     *
     * @param listener whom
     * @throws IOException if the kernel cannot be listened to
     */
    public void add(final Listener listener) throws IOException {
        receiving.lock();
        try {
            listeners.add(listener);
            if (socket == null) {
                socket = NetlinkSocket.listen(namespace, Ctnetlink.EVENTS, buffer);
                final var opened = socket;
                Thread.ofPlatform().name("conntrack-events").daemon().start(() -> run(opened));
            }
        } catch (IOException e) {
            listeners.remove(listener);
            throw e;
        } finally {
            receiving.unlock();
        }
    }

    public void remove(final Listener listener) {
        receiving.lock();
        try {
            listeners.remove(listener);
            if (listeners.isEmpty()) {
                // Events that nobody hears cost the kernel nothing
                closeSocket();
            }
        } finally {
            receiving.unlock();
        }
    }

    /**
     * Tell all events of what was done in the table before this call.
     *
     * @throws KernelException if they cannot be received
     */
    public void drain() throws KernelException {
        receiving.lock();
        try {
            if (socket == null) {
                throw new KernelException("The kernel is not listened to any more");
            }
            receiveAll(socket);
        } finally {
            receiving.unlock();
        }
    }

    @Override
    public void close() {
        receiving.lock();
        try {
            listeners.clear();
            closeSocket();
        } finally {
            receiving.unlock();
        }
    }

    private void closeSocket() {
        if (socket != null) {
            socket.close();
            socket = null;
        }
    }

    /** Should this end, those who drain still see every event, or that some were lost. */
    @SuppressWarnings("checkstyle:illegalCatch")
    private void run(final NetlinkSocket opened) {
        try {
            boolean open = true;
            while (open) {
                final boolean waiting = opened.await(WAIT_MILLIS);
                receiving.lock();
                try {
                    open = socket == opened;
                    if (open && waiting) {
                        receiveAll(opened);
                    }
                } finally {
                    receiving.unlock();
                }
            }
        } catch (KernelException | RuntimeException | Error e) {
            listeners.forEach(Listener::lost);
            LOG.error("The kernel's events are from now on received only when somebody asks for them", e);
        }
    }

    /**
     * After an overflow the kernel drops events without a further word until the socket has been read empty. So whoever
     * hears of lost events may read the table only after that.
     */
    private void receiveAll(final NetlinkSocket from) throws KernelException {
        while (true) {
            try {
                final var messages = from.receive();
                if (messages.isEmpty()) {
                    return;
                }
                for (var message : messages) {
                    tell(message);
                }
            } catch (KernelException e) {
                listeners.forEach(Listener::lost);
                if (e.errno() != KernelException.ENOBUFS) {
                    throw e;
                }
                LOG.debug("The kernel had more events than there was room for; tables are read as a whole");
            }
        }
    }

    private void tell(final NetlinkMessage message) throws KernelException {
        if (message.type() >> SUBSYSTEM_SHIFT != Ctnetlink.SUBSYSTEM) {
            final var master = ExpectationReader.master(message);
            listeners.forEach(listener -> listener.expectationsChanged(master));
            return;
        }
        final var entry = EntryReader.read(message);
        if (message.type() == Ctnetlink.DELETE) {
            listeners.forEach(listener -> listener.ended(entry));
        } else {
            listeners.forEach(listener -> listener.changed(entry));
        }
    }
}
