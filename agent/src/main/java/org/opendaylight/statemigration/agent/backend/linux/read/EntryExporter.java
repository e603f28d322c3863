// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.backend.linux.read;

import static java.util.Objects.requireNonNull;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.opendaylight.statemigration.agent.backend.MasterOrder;
import org.opendaylight.statemigration.agent.backend.StateTable;
import org.opendaylight.statemigration.agent.backend.linux.conntrack.Conntrack;
import org.opendaylight.statemigration.agent.backend.linux.conntrack.DumpFilter;
import org.opendaylight.statemigration.agent.backend.linux.conntrack.EntryRequests;
import org.opendaylight.statemigration.agent.backend.linux.mapping.ConntrackEntry;
import org.opendaylight.statemigration.agent.backend.linux.mapping.DecodedEntry;
import org.opendaylight.statemigration.agent.backend.linux.netlink.Ctnetlink;
import org.opendaylight.statemigration.agent.backend.linux.netlink.KernelException;
import org.opendaylight.statemigration.flow.FlowKey;
import org.opendaylight.statemigration.flow.Tuple;
import org.opendaylight.statemigration.ifma.FlowSelection;
import org.opendaylight.statemigration.ifma.RefusalReason;
import org.opendaylight.statemigration.ifma.StateOrchestrationAgent.Omission;

/** Reads the entries of one selection. */
public final class EntryExporter {
    // Each filtered dump walks the whole table, if quickly
    private static final int MAX_FILTERED = 8;

    private final FlowSelection selection;
    private final int zone;
    private final DumpFilterSupport filters;
    private final Set<Identity> seen = new HashSet<>();
    private final List<StateTable.Entry> entries = new ArrayList<>();
    private final Map<RefusalReason, Map<Integer, Integer>> omitted = new TreeMap<>();
    private final Set<FlowKey> omittedKeys = new HashSet<>();
    private final Set<FlowKey> told;

    /** The id alone does not do: it is a hash of 32 bits, and of 100,000 entries about one pair shares it. */
    private record Identity(int protocol, Tuple original, long id) {
        Identity(final ConntrackEntry entry) {
            this(entry.protocol(), entry.original(), entry.id());
        }
    }

    public EntryExporter(final FlowSelection selection, final int zone, final DumpFilterSupport filters) {
        this(selection, zone, filters, Set.of());
    }

    /** One that does not tell again that entries with these keys cannot be expressed. */
    EntryExporter(final FlowSelection selection, final int zone, final DumpFilterSupport filters,
            final Set<FlowKey> told) {
        this.selection = requireNonNull(selection);
        this.zone = zone;
        this.filters = requireNonNull(filters);
        this.told = Set.copyOf(told);
    }

    public StateTable.Export export(final Conntrack conntrack) throws KernelException {
        dump(conntrack, Ctnetlink.AF_INET,
            selection.vm().addresses().stream().filter(Inet4Address.class::isInstance).toList());
        dump(conntrack, Ctnetlink.AF_INET6,
            selection.vm().addresses().stream().filter(address -> !(address instanceof Inet4Address)).toList());
        addExpectations(conntrack);
        return result(MasterOrder.of(entries));
    }

    /**
     * Read some of the entries only. They name their masters, even those that have ended or are not selected.
     *
     * @param conntrack the table
     * @param keys which
     * @return those that are there
     * @throws KernelException if the table cannot be read
     */
    StateTable.Export export(final Conntrack conntrack, final Collection<FlowKey> keys) throws KernelException {
        final var requests = keys.stream().map(key -> EntryRequests.get(key.protocol(), key.original(), zone)).toList();
        final var wanted = keys.iterator();
        for (var found : conntrack.get(requests)) {
            final var key = wanted.next();
            // The kernel also finds an entry that has this tuple as its reply: that is another flow
            found.filter(entry -> entry.original().equals(key.original())).ifPresent(this::take);
        }
        addExpectations(conntrack);
        return result(MasterOrder.sort(entries));
    }

    private StateTable.Export result(final List<StateTable.Entry> ordered) {
        final var omissions = new ArrayList<Omission>();
        omitted.forEach((reason, counts) -> counts.forEach((protocol, count) ->
            omissions.add(new Omission(reason, protocol, count))));
        return new StateTable.Export(ordered, omissions);
    }

    private void dump(final Conntrack conntrack, final int family, final List<InetAddress> addresses)
            throws KernelException {
        if (addresses.isEmpty()) {
            return;
        }
        if (!filters.isUsable(family) || addresses.size() > MAX_FILTERED) {
            conntrack.dump(DumpFilter.all(family), this::take);
            return;
        }
        for (var address : addresses) {
            // The kernel knows no "or": one dump for flows that the VM has opened, one for those that it answers,
            // be it from behind a translated address
            conntrack.dump(DumpFilter.of(DumpFilter.Direction.ORIGINAL, address), this::take);
            conntrack.dump(DumpFilter.of(DumpFilter.Direction.REPLY, address), this::take);
        }
    }

    private void take(final ConntrackEntry entry) {
        // Whatever the kernel has filtered is filtered again: an old one ignores what it does not know
        if (entry.zone() != zone || !selection.contains(entry.original(), entry.reply())
            || !seen.add(new Identity(entry))) {
            return;
        }
        switch (DecodedEntry.of(entry, selection.vm().network())) {
            case DecodedEntry.Expressed(var flow) -> entries.add(new StateTable.Entry(flow, entry.id()));
            case DecodedEntry.Inexpressible(var reason) -> omit(reason,
                new FlowKey(selection.vm().network(), entry.protocol(), entry.original()));
            case DecodedEntry.Dying() -> {
                // as good as gone
            }
        }
    }

    /** Read after the entries, so that none comes along that a flow exported here has fulfilled already. */
    private void addExpectations(final Conntrack conntrack) throws KernelException {
        final var expectationTable = new ExpectationTable(conntrack);
        for (var each = entries.listIterator(); each.hasNext();) {
            final var entry = each.next();
            expectationTable.addTo(entry.flow(), zone).ifPresentOrElse(
                flow -> each.set(new StateTable.Entry(flow, entry.identity())), () -> {
                    each.remove();
                    omit(RefusalReason.UNSUPPORTED_ATTRIBUTE, entry.flow().key());
                });
        }
    }

    /** {@return keys of all entries that were read and cannot be expressed} */
    Set<FlowKey> omittedKeys() {
        return omittedKeys;
    }

    private void omit(final RefusalReason reason, final FlowKey key) {
        omittedKeys.add(key);
        if (!told.contains(key)) {
            omitted.computeIfAbsent(reason, each -> new TreeMap<>()).merge(key.protocol(), 1, Integer::sum);
        }
    }
}
