package org.opendaylight.statemigration.tde;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.Optional;
import java.util.SortedMap;

/**
 * A topology without what changes too often: links that are suppressed count as down, and machines of which the
 * attachment is suppressed as attached to nothing. Only changes that a decision could have been based on count. What
 * was never seen before costs nothing, nor does a link that comes up: it had to go down before.
 */
final class StableView {
    private final FlapDamping damping;
    private SortedMap<Flapping, Instant> suppressed = Collections.emptySortedMap();
    private TopologySnapshot latest;

    StableView(final FlapDamping damping) {
        this.damping = requireNonNull(damping);
    }

    /** {@return the stable part of a topology, the newest that there is} */
    TopologySnapshot of(final TopologySnapshot next, final Instant now) {
        if (latest != null) {
            countLinks(latest.fabric(), next.fabric(), now);
            countMachines(next, now);
        }
        latest = next;
        return again(now);
    }

    /** {@return the stable part of the newest topology, some time later} */
    TopologySnapshot again(final Instant now) {
        suppressed = damping.suppressed(now);
        return suppressed.isEmpty() ? latest : latest.without(suppressed.keySet());
    }

    /** {@return what is left out, and until when unless it changes again} */
    SortedMap<Flapping, Instant> suppressed() {
        return suppressed;
    }

    private void countLinks(final Fabric before, final Fabric after, final Instant now) {
        if (before.links().equals(after.links())) {
            return;
        }
        final var links = new HashMap<String, Link>();
        after.links().forEach(link -> links.put(link.id(), link));
        for (var link : before.links()) {
            final var next = links.get(link.id());
            if (next == null) {
                damping.changed(new Flapping(Flapping.Kind.LINK, link.id()), Dampening.LOSS, now);
            } else if (!next.equals(link)) {
                damping.changed(new Flapping(Flapping.Kind.LINK, link.id()), Dampening.CHANGE, now);
            }
        }
    }

    private void countMachines(final TopologySnapshot next, final Instant now) {
        for (var machine : latest.machines().values()) {
            final var later = Optional.ofNullable(next.machines().get(machine.name()));
            if (machine.attachedTo().isPresent()
                    && !later.flatMap(VirtualMachine::attachedTo).equals(machine.attachedTo())) {
                damping.changed(new Flapping(Flapping.Kind.VIRTUAL_MACHINE, machine.name()), Dampening.CHANGE, now);
            }
        }
    }
}
