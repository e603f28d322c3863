package org.opendaylight.statemigration.tde;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.opendaylight.statemigration.flow.VirtualNetwork;

/**
 * Machines of one virtual network that are attached to the same edge now, and were so together in all that is known
 * from before. What happens to the flows of one happens to those of each.
 */
final class Party {
    private final Optional<VirtualNetwork> network;
    private final String edge;
    private final List<Optional<String>> before;
    private final List<VirtualMachine> machines = new ArrayList<>();
    private final List<Contact> contacts = new ArrayList<>();

    /**
     * An empty party.
     *
     * @param network their virtual network
     * @param edge the edge they are attached to
     * @param before the edge they were attached to in each snapshot of the baseline, newest first
     */
    Party(final Optional<VirtualNetwork> network, final String edge, final List<Optional<String>> before) {
        this.network = requireNonNull(network);
        this.edge = requireNonNull(edge);
        this.before = List.copyOf(before);
    }

    void add(final VirtualMachine machine) {
        machines.add(machine);
    }

    void addContact(final Party peer, final Outcome outcome) {
        contacts.add(new Contact(peer, outcome));
    }

    Optional<VirtualNetwork> network() {
        return network;
    }

    String edge() {
        return edge;
    }

    List<VirtualMachine> machines() {
        return machines;
    }

    /** {@return name of the first machine, which no other party has} */
    String name() {
        return machines.getFirst().name();
    }

    /** {@return peers to whom something happens} */
    List<Contact> contacts() {
        return contacts;
    }

    /** {@return the edge in one of the snapshots, the newest being 0} */
    Optional<String> before(final int snapshot) {
        return before.get(snapshot);
    }

    Optional<String> lastSeen() {
        return before.stream().flatMap(Optional::stream).findFirst();
    }

    /** {@return whether the machines were attached to the same edge just before} */
    boolean isSettled() {
        return before.getFirst().filter(edge::equals).isPresent();
    }

    /** {@return whether they have come from elsewhere, or are back} */
    boolean hasMoved() {
        return !isSettled() && lastSeen().isPresent();
    }

    /**
     * What happens to the flows with a peer.
     *
     * @param peer the peer
     * @param outcome not {@link Outcome.Stay}
     */
    record Contact(Party peer, Outcome outcome) {
    }
}
