// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.backend.linux.write;

import static java.util.Objects.requireNonNull;

import java.io.Closeable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.opendaylight.statemigration.agent.backend.StateTable.Entry;
import org.opendaylight.statemigration.agent.backend.linux.conntrack.Conntrack;
import org.opendaylight.statemigration.agent.backend.linux.conntrack.EntryRequests;
import org.opendaylight.statemigration.agent.backend.linux.conntrack.TcpRequests;
import org.opendaylight.statemigration.agent.backend.linux.mapping.ConntrackEntry;
import org.opendaylight.statemigration.agent.backend.linux.mapping.TcpInfo;
import org.opendaylight.statemigration.agent.backend.linux.mapping.Zones;
import org.opendaylight.statemigration.agent.backend.linux.netlink.KernelException;
import org.opendaylight.statemigration.agent.task.GuardedTask;
import org.opendaylight.statemigration.flow.Flow;
import org.opendaylight.statemigration.flow.FlowKey;
import org.opendaylight.statemigration.flow.Protocols;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Clears the flag be_liberal that imported TCP entries begin with, once the kernel knows the windows of both ends.
 *
 * <p>That packets have passed is no sign of it. Where data arrived before the move and its acknowledgement was lost,
 * the first segment comes again, then the acknowledgement of all. The kernel has not seen what is acknowledged, so that
 * packet is out of window, and it learns nothing from packets that are. If one end then only acknowledges, or if both
 * ends have such data, all that follows is out of window, for as long as the connection lasts: it lives by be_liberal.
 *
 * <p>The kernel notes, for each end, that a packet was within the windows. Here that is forgotten and looked for again;
 * if in {@value #PERIODS} periods both ends have sent such a packet, what either has of the other is known to the
 * kernel. Periods without a packet do not count, after any other one it begins anew. Connections that are idle stay
 * liberal until they have sent; entries that are gone are forgotten.
 */
public final class TcpLiberalReset implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(TcpLiberalReset.class);
    private static final long PERIOD_MILLIS = 500;
    private static final int PERIODS = 2;
    // Bounds the work of one round. Beyond this many, entries take turns
    private static final int READS_PER_ROUND = 10_000;

    private final Conntrack conntrack;
    private final Zones zones;
    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(
        Thread.ofPlatform().name("conntrack-tcp-liberal").daemon().factory());
    private final Map<FlowKey, Pending> pending = new LinkedHashMap<>();
    // Taken for a whole round, so that no round is about entries that are forgotten meanwhile
    private final Object round = new Object();

    public TcpLiberalReset(final Conntrack conntrack, final Zones zones) {
        this.conntrack = requireNonNull(conntrack);
        this.zones = requireNonNull(zones);
        executor.scheduleWithFixedDelay(new GuardedTask("clear be_liberal of entries", this::run), PERIOD_MILLIS,
            PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    /**
     * An entry that is liberal.
     *
     * @param entry the entry
     * @param zone its zone
     * @param packets how many it had when it was last looked at
     * @param periods in how many periods both ends have sent packets within the windows
     */
    private record Pending(Entry entry, int zone, long packets, int periods) {
        EntryRequests.Request get() {
            return EntryRequests.get(Protocols.TCP, entry.flow().key().original(), zone);
        }

        Pending after(final ConntrackEntry found, final int withinWindow) {
            return new Pending(entry, zone, found.packets(),
                withinWindow == 2 ? periods + 1 : found.packets() == packets ? periods : 0);
        }
    }

    public void add(final List<Entry> entries) {
        synchronized (pending) {
            for (var entry : entries) {
                if (entry.flow().key().protocol() == Protocols.TCP) {
                    zones.of(entry.flow().key().network()).ifPresent(zone ->
                        pending.put(entry.flow().key(), new Pending(entry, zone, 0, 0)));
                }
            }
        }
    }

    /**
     * Forget entries of these flows, as others are about to take their place. The kernel makes the id of an entry out
     * of its place in memory, so a flow that left and comes back soon may well have its old id again; and whoever took
     * it for the old entry would be strict with windows that the kernel has yet to learn.
     *
     * @param flows the flows
     */
    public void forget(final Collection<Flow> flows) {
        synchronized (round) {
            synchronized (pending) {
                flows.forEach(flow -> pending.remove(flow.key()));
            }
        }
    }

    /** {@return how many entries are still liberal} */
    int size() {
        synchronized (pending) {
            return pending.size();
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
        try {
            if (!executor.awaitTermination(PERIOD_MILLIS, TimeUnit.MILLISECONDS)) {
                LOG.warn("The flag be_liberal of some entries is not cleared in time: they keep it");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        conntrack.close();
    }

    private void run() {
        synchronized (round) {
            final var taken = take();
            if (taken.isEmpty()) {
                return;
            }
            try {
                put(check(taken));
            } catch (KernelException e) {
                LOG.warn("Cannot look after {} entries that are still liberal, trying again", taken.size(), e);
                put(taken);
            }
        }
    }

    private List<Pending> take() {
        synchronized (pending) {
            final var taken = pending.values().stream().limit(READS_PER_ROUND).toList();
            taken.forEach(each -> pending.remove(each.entry.flow().key()));
            return taken;
        }
    }

    private void put(final List<Pending> staying) {
        synchronized (pending) {
            staying.forEach(each -> pending.putIfAbsent(each.entry.flow().key(), each));
        }
    }

    /** Look at entries; returns those that stay liberal. */
    private List<Pending> check(final List<Pending> taken) throws KernelException {
        final var found = conntrack.get(taken.stream().map(Pending::get).toList());
        final var staying = new ArrayList<Pending>();
        final var changes = new ArrayList<EntryRequests.Request>();
        for (int i = 0; i < taken.size(); i++) {
            final var each = taken.get(i);
            final var actual = found.get(i).filter(entry -> entry.id() == each.entry.identity()).orElse(null);
            if (actual == null) {
                continue;
            }
            final int withinWindow = actual.tcp().map(TcpInfo::endsWithinWindow).orElse(0);
            final var after = each.after(actual, withinWindow);
            if (after.periods >= PERIODS) {
                changes.add(TcpRequests.clearLiberal(each.entry.flow(), each.zone));
                continue;
            }
            if (withinWindow > 0) {
                changes.add(TcpRequests.forgetWithinWindow(each.entry.flow(), each.zone));
            }
            staying.add(after);
        }
        // An entry that went meanwhile answers ENOENT, which is just as well
        conntrack.execute(changes);
        LOG.debug("{} of {} entries stay liberal", staying.size(), taken.size());
        return staying;
    }
}
