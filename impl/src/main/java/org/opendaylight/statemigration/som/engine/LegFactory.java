// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.engine;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.opendaylight.statemigration.host.HostProfile;
import org.opendaylight.statemigration.host.StateHostId;
import org.opendaylight.statemigration.ifma.FlowSelection;
import org.opendaylight.statemigration.ifma.MigrationId;
import org.opendaylight.statemigration.ifmt.HostRejection;
import org.opendaylight.statemigration.ifmt.MigrationRejectedException;
import org.opendaylight.statemigration.ifmt.StateMigrationNotification.Leg;
import org.opendaylight.statemigration.som.policy.Policy;
import org.opendaylight.statemigration.som.protection.FailoverSource;
import org.opendaylight.statemigration.som.transfer.LegTransfer;
import org.opendaylight.statemigration.som.transfer.TransferLimits;
import org.opendaylight.statemigration.som.transfer.TransferOptions;
import org.opendaylight.statemigration.som.worker.Mailbox;

/** Makes the legs of a migration that begins, by what is known of their State Hosts by then. */
final class LegFactory {
    private final MigrationRun migration;
    private final MasterContext context;
    private final Mailbox mailbox;

    LegFactory(final MigrationRun migration, final MasterContext context, final Mailbox mailbox) {
        this.migration = requireNonNull(migration);
        this.context = requireNonNull(context);
        this.mailbox = requireNonNull(mailbox);
    }

    /**
     * Make the legs.
     *
     * @param policy the policy by which they run
     * @param awaited whether the VM has yet to move
     * @return all of them
     * @throws MigrationRejectedException if a State Host has gone meanwhile
     */
    List<LegRun> create(final Policy policy, final boolean awaited) throws MigrationRejectedException {
        final var legs = new ArrayList<LegRun>();
        for (var leg : migration.notification().legs()) {
            legs.add(create(leg, legs.size(), policy, awaited));
        }
        return legs;
    }

    private LegRun create(final Leg leg, final int index, final Policy policy, final boolean awaited)
            throws MigrationRejectedException {
        final var notification = migration.notification();
        final var selection = new FlowSelection(notification.vm(), leg.peers());
        final var failoverSource = context.failoverSource(leg.source(), selection);
        final var source = profile(leg.source(), failoverSource);
        // A State Host that has part in two legs tells them apart by their identity
        final var id = notification.legs().size() == 1 ? migration.id()
            : new MigrationId(migration.id() + "." + (index + 1));
        final var limits = TransferLimits.of(policy, source, profile(leg.destination(), Optional.empty()));
        final var options = new TransferOptions(awaited && source.follows(), policy.planned().interval(),
            policy.leniency().partial());
        return new LegRun(new LegContext(migration, index, leg, failoverSource, policy.timers(), mailbox),
            context, progress -> new LegTransfer(id, leg, selection, limits, options, context.ticker(), progress));
    }

    private HostProfile profile(final StateHostId host, final Optional<FailoverSource> failoverSource)
            throws MigrationRejectedException {
        return failoverSource.map(FailoverSource::profile)
            .or(() -> context.registry().find(host).flatMap(known -> known.state().profile()))
            .orElseThrow(() -> new MigrationRejectedException(new HostRejection.SessionEnded(host)));
    }
}
