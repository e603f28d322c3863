// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.engine;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.opendaylight.statemigration.host.HostProfile;
import org.opendaylight.statemigration.host.StateHostId;
import org.opendaylight.statemigration.ifma.FlowSelection;
import org.opendaylight.statemigration.ifma.MigrationId;
import org.opendaylight.statemigration.ifmt.MigrationRejectedException;
import org.opendaylight.statemigration.ifmt.MigrationRejectedException.Kind;
import org.opendaylight.statemigration.ifmt.StateMigrationNotification.Leg;
import org.opendaylight.statemigration.som.lifecycle.MigrationEvent;
import org.opendaylight.statemigration.som.policy.Policy;
import org.opendaylight.statemigration.som.protection.FailoverSource;
import org.opendaylight.statemigration.som.transfer.LegTransfer;
import org.opendaylight.statemigration.som.transfer.TransferLimits;
import org.opendaylight.statemigration.som.transfer.TransferOptions;

/** Makes the legs of a migration whose turn it is, by what is known of their State Hosts by then. */
final class LegFactory {
    /** Hears what legs tell, on the migration's executor. */
    interface Listener {
        void happened(MigrationEvent migrationEvent);

        void progressed();

        void copyCurrent(int leg);
    }

    private final MigrationRun migration;
    private final MasterContext context;
    private final Executor serial;
    private final Listener listener;

    LegFactory(final MigrationRun migration, final MasterContext context, final Executor serial,
            final Listener listener) {
        this.migration = requireNonNull(migration);
        this.context = requireNonNull(context);
        this.serial = requireNonNull(serial);
        this.listener = requireNonNull(listener);
    }

    /**
     * Make the legs.
     *
     * @param policy the policy by which they run
     * @param awaited whether the VM has yet to move
     * @return all of them
     * @throws MigrationRejectedException if a State Host has gone meanwhile
     */
    List<LegRun> prepare(final Policy policy, final boolean awaited) throws MigrationRejectedException {
        final var legs = new ArrayList<LegRun>();
        for (var leg : migration.notification().legs()) {
            legs.add(prepare(leg, legs.size(), policy, awaited));
        }
        return legs;
    }

    private LegRun prepare(final Leg leg, final int index, final Policy policy, final boolean awaited)
            throws MigrationRejectedException {
        final var notification = migration.notification();
        final var selection = new FlowSelection(notification.vm(), leg.peers());
        final var standIn = context.standIn(leg.source(), selection);
        final var source = profile(leg.source(), standIn);
        // A State Host that has part in two legs tells them apart by their identity
        final var id = notification.legs().size() == 1 ? migration.id()
            : new MigrationId(migration.id() + "." + (index + 1));
        final var transfer = new LegTransfer(id, leg, selection,
            TransferLimits.of(policy, source, profile(leg.destination(), Optional.empty())),
            new TransferOptions(awaited && source.follows(), policy.planned().interval(), policy.leniency().partial()),
            new Progress(index));
        return new LegRun(index, id.value(), leg, transfer, standIn, policy.timers(), context, serial,
            () -> migration.isBackAt(leg.source()), listener::happened);
    }

    private HostProfile profile(final StateHostId host, final Optional<FailoverSource> standIn)
            throws MigrationRejectedException {
        return standIn.map(FailoverSource::profile)
            .or(() -> context.registry().find(host).flatMap(known -> known.state().profile()))
            .orElseThrow(() -> new MigrationRejectedException(Kind.OPERATION_FAILED,
                "The session with State Host " + host + " has just ended"));
    }

    /** Brings what a transfer tells to the migration's executor. */
    private final class Progress implements LegTransfer.Listener {
        private final int leg;

        Progress(final int leg) {
            this.leg = leg;
        }

        @Override
        public void progressed() {
            serial.execute(listener::progressed);
        }

        @Override
        public void copyCurrent() {
            serial.execute(() -> listener.copyCurrent(leg));
        }
    }
}
