// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.engine;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import org.opendaylight.statemigration.host.StateHostId;
import org.opendaylight.statemigration.host.VmIdentity;
import org.opendaylight.statemigration.ifma.MigrationId;
import org.opendaylight.statemigration.ifmt.MigrationRejectedException;
import org.opendaylight.statemigration.ifmt.MigrationRejectedException.Kind;
import org.opendaylight.statemigration.ifmt.StateMigrationNotification;
import org.opendaylight.statemigration.som.batch.BatchManager;
import org.opendaylight.statemigration.som.batch.BatchTracker;
import org.opendaylight.statemigration.som.lifecycle.MigrationState;
import org.opendaylight.statemigration.som.model.BatchRecord;
import org.opendaylight.statemigration.som.model.Failure;
import org.opendaylight.statemigration.som.model.FailureReason;
import org.opendaylight.statemigration.som.model.MigrationRecord;
import org.opendaylight.statemigration.som.model.Phase;
import org.opendaylight.statemigration.som.protection.VmLocks;
import org.opendaylight.statemigration.som.scheduling.ConcurrencyGroup;
import org.opendaylight.statemigration.text.EnumNames;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes migrations, gives them their turn, and knows them until they are long over. */
public final class MigrationManager implements BatchManager.Migrations, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MigrationManager.class);

    private final MigrationTable migrationTable = new MigrationTable();
    private final Object lock;
    private final BatchTracker tracker;
    private final MasterContext context;
    private final IdGenerator idGenerator;
    private final FallbackRule fallbackRule;
    private final MigrationScheduler migrationScheduler;
    private boolean closed;

    /**
     * A desk.
     *
     * @param lock guards the board, and what this keeps
     * @param tracker shows batches
     * @param context clock, observer and the like
     * @param idGenerator gives migrations their identities
     */
    public MigrationManager(final Object lock, final BatchTracker tracker, final MasterContext context,
            final IdGenerator idGenerator) {
        this.lock = requireNonNull(lock);
        this.tracker = requireNonNull(tracker);
        this.context = requireNonNull(context);
        this.idGenerator = requireNonNull(idGenerator);
        fallbackRule = new FallbackRule(context::standIn);
        migrationScheduler = new MigrationScheduler(migrationTable, context);
    }

    @Override
    public MigrationId begin(final StateMigrationNotification notification, final boolean announced,
            final ConcurrencyGroup concurrencyGroup) throws MigrationRejectedException {
        return announced ? announce(notification, Optional.of(concurrencyGroup)) : moved(notification,
            Optional.of(concurrencyGroup));
    }

    /** A VM has moved: what was announced goes on, or a migration begins. */
    public MigrationId moved(final StateMigrationNotification notification, final Optional<ConcurrencyGroup> convoy)
            throws MigrationRejectedException {
        overtake(notification);
        for (var run : awaited(notification.vm())) {
            if (run.notification().isSameMove(notification) && run.switchOver().join()) {
                switched(run, convoy);
                return run.id();
            }
        }
        return open(notification, Optional.empty(), false, convoy);
    }

    /** A VM is about to move. */
    public MigrationId announce(final StateMigrationNotification notification, final Optional<ConcurrencyGroup> convoy)
            throws MigrationRejectedException {
        return open(notification, Optional.empty(), true, convoy);
    }

    /** A VM will not move as announced. */
    public void callOff(final MigrationId id) {
        find(id).ifPresent(run -> run.callOff(new Failure(FailureReason.CANCELLED,
            "The announced move will not happen")));
    }

    /** {@return whether it has ended before its VM has moved, and nobody has called it off} */
    public boolean isLost(final MigrationId id) {
        return find(id).map(MigrationRun::record).filter(MigrationRecord::isAwaited)
            .filter(record -> record.phase() == Phase.FAILED || record.phase() == Phase.CANCELLED)
            .filter(record -> record.failure().map(Failure::reason).filter(FailureReason.CANCELLED::equals).isEmpty())
            .isPresent();
    }

    @Override
    public void cancel(final MigrationId id) throws MigrationRejectedException {
        final var run = run(id);
        if (!run.cancel(new Failure(FailureReason.CANCELLED, "An operator cancelled the migration")).join()) {
            throw new MigrationRejectedException(Kind.OPERATION_FAILED, "Migration " + id
                + " cannot be cancelled any more: it is " + EnumNames.of(run.record().phase()));
        }
    }

    /** Begin a failed or cancelled one anew. */
    public MigrationId retry(final MigrationId id) throws MigrationRejectedException {
        final var run = run(id);
        final var phase = run.record().phase();
        if (phase != Phase.FAILED && phase != Phase.CANCELLED) {
            throw new MigrationRejectedException(Kind.OPERATION_FAILED, "Migration " + id
                + " cannot be tried again: it is " + EnumNames.of(phase) + ", neither failed nor cancelled");
        }
        if (!run.record().isAwaited()) {
            overtake(run.notification());
        }
        return open(run.notification(), Optional.of(id), run.record().isAwaited(), Optional.empty());
    }

    /** {@return when no migration deals with a VM's flows} */
    public VmLocks machineTurns() {
        return new VmLockService(lock, migrationScheduler);
    }

    public List<MigrationRecord> records() {
        synchronized (lock) {
            return migrationTable.all().stream().map(MigrationRun::record).toList();
        }
    }

    /** A State Host is back. Whoever tells that may hold a lock that is needed to give turns. */
    public void hostReturned(final StateHostId host) {
        Thread.ofPlatform().daemon().name("return-of-" + host).start(() -> {
            all().forEach(run -> run.hostReturned(host));
            synchronized (lock) {
                migrationScheduler.giveTurns();
            }
        });
    }

    /** Take no more, and undo what can be undone in time. */
    @Override
    public void close() {
        final List<MigrationRun> open;
        synchronized (lock) {
            closed = true;
            open = migrationTable.all();
        }
        open.forEach(run -> run.cancel(new Failure(FailureReason.CANCELLED, "The controller is being stopped")));
        try {
            awaitEnd();
        } catch (InterruptedException e) {
            LOG.debug("Closed in a hurry", e);
            Thread.currentThread().interrupt();
        }
        open.forEach(MigrationRun::stop);
    }

    private void awaitEnd() throws InterruptedException {
        final long deadline = System.nanoTime() + context.pace().farewell().toNanos();
        synchronized (lock) {
            while (migrationTable.all().stream().map(run -> run.record().phase())
                    .anyMatch(phase -> !phase.isFinal() && phase != Phase.UNKNOWN)) {
                final long millis = (deadline - System.nanoTime()) / 1_000_000;
                if (millis <= 0) {
                    LOG.warn("Some migrations have not ended: their State Hosts undo them when their leases end");
                    return;
                }
                lock.wait(millis);
            }
        }
    }

    private MigrationId open(final StateMigrationNotification notification, final Optional<MigrationId> retryOf,
            final boolean announced, final Optional<ConcurrencyGroup> convoy) throws MigrationRejectedException {
        final var run = permitted(notification, retryOf, announced);
        admit(run, convoy);
        return run.id();
    }

    /** The State Hosts are asked for outside of the lock, which they must not wait for. */
    private MigrationRun permitted(final StateMigrationNotification notification, final Optional<MigrationId> retryOf,
            final boolean announced) throws MigrationRejectedException {
        new NotificationValidator(context.policy().get(), context.registry()::find, context::standIn)
            .check(notification);
        return new MigrationRun(idGenerator.migration(), notification, retryOf, announced, context, this::changed);
    }

    /** The new one begins once what was announced for the same VM before is undone. */
    private void admit(final MigrationRun run, final Optional<ConcurrencyGroup> convoy)
            throws MigrationRejectedException {
        final var vm = run.notification().vm();
        synchronized (lock) {
            if (closed) {
                throw new MigrationRejectedException(Kind.OPERATION_FAILED, "The controller is being stopped");
            }
            migrationScheduler.checkRoom(run.notification(), run.isAwaited());
            awaited(vm).forEach(other -> other.callOff(new Failure(FailureReason.CANCELLED,
                "Migration " + run.id() + " says that the VM moves otherwise than announced: "
                    + run.notification().description())));
            migrationTable.add(run);
            migrationScheduler.enter(run, convoy);
            convoy.ifPresent(one -> join(one, run));
            run.publish();
            migrationScheduler.giveTurns();
        }
    }

    private List<MigrationRun> awaited(final VmIdentity vm) {
        synchronized (lock) {
            return migrationTable.of(vm).filter(MigrationRun::isAwaited).toList();
        }
    }

    /** A VM is elsewhere than others of its migrations bring it, even if none will follow this move. */
    private void overtake(final StateMigrationNotification move) {
        synchronized (lock) {
            migrationTable.of(move.vm()).filter(run -> !run.isAwaited() && !run.notification().isSameMove(move))
                .forEach(run -> run.overtake(move));
        }
    }

    private void join(final ConcurrencyGroup concurrencyGroup, final MigrationRun run) {
        tracker.add(concurrencyGroup.batch(), new BatchRecord.Migrating(BatchManager.machine(run.notification()),
            run.id(),
            run.record().phase()));
    }

    private void switched(final MigrationRun run, final Optional<ConcurrencyGroup> convoy) {
        synchronized (lock) {
            convoy.ifPresent(one -> join(one, run));
            migrationScheduler.switched(run.id());
            migrationScheduler.giveTurns();
        }
    }

    private void changed(final MigrationRun run, final MigrationState state) {
        final var phase = state.phase();
        synchronized (lock) {
            tracker.changed(run.id(), phase);
            migrationScheduler.changed(run, state);
            if (phase == Phase.RELEASING || phase == Phase.COMPLETED) {
                run.notification().legs().forEach(leg -> context.standIns().arrived(leg.destination(),
                    run.notification().vm()));
            }
            if (phase.isFinal()) {
                migrationTable.end(run, context.policy().get().limits().recent());
                if (phase == Phase.FAILED && !closed) {
                    Thread.ofPlatform().daemon().name("after-" + run.id()).start(() -> goOn(run));
                }
            }
            migrationScheduler.giveTurns();
            lock.notifyAll();
        }
    }

    /** The VM has moved, so its flows follow in another way if there is one: unless it has moved on since. */
    private void goOn(final MigrationRun run) {
        fallbackRule.of(run.record()).ifPresent(how -> {
            try {
                final var next = permitted(run.notification(), Optional.of(run.id()), false);
                synchronized (lock) {
                    if (run.isOvertaken()) {
                        LOG.info("Migration {} does not go on {}: its VM has moved since", run.id(), how);
                        return;
                    }
                    admit(next, Optional.empty());
                }
                LOG.info("Migration {} goes on {} as {}", run.id(), how, next.id());
            } catch (MigrationRejectedException e) {
                LOG.warn("Migration {} cannot go on {}: {}", run.id(), how, e.getMessage());
            }
        });
    }

    private MigrationRun run(final MigrationId id) throws MigrationRejectedException {
        return find(id).orElseThrow(() -> new MigrationRejectedException(
            Kind.DATA_MISSING, "There is no migration " + id + ", or it ended too long ago to be shown"));
    }

    private Optional<MigrationRun> find(final MigrationId id) {
        synchronized (lock) {
            return migrationTable.find(id);
        }
    }

    private List<MigrationRun> all() {
        synchronized (lock) {
            return migrationTable.all();
        }
    }
}
