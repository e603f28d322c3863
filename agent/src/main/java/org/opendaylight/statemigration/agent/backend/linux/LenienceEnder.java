package org.opendaylight.statemigration.agent.backend.linux;

import static java.util.Objects.requireNonNull;

import java.io.Closeable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.opendaylight.statemigration.agent.backend.StateTable.Entry;
import org.opendaylight.statemigration.flow.Flow;
import org.opendaylight.statemigration.flow.FlowKey;
import org.opendaylight.statemigration.flow.Protocols;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the leniency that imported TCP entries begin with, a second after packets have flowed in both directions: then
 * the kernel has learned the windows and checks strictly again. Connections that are idle stay lenient until they have
 * sent; entries that are gone are forgotten.
 */
final class LenienceEnder implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(LenienceEnder.class);
    private static final long PERIOD_MILLIS = 500;
    private static final long SETTLED_NANOS = TimeUnit.SECONDS.toNanos(1);
    // Bounds the work of one round. Beyond this many, entries take turns
    private static final int READS_PER_ROUND = 10_000;

    private final Conntrack conntrack;
    private final Zones zones;
    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(
        Thread.ofPlatform().name("conntrack-lenience").daemon().factory());
    private final Map<FlowKey, Pending> pending = new LinkedHashMap<>();
    // Taken for a whole round, so that no round is about entries that are forgotten meanwhile
    private final Object round = new Object();

    LenienceEnder(final Conntrack conntrack, final Zones zones) {
        this.conntrack = requireNonNull(conntrack);
        this.zones = requireNonNull(zones);
        executor.scheduleWithFixedDelay(this::run, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    /**
     * An entry that is lenient.
     *
     * @param entry the entry
     * @param zone its zone
     * @param flowedSince when it was found that packets flow in both directions; empty if they do not
     */
    private record Pending(Entry entry, int zone, Optional<Long> flowedSince) {
        Requests.Request get() {
            return Requests.get(Protocols.TCP, entry.flow().key().original(), zone);
        }
    }

    void add(final List<Entry> entries) {
        synchronized (pending) {
            for (var entry : entries) {
                if (entry.flow().key().protocol() == Protocols.TCP) {
                    zones.of(entry.flow().key().network()).ifPresent(zone ->
                        pending.put(entry.flow().key(), new Pending(entry, zone, Optional.empty())));
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
    void forget(final Collection<Flow> flows) {
        synchronized (round) {
            synchronized (pending) {
                flows.forEach(flow -> pending.remove(flow.key()));
            }
        }
    }

    /** {@return how many entries are still lenient} */
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
                LOG.warn("Ending the leniency of entries takes long; it is abandoned");
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
                LOG.warn("Cannot look after {} entries that are still lenient, trying again", taken.size(), e);
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

    /** Look at entries; returns those that stay lenient. */
    private List<Pending> check(final List<Pending> taken) throws KernelException {
        final var found = conntrack.get(taken.stream().map(Pending::get).toList());
        final long now = System.nanoTime();
        final var staying = new ArrayList<Pending>();
        final var settled = new ArrayList<Requests.Request>();
        for (int i = 0; i < taken.size(); i++) {
            final var each = taken.get(i);
            if (found.get(i).filter(entry -> entry.id() == each.entry.identity()).isEmpty()) {
                continue;
            }
            if (each.flowedSince.isPresent()) {
                if (now - each.flowedSince.orElseThrow() >= SETTLED_NANOS) {
                    settled.add(Requests.endLeniency(each.entry.flow(), each.zone));
                } else {
                    staying.add(each);
                }
            } else {
                staying.add(found.get(i).orElseThrow().hasTrafficBothWays()
                    ? new Pending(each.entry, each.zone, Optional.of(now)) : each);
            }
        }
        // An entry that went meanwhile answers ENOENT, which is just as well
        conntrack.execute(settled);
        LOG.debug("{} entries are strict again, {} stay lenient", settled.size(), staying.size());
        return staying;
    }
}
