// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.backend.linux.read;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.opendaylight.statemigration.agent.backend.linux.conntrack.Conntrack;
import org.opendaylight.statemigration.agent.backend.linux.conntrack.DumpFilter;
import org.opendaylight.statemigration.agent.backend.linux.conntrack.EntryRequests;
import org.opendaylight.statemigration.agent.backend.linux.mapping.ConntrackEntry;
import org.opendaylight.statemigration.agent.backend.linux.mapping.MasterTuple;
import org.opendaylight.statemigration.agent.backend.linux.netlink.KernelException;
import org.opendaylight.statemigration.flow.Expectation;
import org.opendaylight.statemigration.flow.Flow;

/**
 * What the kernel expects. It is asked for each master by itself: of an expectation the kernel does not tell the zone.
 *
 * @param conntrack the table
 */
public record ExpectationTable(Conntrack conntrack) {
    /** One that has no more than this many seconds left may have ended between two looks. */
    private static final int SHORT_LIVED = 60;

    public ExpectationTable {
        requireNonNull(conntrack);
    }

    /**
     * Give a flow the expectations that it has in the table.
     *
     * @param flow the flow
     * @param zone its zone
     * @return the flow with them; empty if one of them cannot be expressed
     * @throws KernelException if they cannot be read
     */
    Optional<Flow> addTo(final Flow flow, final int zone) throws KernelException {
        if (flow.helper().isEmpty()) {
            return Optional.of(flow);
        }
        final var found = conntrack.expectations(flow, zone);
        return found.contains(Optional.<Expectation>empty()) ? Optional.empty()
            : Optional.of(flow.withExpectations(found.stream().map(Optional::orElseThrow)
                .sorted(Comparator.comparing(Expectation::toString)).toList()));
    }

    /**
     * Tell what a flow lacks.
     *
     * @param flow the flow asked for
     * @param zone its zone
     * @return those of its expectations that are not in the table as asked for, but for the time-out
     * @throws KernelException if they cannot be read
     */
    public List<Expectation> missing(final Flow flow, final int zone) throws KernelException {
        if (flow.expectations().isEmpty()) {
            return List.of();
        }
        final var found = new HashSet<Expectation>();
        conntrack.expectations(flow, zone).forEach(each ->
            each.ifPresent(expectation -> found.add(expectation.withTimeout(0))));
        return flow.expectations().stream().filter(wanted -> !found.contains(wanted.withTimeout(0))).toList();
    }

    /**
     * Compare a flow that no packet has passed yet with what was asked for. An expectation ends with the flow that it
     * is for, whose first packet may come before the next one of its master.
     *
     * @param flow the flow asked for
     * @param zone its zone
     * @return a sentence that tells what it lacks; empty if it lacks nothing
     * @throws KernelException if the expectations cannot be read
     */
    public Optional<String> difference(final Flow flow, final int zone) throws KernelException {
        final var missing = missing(flow, zone).stream().filter(each -> each.timeout() > SHORT_LIVED)
            .map(Expectation::toString).collect(Collectors.joining(", "));
        return missing.isEmpty() || hasChild(flow, zone) ? Optional.empty()
            : Optional.of("Flow " + flow.key() + " differs: it does not expect " + missing);
    }

    private boolean hasChild(final Flow flow, final int zone) throws KernelException {
        final var master = Optional.of(MasterTuple.of(flow.key()));
        final var children = new ArrayList<ConntrackEntry>();
        conntrack.dump(DumpFilter.all(EntryRequests.family(flow.key().original())), entry -> {
            if (entry.zone() == zone && entry.master().equals(master)) {
                children.add(entry);
            }
        });
        return !children.isEmpty();
    }
}
