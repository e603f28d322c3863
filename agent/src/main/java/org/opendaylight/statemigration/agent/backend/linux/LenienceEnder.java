package org.opendaylight.statemigration.agent.backend.linux;

import static java.util.Objects.requireNonNull;

import java.io.Closeable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.opendaylight.statemigration.agent.backend.StateTable.Entry;
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
    private final Map<Identity, Pending> pending = new LinkedHashMap<>();

    LenienceEnder(final Conntrack conntrack, final Zones zones) {
        this.conntrack = requireNonNull(conntrack);
        this.zones = requireNonNull(zones);
        executor.scheduleWithFixedDelay(this::run, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** What tells one entry from all others: its id is only a hash. */
    private record Identity(FlowKey key, long id) {
        Identity(final Entry entry) {
            this(entry.flow().key(), entry.identity());
        }
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
                        pending.put(new Identity(entry), new Pending(entry, zone, Optional.empty())));
                }
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
        final var round = take();
        if (round.isEmpty()) {
            return;
        }
        try {
            put(check(round));
        } catch (KernelException e) {
            LOG.warn("Cannot look after {} entries that are still lenient, trying again", round.size(), e);
            put(round);
        }
    }

    private List<Pending> take() {
        synchronized (pending) {
            final var round = pending.values().stream().limit(READS_PER_ROUND).toList();
            round.forEach(each -> pending.remove(new Identity(each.entry)));
            return round;
        }
    }

    private void put(final List<Pending> round) {
        synchronized (pending) {
            round.forEach(each -> pending.putIfAbsent(new Identity(each.entry), each));
        }
    }

    /** Look at entries; returns those that stay lenient. */
    private List<Pending> check(final List<Pending> round) throws KernelException {
        final var found = conntrack.get(round.stream().map(Pending::get).toList());
        final long now = System.nanoTime();
        final var staying = new ArrayList<Pending>();
        final var settled = new ArrayList<Requests.Request>();
        for (int i = 0; i < round.size(); i++) {
            final var each = round.get(i);
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
