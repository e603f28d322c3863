// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.backend.linux.hold;

import static java.util.Objects.requireNonNull;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.opendaylight.statemigration.agent.backend.BackendException;
import org.opendaylight.statemigration.agent.backend.StateTable.Hold;
import org.opendaylight.statemigration.agent.backend.linux.hold.HoldRules.Held;
import org.opendaylight.statemigration.agent.backend.linux.hold.HoldRules.Mechanism;
import org.opendaylight.statemigration.agent.backend.linux.netlink.NetworkNamespace;
import org.opendaylight.statemigration.agent.backend.linux.nft.Nftables;
import org.opendaylight.statemigration.flow.Flow;
import org.opendaylight.statemigration.ifma.FlowSelection;
import org.opendaylight.statemigration.ifma.HoldKind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds packets before connection tracking sees them. The rules are in a table that this process owns: the kernel
 * removes it when the process ends, however it ends, and nobody else's {@code flush ruleset} does.
 */
public final class PacketHolds implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(PacketHolds.class);

    private final Nftables nftables;
    private final LegacyQueueRule legacy;
    private final HoldRules rules;
    private final Optional<PacketQueue> queue;
    private final List<ActiveHold> active = new ArrayList<>();

    private int last;

    private PacketHolds(final Nftables nftables, final LegacyQueueRule legacy, final HoldRules rules,
            final Optional<PacketQueue> queue) {
        this.nftables = requireNonNull(nftables);
        this.legacy = requireNonNull(legacy);
        this.rules = requireNonNull(rules);
        this.queue = requireNonNull(queue);
    }

    /** A hold that is in place. */
    private final class ActiveHold implements Hold {
        private final FlowSelection selection;
        private final int zone;
        private final TranslatedDirections translated;

        ActiveHold(final FlowSelection selection, final int zone, final int number) {
            this.selection = requireNonNull(selection);
            this.zone = zone;
            translated = new TranslatedDirections(selection, number);
        }

        Held held() {
            return new Held(selection, zone, translated.matches());
        }

        @Override
        public void cover(final List<Flow> flows) throws BackendException {
            try {
                PacketHolds.this.cover(this, flows);
            } catch (IOException e) {
                throw new BackendException("Packets to translated addresses cannot be held: " + e.getMessage(), e);
            }
        }

        @Override
        public HoldKind kind() {
            return rules.mechanism().isQueue() ? HoldKind.QUEUE : HoldKind.DROP;
        }

        @Override
        public void release() {
            end(this, false);
        }

        @Override
        public void drop() {
            end(this, true);
        }
    }

    /**
     * Find out how packets can be held here, prepare for it, and remove what a former process has left.
     *
     * @param namespace where
     * @param nftables nftables there
     * @param options how
     * @return holds
     * @throws IOException if packets cannot be held
     */
    public static PacketHolds open(final NetworkNamespace namespace, final Nftables nftables, final HoldOptions options)
            throws IOException {
        createTable(nftables);
        final var legacy = new LegacyQueueRule(namespace);
        legacy.remove();
        final var mechanism = find(nftables, legacy, options);
        final var queue = mechanism.isQueue()
            ? Optional.of(PacketQueue.open(namespace, options.queueNumber(), options.queueLength()))
            : Optional.<PacketQueue>empty();
        final var holds = new PacketHolds(nftables, legacy, new HoldRules(mechanism, options.queueNumber()), queue);
        try {
            nftables.run(holds.rules.install());
        } catch (IOException e) {
            holds.close();
            throw e;
        }
        LOG.info("Packets are held by {}", switch (mechanism) {
            case QUEUE -> "a queue of nftables";
            case MARK -> "a queue of iptables-legacy, as nftables has none here";
            case DROP -> "dropping them";
            case DROP_IN_ZONE -> "dropping them, as virtual networks are configured";
        });
        return holds;
    }

    /**
     * Hold packets.
     *
     * @param selection which
     * @param zone their zone
     * @return the hold
     * @throws IOException if they cannot be held; then they are not
     */
    public synchronized Hold hold(final FlowSelection selection, final int zone) throws IOException {
        final var hold = new ActiveHold(selection, zone, ++last);
        // Somebody must be there to keep the packets before the first one comes
        queue.ifPresent(each -> each.add(hold, selection));
        active.add(hold);
        try {
            nftables.run(update());
        } catch (IOException e) {
            end(hold, false);
            throw e;
        }
        return hold;
    }

    @Override
    public synchronized void close() {
        active.clear();
        try {
            nftables.run("delete table " + HoldRules.TABLE);
        } catch (IOException e) {
            LOG.warn("The table {} of nftables could not be removed", HoldRules.TABLE, e);
        }
        // What is still in a queue is dropped
        queue.ifPresent(PacketQueue::close);
        if (rules.mechanism() == Mechanism.MARK) {
            legacy.remove();
        }
    }

    private synchronized void cover(final ActiveHold hold, final List<Flow> flows) throws IOException {
        if (active.contains(hold)) {
            final var ends = hold.translated.add(flows);
            if (!ends.isEmpty()) {
                queue.ifPresent(each -> each.add(hold, ends));
                nftables.run(hold.translated.fill() + update());
            }
        }
    }

    private synchronized void end(final ActiveHold hold, final boolean drop) {
        if (!active.remove(hold)) {
            return;
        }
        // First the packets that wait, in order. What follows them by the same rule goes the same way, behind them.
        // Then the rule, so that packets overtake none. The queue is read on, as some may still be on the way to it
        queue.ifPresent(each -> {
            if (drop) {
                each.drop(hold);
            } else {
                each.release(hold);
            }
        });
        try {
            nftables.run(update() + hold.translated.remove());
        } catch (IOException e) {
            LOG.warn("The rules that hold packets could not be changed; they are made anew", e);
            renew();
        }
    }

    private String update() {
        return rules.update(active.stream().map(ActiveHold::held).toList());
    }

    private void renew() {
        try {
            createTable(nftables);
            final var script = new StringBuilder(rules.install());
            active.forEach(each -> script.append(each.translated.fill()));
            nftables.run(script.append(update()).toString());
        } catch (IOException e) {
            LOG.error("Packets may be held that should not be. Stop this process, or run: nft delete table {}",
                HoldRules.TABLE, e);
        }
    }

    private static void createTable(final Nftables nftables) throws IOException {
        try {
            nftables.run("add table " + HoldRules.TABLE + "\ndelete table " + HoldRules.TABLE);
        } catch (IOException e) {
            throw new IOException("The table " + HoldRules.TABLE + " of nftables cannot be removed. If another agent"
                + " is running in this network namespace, stop it: there can be only one. " + e.getMessage(), e);
        }
        try {
            nftables.run("add table " + HoldRules.TABLE + " { flags owner; }");
        } catch (IOException e) {
            // Linux before 5.12
            LOG.info("The kernel does not know owners of tables. Holds outlive a crash until the next start", e);
            nftables.run("add table " + HoldRules.TABLE);
        }
    }

    private static Mechanism find(final Nftables nftables, final LegacyQueueRule legacy, final HoldOptions options) {
        if (options.perZone()) {
            return Mechanism.DROP_IN_ZONE;
        }
        if (options.preference() == HoldPreference.DROP) {
            return Mechanism.DROP;
        }
        final var probe = HoldRules.TABLE + " probe";
        try {
            nftables.run("add chain " + probe + "\nadd rule " + probe + " queue num " + options.queueNumber());
            nftables.run("delete chain " + probe);
            return Mechanism.QUEUE;
        } catch (IOException e) {
            LOG.debug("nftables has no queue here", e);
        }
        try {
            legacy.install(options.queueNumber());
            return Mechanism.MARK;
        } catch (IOException e) {
            LOG.info("Packets cannot be queued: {}", e.getMessage(), e);
            legacy.remove();
            return Mechanism.DROP;
        }
    }
}
