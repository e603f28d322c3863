// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.backend.linux.write;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.opendaylight.statemigration.agent.backend.linux.conntrack.Conntrack;
import org.opendaylight.statemigration.agent.backend.linux.conntrack.EntryRequests;
import org.opendaylight.statemigration.agent.backend.linux.conntrack.ExpectationRequests;
import org.opendaylight.statemigration.agent.backend.linux.mapping.RefusalCause;
import org.opendaylight.statemigration.agent.backend.linux.netlink.KernelException;
import org.opendaylight.statemigration.agent.backend.linux.read.ExpectationTable;
import org.opendaylight.statemigration.flow.Expectation;
import org.opendaylight.statemigration.flow.Flow;
import org.opendaylight.statemigration.ifma.RefusalReason;

/**
 * Creates the expectations of masters that are in the table.
 *
 * @param conntrack the table
 */
record ExpectationCreator(Conntrack conntrack) {
    ExpectationCreator {
        requireNonNull(conntrack);
    }

    /**
     * A flow that is in the table.
     *
     * @param flow the flow
     * @param zone its zone
     */
    record Master(Flow flow, int zone) {
        Master {
            requireNonNull(flow);
        }
    }

    private record Wanted(int index, Master master, Expectation expectation) {
        EntryRequests.Request create() {
            return ExpectationRequests.create(master.flow, master.zone, expectation);
        }

        EntryRequests.Request setTimeout() {
            return ExpectationRequests.setTimeout(master.flow, master.zone, expectation);
        }
    }

    /**
     * Create the expectations of flows and read them back.
     *
     * @param masters the flows
     * @return for each what speaks against it, if anything; those of its expectations that were created go with it
     * @throws KernelException if the table cannot be written
     */
    List<Optional<RefusalCause>> create(final List<Master> masters) throws KernelException {
        final var causes = new ArrayList<Optional<RefusalCause>>();
        final var wanted = new ArrayList<Wanted>();
        for (var master : masters) {
            for (var expectation : master.flow.expectations()) {
                wanted.add(new Wanted(causes.size(), master, expectation));
            }
            causes.add(Optional.empty());
        }
        if (wanted.isEmpty()) {
            return causes;
        }
        final int[] errors = conntrack.execute(wanted.stream().map(Wanted::create).toList());
        final var created = new ArrayList<EntryRequests.Request>();
        for (int i = 0; i < errors.length; i++) {
            final var want = wanted.get(i);
            switch (errors[i]) {
                case 0 -> created.add(want.setTimeout());
                case KernelException.EEXIST -> {
                    // Ours already or somebody else's: what is read back tells
                }
                default -> causes.set(want.index, Optional.of(refusal(want, errors[i])));
            }
        }
        // One that is used or ended meanwhile answers with an error, which is just as well
        conntrack.execute(created);
        final var found = new ExpectationTable(conntrack);
        for (int i = 0; i < masters.size(); i++) {
            final var master = masters.get(i);
            final var missing = found.missing(master.flow, master.zone);
            if (causes.get(i).isEmpty() && !missing.isEmpty()) {
                causes.set(i, Optional.of(new RefusalCause(RefusalReason.COLLISION, "Another flow expects "
                    + missing.getFirst() + " otherwise than " + master.flow.key())));
            }
        }
        return causes;
    }

    private static RefusalCause refusal(final Wanted want, final int error) throws KernelException {
        final var what = want.expectation + " for " + want.master.flow.key();
        return switch (error) {
            case KernelException.EBUSY ->
                new RefusalCause(RefusalReason.COLLISION, "Another flow expects the like of " + what);
            case KernelException.ENOMEM, KernelException.EMFILE ->
                new RefusalCause(RefusalReason.NO_ROOM, "The table of expectations has no room for " + what);
            case KernelException.EINVAL, KernelException.EOPNOTSUPP -> new RefusalCause(
                RefusalReason.UNSUPPORTED_ATTRIBUTE, "The kernel cannot expect " + what
                    + (want.expectation.translation().isPresent() ? ": it may lack NAT" : ""));
            case KernelException.ENOENT, KernelException.ESHUTDOWN ->
                new RefusalCause(RefusalReason.NO_ROOM, "The table has dropped " + want.master.flow.key() + " at once");
            default -> throw new KernelException("expect " + what, error);
        };
    }
}
