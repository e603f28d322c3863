// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.backend.linux.write;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.opendaylight.statemigration.agent.backend.FlowStateMerge;
import org.opendaylight.statemigration.agent.backend.StateTable;
import org.opendaylight.statemigration.agent.backend.StateTable.Change;
import org.opendaylight.statemigration.agent.backend.linux.conntrack.Conntrack;
import org.opendaylight.statemigration.agent.backend.linux.conntrack.EntryRequests;
import org.opendaylight.statemigration.agent.backend.linux.mapping.ConntrackEntry;
import org.opendaylight.statemigration.agent.backend.linux.mapping.DecodedEntry;
import org.opendaylight.statemigration.agent.backend.linux.mapping.EntryComparison;
import org.opendaylight.statemigration.agent.backend.linux.mapping.TupleInversion;
import org.opendaylight.statemigration.agent.backend.linux.mapping.Zones;
import org.opendaylight.statemigration.agent.backend.linux.netlink.KernelException;
import org.opendaylight.statemigration.agent.backend.linux.netlink.NetworkNamespace;
import org.opendaylight.statemigration.flow.Expectation;
import org.opendaylight.statemigration.flow.Flow;
import org.opendaylight.statemigration.flow.Protocols;
import org.opendaylight.statemigration.ifma.Refusal;

/** Gives created entries a new state: in place where the kernel can, else it replaces them. */
public final class EntryUpdater {
    private final Conntrack conntrack;
    private final NetworkNamespace namespace;
    private final Zones zones;

    public EntryUpdater(final Conntrack conntrack, final NetworkNamespace namespace, final Zones zones) {
        this.conntrack = requireNonNull(conntrack);
        this.namespace = requireNonNull(namespace);
        this.zones = requireNonNull(zones);
    }

    /** A change, with the state that the entry is to have, and the entry, if ours is there. */
    private record Wanted(int index, Change change, Flow target, int zone, Optional<ConntrackEntry> entry) {
        EntryRequests.Request update() {
            return EntryRequests.update(target, zone);
        }

        EntryRequests.Request get() {
            return EntryUpdater.get(change, zone);
        }

        EntryRequests.Request delete() {
            return EntryRequests.delete(target.key().protocol(), target.key().original(), zone,
                change.before().identity());
        }

        boolean isOurs(final ConntrackEntry found) {
            return found.id() == change.before().identity() && found.original().equals(target.key().original());
        }

        /** Whether the kernel can change all that is to change. What it then does not take shows afterwards. */
        boolean isInPlace() {
            final var before = change.before().flow();
            // One that was there before us is only ever brought forward, which its creation does. And the time-out of
            // GRE is fixed: only another entry has another one
            return !change.before().found() && target.key().protocol() != Protocols.GRE && entry.isPresent()
                && entry.orElseThrow().reply().equals(TupleInversion.reply(target).orElse(target.reply()))
                && before.helper().equals(target.helper()) && before.master().equals(target.master())
                && expected(before).equals(expected(target)) && before.labels().equals(target.labels());
        }
    }

    private static List<Expectation> expected(final Flow flow) {
        return flow.expectations().stream().map(each -> each.withTimeout(0)).toList();
    }

    /**
     * Change entries.
     *
     * @param changes what to change
     * @return what was changed and what not
     * @throws IOException if the table cannot be written
     */
    public StateTable.Creation update(final List<Change> changes) throws IOException {
        final var done = new StateTable.Entry[changes.size()];
        final var inPlace = new ArrayList<Wanted>();
        final var replaced = new ArrayList<Wanted>();
        for (var want : read(changes)) {
            (want.isInPlace() ? inPlace : replaced).add(want);
        }
        conntrack.execute(inPlace.stream().map(Wanted::update).toList());
        final var found = conntrack.get(inPlace.stream().map(Wanted::get).toList());
        for (int i = 0; i < inPlace.size(); i++) {
            final var want = inPlace.get(i);
            if (found.get(i).filter(entry -> want.isOurs(entry)
                    && EntryComparison.difference(want.target, want.zone, entry).isEmpty()).isPresent()) {
                done[want.index] = new StateTable.Entry(want.change.flow(), want.change.before().identity());
            } else {
                replaced.add(want);
            }
        }
        final var refused = replace(replaced, done);
        final var entries = new ArrayList<StateTable.Entry>(changes.size());
        for (var entry : done) {
            if (entry != null) {
                entries.add(entry);
            }
        }
        return new StateTable.Creation(entries, refused);
    }

    private List<Wanted> read(final List<Change> changes) throws KernelException {
        final var found = conntrack.get(changes.stream().map(change -> get(change, zone(change))).toList());
        final var wanted = new ArrayList<Wanted>(changes.size());
        for (int i = 0; i < changes.size(); i++) {
            final var change = changes.get(i);
            final var before = change.before();
            final var entry = found.get(i).filter(each -> each.isStill(before));
            wanted.add(new Wanted(i, change, target(change.flow(), entry), zone(change), entry));
        }
        return wanted;
    }

    private static Flow target(final Flow asked, final Optional<ConntrackEntry> entry) {
        return entry.filter(ConntrackEntry::hasTraffic)
            .map(found -> DecodedEntry.of(found, asked.key().network()))
            .map(decoded -> decoded instanceof DecodedEntry.Expressed(var flow) ? FlowStateMerge.furthest(asked, flow)
                : asked)
            .orElse(asked);
    }

    private List<Refusal> replace(final List<Wanted> replaced, final StateTable.Entry[] done) throws IOException {
        // By identity, so that an entry that has taken the place of ours stays, and may be a collision
        conntrack.execute(replaced.stream().filter(want -> want.entry.isPresent() && !want.change.before().found())
            .map(Wanted::delete).toList());
        final var creation = new EntryCreator(conntrack, namespace, zones)
            .create(replaced.stream().map(Wanted::target).toList());
        final var refused = new ArrayList<Refusal>();
        final var isRefused = new boolean[replaced.size()];
        for (var refusal : creation.refused()) {
            isRefused[refusal.index()] = true;
            refused.add(new Refusal(replaced.get(refusal.index()).index, refusal.reason(), refusal.detail()));
        }
        final var created = creation.entries().iterator();
        for (int i = 0; i < isRefused.length; i++) {
            if (!isRefused[i]) {
                final var want = replaced.get(i);
                // As it was made: no packet tells that it may differ from what was asked for
                done[want.index] = created.next();
            }
        }
        refused.sort((left, right) -> Integer.compare(left.index(), right.index()));
        return refused;
    }

    private int zone(final Change change) {
        return zones.of(change.before().flow().key().network()).orElseThrow();
    }

    private static EntryRequests.Request get(final Change change, final int zone) {
        final var key = change.before().flow().key();
        return EntryRequests.get(key.protocol(), key.original(), zone);
    }
}
