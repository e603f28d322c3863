// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.tde.relocation;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.opendaylight.statemigration.host.IpPrefix;
import org.opendaylight.statemigration.host.StateHostId;
import org.opendaylight.statemigration.host.VmIdentity;
import org.opendaylight.statemigration.ifmt.StateMigrationNotification.Leg;
import org.opendaylight.statemigration.ifmt.StateMigrationNotification.Unmatched;
import org.opendaylight.statemigration.tde.refusal.TopologyRefusal;
import org.opendaylight.statemigration.tde.refusal.UnclearFlows;
import org.opendaylight.statemigration.tde.relocation.VmGroup.Contact;
import org.opendaylight.statemigration.tde.topology.VirtualMachine;

/**
 * Turns what happened to a group's flows with each of its peers into as few legs as possible.
 */
final class LegPlanner {
    private final RouteChangeScan scan;

    LegPlanner(final RouteChangeScan scan) {
        this.scan = requireNonNull(scan);
    }

    /**
     * Plan for one group.
     *
     * @param vmGroup the VMs
     * @param own the peers whose flows are to be moved with them, not with the peer
     * @return for each VM a relocation, a refusal, or one of each
     */
    List<Decision> plan(final VmGroup vmGroup, final List<Contact> own) {
        final var handovers = new TreeMap<FlowImpact.Handover, List<VirtualMachine>>();
        final var unmatched = new TreeSet<Unmatched>(Comparator.comparing(Unmatched::host)
            .thenComparing(Unmatched::function).thenComparing(Unmatched::side));
        final var unclear = new HashMap<UnclearFlows, Set<String>>();
        final boolean whole = concernsAllFlows(vmGroup, own);
        for (var contact : own) {
            final var peers = contact.peer().vms();
            switch (contact.outcome()) {
                case FlowImpact.Move move -> {
                    for (var peer : peers) {
                        if (whole || !peer.addresses().isEmpty()) {
                            move.handovers().forEach(handover ->
                                handovers.computeIfAbsent(handover, key -> new ArrayList<>()).add(peer));
                            unmatched.addAll(move.unmatched());
                        } else {
                            add(unclear, new UnclearFlows.PeerWithoutAddress(peer.name()), peer);
                        }
                    }
                }
                case FlowImpact.Unclear why -> peers.forEach(peer -> add(unclear, why.reason(), peer));
                case FlowImpact.Stay stay -> throw new IllegalStateException("Nothing to plan with " + contact.peer());
            }
        }
        final var legs = handovers.entrySet().stream()
            .map(handover -> new Leg(handover.getKey().source(), handover.getKey().destination(),
                whole ? List.of() : prefixes(handover.getValue())))
            .toList();
        return vmGroup.vms().stream()
            .flatMap(vm -> decide(vm, legs, List.copyOf(unmatched), unclear).stream())
            .toList();
    }

    private List<Decision> decide(final VirtualMachine vm, final List<Leg> legs, final List<Unmatched> unmatched,
            final Map<UnclearFlows, Set<String>> unclear) {
        final var addresses = scan.history().lastingAddresses(vm);
        if (addresses.isEmpty()) {
            return List.of(new Decision.Refusal(vm.name(),
                new TopologyRefusal.VmWithoutAddress(vm.name())));
        }
        final var decisions = new ArrayList<Decision>();
        if (!legs.isEmpty()) {
            decisions.add(new Decision.Relocation(vm.name(), new VmIdentity(addresses, vm.network()), legs,
                unmatched));
        }
        if (!unclear.isEmpty()) {
            decisions.add(new Decision.Refusal(vm.name(),
                new TopologyRefusal.FlowsStay(vm.name(), unclear)));
        }
        return decisions;
    }

    /**
     * Flows with peers that the topology does not show may go along only if all known ones go the same way, all of
     * them with this group, none remains that has its state where they come from, and it is known where all are.
     */
    private boolean concernsAllFlows(final VmGroup vmGroup, final List<Contact> own) {
        if (own.size() < vmGroup.contacts().size() || !scan.isComplete(vmGroup.network())) {
            return false;
        }
        final var sources = new HashSet<StateHostId>();
        final var outcomes = own.stream().map(Contact::outcome).collect(Collectors.toSet());
        for (var flowImpact : outcomes) {
            switch (flowImpact) {
                case FlowImpact.Move move -> move.handovers().forEach(handover -> sources.add(handover.source()));
                case FlowImpact.Unclear unclear -> {
                    return false;
                }
                case FlowImpact.Stay stay -> {
                    // Its hosts are among those passed now
                }
            }
        }
        return outcomes.size() == 1 && !scan.stillNeeds(vmGroup, sources);
    }

    private static List<IpPrefix> prefixes(final List<VirtualMachine> peers) {
        final var prefixes = new TreeMap<String, IpPrefix>();
        peers.stream().flatMap(peer -> peer.addresses().stream()).map(IpPrefix::of)
            .forEach(prefix -> prefixes.put(prefix.toString(), prefix));
        return List.copyOf(prefixes.values());
    }

    private static void add(final Map<UnclearFlows, Set<String>> map, final UnclearFlows reason,
            final VirtualMachine peer) {
        map.computeIfAbsent(reason, none -> new TreeSet<>()).add(peer.name());
    }
}
