package org.opendaylight.statemigration.tde;

import static java.util.Objects.requireNonNull;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.opendaylight.statemigration.som.intake.KnownMachine;
import org.opendaylight.statemigration.som.intake.MachineSource;

/**
 * Virtual machines of all topologies that are watched, and the State Hosts that their flows pass. Safe for use by
 * several threads; an answer is about the topology as it was when it was last evaluated, so it agrees with what the
 * Topology Discovery Entity then decided.
 */
public final class MachineDirectory implements MachineSource {
    private final Map<String, Entry> topologies = new ConcurrentHashMap<>();

    void update(final TopologySnapshot snapshot) {
        topologies.put(snapshot.id(), new Entry(snapshot));
    }

    void forget(final String topologyId) {
        topologies.remove(topologyId);
    }

    @Override
    public Collection<KnownMachine> machines() {
        return topologies.values().stream()
            .flatMap(entry -> entry.machines().stream())
            .sorted(Comparator.comparing(KnownMachine::topologyId).thenComparing(KnownMachine::name))
            .toList();
    }

    /**
     * A topology as it was last evaluated.
     *
     * @param topologyId its id
     * @return the topology; empty if there is none, or it is not watched
     */
    public Optional<TopologySnapshot> snapshot(final String topologyId) {
        return Optional.ofNullable(topologies.get(topologyId)).map(entry -> entry.snapshot);
    }

    /** A topology, and its machines once somebody has asked for them: their passages take long to find. */
    private static final class Entry {
        private final TopologySnapshot snapshot;
        private List<KnownMachine> machines;

        Entry(final TopologySnapshot snapshot) {
            this.snapshot = requireNonNull(snapshot);
        }

        synchronized List<KnownMachine> machines() {
            if (machines == null) {
                final var passages = new Passages(snapshot);
                machines = snapshot.machines().values().stream()
                    .map(machine -> new KnownMachine(snapshot.id(), machine.name(), machine.addresses(),
                        machine.network(), machine.macAddress(), machine.uuid().map(Object::toString),
                        passages.of(machine)))
                    .toList();
            }
            return machines;
        }
    }
}
