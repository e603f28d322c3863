// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.engine;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import org.opendaylight.statemigration.host.HostProfile;
import org.opendaylight.statemigration.host.StateHostId;
import org.opendaylight.statemigration.ifma.FailureReason;
import org.opendaylight.statemigration.ifma.MigrationId;
import org.opendaylight.statemigration.ifmt.MigrationRejectedException;
import org.opendaylight.statemigration.ifmt.RequestRejection;
import org.opendaylight.statemigration.ifmt.StateMigrationNotification;
import org.opendaylight.statemigration.som.batch.BatchManager;
import org.opendaylight.statemigration.som.batch.BatchTracker;
import org.opendaylight.statemigration.som.lifecycle.MigrationEvent;
import org.opendaylight.statemigration.som.lifecycle.MigrationState;
import org.opendaylight.statemigration.som.model.Failure;
import org.opendaylight.statemigration.som.model.Failure.Cancelled.Cause;
import org.opendaylight.statemigration.som.model.MigrationRecord;
import org.opendaylight.statemigration.som.model.Phase;
import org.opendaylight.statemigration.som.protection.VmLocks;
import org.opendaylight.statemigration.som.scheduling.ConcurrencyGroup;
import org.opendaylight.statemigration.som.scheduling.MigrationScheduler;
import org.opendaylight.statemigration.text.EnumNames;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes requests about migrations, and knows migrations until they are long over. Holds no lock of its own. */
public final class MigrationManager implements BatchManager.Migrations, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MigrationManager.class);

    private final MigrationTable table = new MigrationTable();
    private final BatchTracker batches;
    private final MasterContext context;
    private final FallbackRule fallbackRule;
    private final MigrationScheduler scheduler;
    private final MigrationAdmission admission;
    private volatile boolean closed;

    /**
     * A manager without migrations.
     *
     * @param batches shows batches
     * @param context clock, pools and the like
     * @param ids gives migrations their identities
     */
    public MigrationManager(final BatchTracker batches, final MasterContext context, final IdGenerator ids) {
        this.batches = requireNonNull(batches);
        this.context = requireNonNull(context);
        fallbackRule = new FallbackRule(context::failoverSource);
        scheduler = new MigrationScheduler(context.policy(), host -> context.registry().find(host)
            .flatMap(known -> known.state().profile()).map(HostProfile::limits));
        admission = new MigrationAdmission(context, ids, table, scheduler, batches, this::changed);
    }

    @Override
    public MigrationId begin(final StateMigrationNotification notification, final boolean announced,
            final ConcurrencyGroup concurrencyGroup) throws MigrationRejectedException {
        return announced ? announce(notification, Optional.of(concurrencyGroup)) : moved(notification,
            Optional.of(concurrencyGroup));
    }

    /**
     * A VM has moved: the switchover of its pre-copy, or a migration begins.
     *
     * @param notification how it has moved
     * @param group the batch it belongs to, if any
     * @return the migration
     * @throws MigrationRejectedException if there will be none
     */
    public MigrationId moved(final StateMigrationNotification notification, final Optional<ConcurrencyGroup> group)
            throws MigrationRejectedException {
        table.overtake(notification);
        for (var run : table.awaited(notification.vm())) {
            if (run.notification().isSameMove(notification) && run.switchOver()) {
                group.ifPresent(one -> admission.join(one, run));
                scheduler.switchedOver(run.id());
                scheduler.startNext();
                return run.id();
            }
        }
        return admission.open(notification, Optional.empty(), false, group);
    }

    /**
     * A VM is about to move.
     *
     * @param notification how it will move
     * @param group the batch it belongs to, if any
     * @return the migration
     * @throws MigrationRejectedException if there will be none
     */
    public MigrationId announce(final StateMigrationNotification notification, final Optional<ConcurrencyGroup> group)
            throws MigrationRejectedException {
        return admission.open(notification, Optional.empty(), true, group);
    }

    /**
     * A VM will not move as announced.
     *
     * @param id its migration
     */
    public void callOff(final MigrationId id) {
        table.find(id).ifPresent(run -> run.tell(new MigrationEvent.CalledOff(
            new Failure.Cancelled(Cause.CALLED_OFF))));
    }

    /**
     * Whether a migration is lost.
     *
     * @param id the migration
     * @return whether it has ended before its VM has moved, and nobody has called it off
     */
    public boolean isLost(final MigrationId id) {
        return table.find(id).map(MigrationRun::record).filter(MigrationRecord::isPreCopy)
            .filter(record -> record.phase() == Phase.FAILED || record.phase() == Phase.CANCELLED)
            .filter(record -> record.failure().map(Failure::reason).filter(FailureReason.CANCELLED::equals).isEmpty())
            .isPresent();
    }

    @Override
    public void cancel(final MigrationId id) throws MigrationRejectedException {
        final var run = run(id);
        if (!run.cancel(new Failure.Cancelled(Cause.OPERATOR))) {
            throw new MigrationRejectedException(new RequestRejection.NotCancellable(id,
                EnumNames.of(run.record().phase())));
        }
    }

    /**
     * Begin a failed or cancelled migration anew.
     *
     * @param id the migration
     * @return the new one
     * @throws MigrationRejectedException if there is none, or it has not failed, or it is rejected as it would be now
     */
    public MigrationId retry(final MigrationId id) throws MigrationRejectedException {
        final var run = run(id);
        final var phase = run.record().phase();
        if (phase != Phase.FAILED && phase != Phase.CANCELLED) {
            throw new MigrationRejectedException(new RequestRejection.NotRetryable(id, EnumNames.of(phase)));
        }
        if (!run.record().isPreCopy()) {
            table.overtake(run.notification());
        }
        return admission.open(run.notification(), Optional.of(id), run.record().isPreCopy(), Optional.empty());
    }

    /** {@return for others who deal with the flows of VMs while none of their migrations does} */
    public VmLocks vmLocks() {
        return scheduler;
    }

    /** {@return the migrations under way and recent ones, in the order in which they became known} */
    public List<MigrationRecord> records() {
        return table.all().stream().map(MigrationRun::record).toList();
    }

    /**
     * A State Host is back. Returns at once: whoever tells may hold a lock.
     *
     * @param host the State Host
     */
    public void hostReturned(final StateHostId host) {
        context.workers().events().execute(() -> {
            table.all().stream().filter(run -> run.involves(host)).forEach(run ->
                run.tell(new MigrationEvent.HostReturned(host)));
            scheduler.hostsChanged();
        });
    }

    /** Take no more, and undo what can be undone in time. */
    @Override
    public void close() {
        closed = true;
        scheduler.close();
        final var open = table.all();
        open.forEach(run -> run.tell(new MigrationEvent.CancelRequested(
            new Failure.Cancelled(Cause.CONTROLLER_STOPS))));
        try {
            if (!context.workers().scheduler().await(table.close(), context.timings().closeTimeout())) {
                LOG.warn("Some migrations have not ended: their State Hosts undo them when their leases end");
            }
        } catch (InterruptedException e) {
            LOG.debug("Closed in a hurry", e);
            Thread.currentThread().interrupt();
        }
        open.forEach(MigrationRun::stop);
    }

    /** A migration has got further. Called in its mailbox, without a lock. */
    private void changed(final MigrationRun run, final MigrationState state) {
        final var phase = state.phase();
        if (phase == Phase.RELEASING || phase == Phase.COMPLETED) {
            // Before others may deal with the VM
            run.notification().legs().forEach(leg -> context.failoverSources().arrived(leg.destination(),
                run.notification().vm()));
        }
        batches.changed(run.id(), phase);
        scheduler.changed(run, state);
        if (phase.isFinal()) {
            table.end(run, context.policy().get().limits().recent()).forEach(MigrationRun::forget);
            if (phase == Phase.FAILED && !closed) {
                context.workers().events().execute(() -> fallBack(run));
            }
        }
        table.changed();
        scheduler.startNext();
    }

    /** The VM has moved, so its flows follow in another way if there is one: unless it has moved on since. */
    private void fallBack(final MigrationRun run) {
        fallbackRule.of(run.record()).ifPresent(how -> {
            try {
                admission.openInPlaceOf(run).ifPresentOrElse(
                    next -> LOG.info("Migration {} goes on {} as {}", run.id(), how, next),
                    () -> LOG.info("Migration {} does not go on {}: its VM has moved since", run.id(), how));
            } catch (MigrationRejectedException e) {
                LOG.warn("Migration {} cannot go on {}: {}", run.id(), how, e.getMessage());
            }
        });
    }

    private MigrationRun run(final MigrationId id) throws MigrationRejectedException {
        return table.find(id).orElseThrow(() -> new MigrationRejectedException(
            new RequestRejection.UnknownMigration(id)));
    }
}
