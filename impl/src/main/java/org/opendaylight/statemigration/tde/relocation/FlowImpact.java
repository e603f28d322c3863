// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.tde.relocation;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.opendaylight.statemigration.host.StateHostId;
import org.opendaylight.statemigration.ifmt.StateMigrationNotification.Unmatched;
import org.opendaylight.statemigration.tde.fabric.Route;
import org.opendaylight.statemigration.tde.fabric.StateHost;
import org.opendaylight.statemigration.tde.refusal.UnclearFlows;
import org.opendaylight.statemigration.tde.refusal.UnclearFlows.Path;

/**
 * What a change of topology means for the flows between two VMs.
 */
sealed interface FlowImpact {
    /** They pass the same State Hosts, or there are none yet, or they have no path: their state is where it was. */
    Stay STAY = new Stay();

    /** Nothing to do. */
    record Stay() implements FlowImpact {
    }

    /**
     * It cannot be told what to do.
     *
     * @param reason why
     */
    record Unclear(UnclearFlows reason) implements FlowImpact {
    }

    /**
     * Their state has to move.
     *
     * @param handovers from which State Host to which, at least one
     * @param unmatched functions without a counterpart
     */
    record Move(Set<Handover> handovers, Set<Unmatched> unmatched) implements FlowImpact {
        public Move {
            handovers = Set.copyOf(handovers);
            unmatched = Set.copyOf(unmatched);
        }
    }

    /**
     * One State Host takes over from one other.
     *
     * @param source where the state is
     * @param destination where it is needed
     */
    record Handover(StateHostId source, StateHostId destination) implements Comparable<Handover> {
        @Override
        public int compareTo(final Handover other) {
            final int first = source.compareTo(other.source);
            return first != 0 ? first : destination.compareTo(other.destination);
        }
    }

    /**
     * Compare two routes that are seen from the same end.
     *
     * @param before passes the State Hosts that have the state
     * @param after passes the State Hosts that need it
     */
    static FlowImpact of(final Route.Clear before, final Route.Clear after) {
        final var left = without(before.hosts(), after.hosts());
        final var arrived = without(after.hosts(), before.hosts());
        if (left.isEmpty() && arrived.isEmpty()) {
            return STAY;
        }
        final var inconsistencies = Stream.of(left, arrived).flatMap(List::stream)
            .flatMap(host -> host.inconsistencies().stream()).distinct().toList();
        if (!inconsistencies.isEmpty()) {
            return new Unclear(new UnclearFlows.InconsistentStateHost(inconsistencies));
        }
        return tooLong(Path.OLD, before.hosts()).or(() -> tooLong(Path.NEW, after.hosts()))
            .orElseGet(() -> new FunctionMatcher(before, after, left, arrived).outcome());
    }

    private static Optional<FlowImpact> tooLong(final Path path, final List<StateHost> hosts) {
        final int functions = hosts.stream().mapToInt(host -> host.functions().size()).sum();
        return functions <= Route.MAX_FUNCTIONS ? Optional.empty() : Optional.of(new Unclear(
            new UnclearFlows.TooManyFunctions(path, functions, Route.MAX_FUNCTIONS)));
    }

    private static List<StateHost> without(final List<StateHost> some, final List<StateHost> others) {
        return some.stream().filter(host -> others.stream().noneMatch(host::isSameAs)).toList();
    }
}
