package org.opendaylight.statemigration.tde;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.opendaylight.statemigration.host.IpPrefix;
import org.opendaylight.statemigration.host.VmIdentity;
import org.opendaylight.statemigration.ifmt.StateMigrationNotification.Leg;
import org.opendaylight.statemigration.ifmt.StateMigrationNotification.Unmatched;

/**
 * Turns what happened to a machine's flows with each of its peers into as few legs as possible.
 */
final class LegPlanner {
    private static final int PEERS_NAMED = 5;

    private final ContactScan scan;
    private final Map<String, VirtualMachine> machines;

    LegPlanner(final ContactScan scan, final Map<String, VirtualMachine> machines) {
        this.scan = scan;
        this.machines = machines;
    }

    /**
     * Plan for one machine.
     *
     * @param machine the machine
     * @param own the peers whose flows are to be moved with it, not with the peer
     * @return a relocation, a refusal, or one of each
     */
    List<Decision> plan(final VirtualMachine machine, final Set<String> own) {
        final var addresses = scan.history().lastingAddresses(machine);
        if (addresses.isEmpty()) {
            return List.of(new Decision.Refusal(machine.name(), "Virtual machine " + machine.name()
                + " has no address, so its flows cannot be told from those of others. Give it its address in the"
                + " topology, then ask for the migration with notify-state-migration."));
        }
        final var outcomes = scan.outcomes().get(machine.name());
        final var hops = new TreeMap<Outcome.Hop, SortedSet<String>>();
        final var unmatched = new TreeSet<Unmatched>(Comparator.comparing(Unmatched::host)
            .thenComparing(Unmatched::function).thenComparing(Unmatched::side));
        final var unclear = new TreeMap<String, SortedSet<String>>();
        final boolean whole = concernsAllFlows(machine, own, outcomes);
        for (var peer : own) {
            switch (outcomes.get(peer)) {
                case Outcome.Move move when !whole && machines.get(peer).addresses().isEmpty() ->
                    add(unclear, peer + " has no address, so these flows cannot be told from others", peer);
                case Outcome.Move move -> {
                    move.hops().forEach(hop -> add(hops, hop, peer));
                    unmatched.addAll(move.unmatched());
                }
                case Outcome.Unclear why -> add(unclear, why.reason(), peer);
                case Outcome.Severed severed -> throw new IllegalStateException("Nothing to plan with " + peer);
                case Outcome.Stay stay -> throw new IllegalStateException("Nothing to plan with " + peer);
            }
        }
        final var decisions = new ArrayList<Decision>();
        if (!hops.isEmpty()) {
            decisions.add(new Decision.Relocation(machine.name(), new VmIdentity(addresses, machine.network()),
                hops.entrySet().stream()
                    .map(hop -> new Leg(hop.getKey().source(), hop.getKey().destination(),
                        whole ? List.of() : prefixes(hop.getValue())))
                    .toList(), List.copyOf(unmatched)));
        }
        if (!unclear.isEmpty()) {
            decisions.add(new Decision.Refusal(machine.name(), sentence(unclear)));
        }
        return decisions;
    }

    /**
     * Flows with peers that the topology does not show may go along only if all known ones go the same way, all of
     * them with this machine, none remains that has its state where they come from, and it is known where all are.
     */
    private boolean concernsAllFlows(final VirtualMachine machine, final Set<String> own,
            final SortedMap<String, Outcome> outcomes) {
        if (scan.isClouded(machine.network())) {
            return false;
        }
        final var moves = new ArrayList<Outcome.Move>();
        final var stillUsed = new TreeSet<>(scan.passedBy(machine));
        for (var entry : outcomes.entrySet()) {
            switch (entry.getValue()) {
                case Outcome.Move move when own.contains(entry.getKey()) -> moves.add(move);
                case Outcome.Move move -> {
                    return false;
                }
                case Outcome.Unclear unclear -> {
                    return false;
                }
                case Outcome.Severed severed -> stillUsed.addAll(severed.at());
                case Outcome.Stay stay -> {
                    // Its hosts are among those passed now
                }
            }
        }
        return moves.stream().distinct().count() == 1
            && moves.getFirst().hops().stream().noneMatch(hop -> stillUsed.contains(hop.source()));
    }

    private List<IpPrefix> prefixes(final Set<String> peers) {
        return peers.stream()
            .flatMap(peer -> machines.get(peer).addresses().stream())
            .map(IpPrefix::of)
            .sorted(Comparator.comparing(IpPrefix::toString))
            .toList();
    }

    private static String sentence(final SortedMap<String, SortedSet<String>> unclear) {
        return unclear.entrySet().stream()
            .map(reason -> "Flows with " + names(reason.getValue()) + " stay where they are: " + reason.getKey() + ". ")
            .collect(Collectors.joining())
            + "Once it is clear where they belong, ask for the migration with notify-state-migration.";
    }

    private static String names(final SortedSet<String> peers) {
        final var some = peers.stream().limit(PEERS_NAMED).collect(Collectors.joining(", "));
        return peers.size() > PEERS_NAMED ? some + " and " + (peers.size() - PEERS_NAMED) + " more" : some;
    }

    private static <K> void add(final SortedMap<K, SortedSet<String>> map, final K key, final String peer) {
        map.computeIfAbsent(key, none -> new TreeSet<>()).add(peer);
    }
}
