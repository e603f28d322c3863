package org.opendaylight.statemigration.tde;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.opendaylight.statemigration.flow.VirtualNetwork;
import org.opendaylight.statemigration.host.StateHostId;
import org.opendaylight.statemigration.host.VmIdentity;

/**
 * Virtual machines of all topologies that are watched, by any of their names. Safe for use by several threads; an
 * answer is about the topology as it was when it was last evaluated.
 */
public final class MachineDirectory {
    private final Map<String, TopologySnapshot> topologies = new ConcurrentHashMap<>();

    void update(final TopologySnapshot snapshot) {
        topologies.put(snapshot.id(), snapshot);
    }

    void forget(final String topologyId) {
        topologies.remove(topologyId);
    }

    /**
     * Find machines.
     *
     * @param selector what is known of them
     * @return all of which that is true, by topology and name: none if it is unknown, several if it is ambiguous
     */
    public List<Match> resolve(final Selector selector) {
        final var matches = new ArrayList<Match>();
        topologies.forEach((topology, snapshot) -> snapshot.machines().values().stream().filter(selector::matches)
            .forEach(machine -> matches.add(new Match(topology, machine))));
        matches.sort(Comparator.comparing(Match::topologyId).thenComparing(match -> match.machine().name()));
        return matches;
    }

    /**
     * Find out which State Hosts a machine's flows with any known peer may pass at present.
     *
     * @param match the machine
     * @return State Hosts; none if the machine is attached to nothing, or has no peer
     */
    public SortedSet<StateHostId> passages(final Match match) {
        final var hosts = new TreeSet<StateHostId>();
        final var snapshot = topologies.get(match.topologyId());
        final var machine = snapshot == null ? null : snapshot.machines().get(match.machine().name());
        if (machine != null && machine.attachedTo().isPresent()) {
            final var edge = machine.attachedTo().orElseThrow();
            final Set<String> peers = new HashSet<>();
            snapshot.machines().values().stream().filter(peer -> peer.network().equals(machine.network()))
                .forEach(peer -> peer.attachedTo().ifPresent(peers::add));
            peers.forEach(peer -> hosts.addAll(snapshot.fabric().paths().between(edge, peer).mayPass()));
        }
        return hosts;
    }

    /**
     * What is known of a machine. All that is given must be true.
     *
     * @param name name of its node
     * @param macAddress a MAC address, in any case
     * @param uuid its UUID
     * @param network its virtual network
     */
    public record Selector(Optional<String> name, Optional<String> macAddress, Optional<UUID> uuid,
            Optional<VirtualNetwork> network) {
        public Selector {
            requireNonNull(name);
            macAddress = macAddress.map(mac -> mac.toLowerCase(Locale.ROOT));
            requireNonNull(uuid);
            requireNonNull(network);
            if (name.isEmpty() && macAddress.isEmpty() && uuid.isEmpty() && network.isEmpty()) {
                throw new IllegalArgumentException("Nothing is said about the virtual machine: give its name, MAC"
                    + " address, UUID or virtual network");
            }
        }

        boolean matches(final VirtualMachine machine) {
            return name.filter(given -> !given.equals(machine.name())).isEmpty()
                && macAddress.filter(given -> !macAddress.equals(machine.macAddress())).isEmpty()
                && uuid.filter(given -> !uuid.equals(machine.uuid())).isEmpty()
                && network.filter(given -> !network.equals(machine.network())).isEmpty();
        }
    }

    /**
     * A machine that was found.
     *
     * @param topologyId the topology
     * @param machine the machine
     */
    public record Match(String topologyId, VirtualMachine machine) {
        public Match {
            requireNonNull(topologyId);
            requireNonNull(machine);
        }

        /** {@return its identity as State Hosts know it; empty if it has no address} */
        public Optional<VmIdentity> identity() {
            return machine.addresses().isEmpty() ? Optional.empty()
                : Optional.of(new VmIdentity(machine.addresses(), machine.network()));
        }
    }
}
