// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.engine;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.opendaylight.statemigration.host.StateHostId;
import org.opendaylight.statemigration.ifma.MigrationId;
import org.opendaylight.statemigration.ifmt.MigrationRejectedException;
import org.opendaylight.statemigration.ifmt.StateMigrationNotification;
import org.opendaylight.statemigration.som.engine.ProgressReporter.LegFigures;
import org.opendaylight.statemigration.som.lifecycle.MigrationEvent;
import org.opendaylight.statemigration.som.lifecycle.MigrationState;
import org.opendaylight.statemigration.som.lifecycle.MigrationStateMachine;
import org.opendaylight.statemigration.som.model.Failure;
import org.opendaylight.statemigration.som.model.FailureReason;
import org.opendaylight.statemigration.som.model.MigrationRecord;
import org.opendaylight.statemigration.som.model.Phase;
import org.opendaylight.statemigration.som.model.StateHostRecord.Status;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A migration as it runs. Its events are handled one at a time, in order; each is put to the {@link
 * MigrationStateMachine}, and the commands that follow are handed to the legs.
 */
final class MigrationRun {
    private static final Logger LOG = LoggerFactory.getLogger(MigrationRun.class);

    /** Hears, one call at a time, of every change in how far a migration is. */
    @FunctionalInterface
    interface Listener {
        void changed(MigrationRun run, MigrationState state);
    }

    private final MigrationId id;
    private final StateMigrationNotification notification;
    private final MasterContext context;
    private final Listener listener;
    private final ProgressReporter progressReporter;
    private final SerialExecutor serial;
    private final List<LegRun> legs = new ArrayList<>();
    /** Where the VM was said to have gone since. */
    private final Set<StateHostId> since = ConcurrentHashMap.newKeySet();
    private MigrationState state;
    private Future<?> reconciliation;
    private Future<?> expiry;
    private volatile boolean awaited;
    private boolean stopped;

    MigrationRun(final MigrationId id, final StateMigrationNotification notification,
            final Optional<MigrationId> retryOf, final boolean announced, final MasterContext context,
            final Listener listener) {
        this.id = requireNonNull(id);
        this.notification = requireNonNull(notification);
        this.context = requireNonNull(context);
        this.listener = requireNonNull(listener);
        progressReporter = new ProgressReporter(id, notification, retryOf, announced, context);
        serial = new SerialExecutor("migration-" + id);
        state = announced ? MigrationState.announced(notification.legs())
            : MigrationState.notified(notification.legs());
        awaited = announced;
    }

    MigrationId id() {
        return id;
    }

    StateMigrationNotification notification() {
        return notification;
    }

    MigrationRecord record() {
        return progressReporter.record();
    }

    /** {@return whether its VM has yet to move, and it is neither called off nor undone} */
    boolean isAwaited() {
        return awaited;
    }

    /** Its VM was said to have moved otherwise since. */
    void overtake(final StateMigrationNotification move) {
        move.legs().forEach(leg -> since.add(leg.destination()));
    }

    /** {@return whether its VM may not be any more where this migration brings it} */
    boolean isOvertaken() {
        return !since.isEmpty();
    }

    /** {@return whether its VM was said to have come back to a State Host since} */
    boolean isBackAt(final StateHostId host) {
        return since.contains(host);
    }

    /** Tell everyone that there is this migration. */
    void publish() {
        serial.execute(() -> {
            progressReporter.begin();
            if (state.awaited()) {
                final var limit = context.policy().get().planned().fulfilment();
                expiry = context.scheduler().schedule(() -> callOff(new Failure(FailureReason.DEADLINE_PASSED,
                    "The move that was announced has not happened within the " + limit.toSeconds()
                        + " s that policy gives it")), limit.toMillis(), TimeUnit.MILLISECONDS);
            }
        });
    }

    /** {@return whether this is what was announced, and nobody was faster in calling it off or undoing it} */
    CompletableFuture<Boolean> switchOver() {
        return put(new MigrationEvent.Switched());
    }

    /** {@return whether the VM had yet to move, so that it is undone now} */
    CompletableFuture<Boolean> callOff(final Failure why) {
        return put(new MigrationEvent.CalledOff(why));
    }

    /** It is its turn. */
    void start() {
        serial.execute(() -> {
            try {
                final var policy = context.policy().get();
                new NotificationValidator(policy, context.registry()::find, context::standIn).check(notification);
                if (legs.isEmpty()) {
                    legs.addAll(new LegFactory(this, context, serial, new Progress())
                        .prepare(policy, state.awaited()));
                }
                apply(new MigrationEvent.Started(following()));
            } catch (MigrationRejectedException e) {
                apply(new MigrationEvent.Refused(new Failure(reason(e.kind()), e.getMessage())));
            }
        });
    }

    /** {@return whether it will be undone, or ends before it has begun} */
    CompletableFuture<Boolean> cancel(final Failure why) {
        return put(new MigrationEvent.CancelRequested(why));
    }

    /** {@return whether it made a difference} */
    private CompletableFuture<Boolean> put(final MigrationEvent migrationEvent) {
        return CompletableFuture.supplyAsync(() -> {
            final var before = state;
            apply(migrationEvent);
            return !state.equals(before);
        }, serial);
    }

    void hostReturned(final StateHostId host) {
        serial.execute(() -> apply(new MigrationEvent.HostReturned(host)));
    }

    /** Tell everyone that it is not shown any more. */
    void forget() {
        serial.execute(() -> context.observer().migrationForgotten(id));
    }

    /** Do nothing further. */
    void stop() {
        serial.execute(() -> {
            stopped = true;
            legs.forEach(LegRun::stop);
            forgetExpiry();
            if (reconciliation != null) {
                reconciliation.cancel(false);
            }
        });
    }

    private void apply(final MigrationEvent migrationEvent) {
        if (stopped) {
            return;
        }
        final var transition = MigrationStateMachine.next(state, migrationEvent);
        if (transition.state().equals(state) && transition.commands().isEmpty()) {
            LOG.debug("Migration {}, {}: {} comes late or twice", id, state.phase(), migrationEvent);
            return;
        }
        state = transition.state();
        awaited = state.awaited();
        // First what has to be done, then what there is to tell: the VM waits
        final var why = state.failure().map(Failure::detail).orElse("");
        transition.commands().forEach(command -> legs.get(command.leg()).execute(command, why));
        if (!awaited) {
            forgetExpiry();
        }
        final var phase = state.phase();
        if (phase.isFinal()) {
            legs.forEach(LegRun::stop);
        }
        progressReporter.update(state, figures());
        reconcileWhile(phase == Phase.UNKNOWN);
        listener.changed(this, state);
    }

    /** {@return the legs of which a copy is made before the VM moves} */
    private Set<Integer> following() {
        return IntStream.range(0, legs.size()).filter(index -> legs.get(index).figures().rounds().isPresent()).boxed()
            .collect(Collectors.toSet());
    }

    private void forgetExpiry() {
        if (expiry != null) {
            expiry.cancel(false);
            expiry = null;
        }
    }

    private List<LegFigures> figures() {
        return legs.isEmpty() ? notification.legs().stream().map(leg -> LegFigures.NONE).toList()
            : legs.stream().map(LegRun::figures).toList();
    }

    /** What the legs tell. */
    private final class Progress implements LegFactory.Listener {
        @Override
        public void happened(final MigrationEvent migrationEvent) {
            apply(migrationEvent);
        }

        @Override
        public void progressed() {
            progressReporter.progressed(state, figures());
        }

        @Override
        public void copyCurrent(final int leg) {
            legs.get(leg).copyCurrent();
        }
    }

    /** A host that never went away does not return, yet its step may be worth another try. */
    private void reconcileWhile(final boolean unknown) {
        if (unknown && reconciliation == null) {
            final long millis = context.pace().reconcile().toMillis();
            reconciliation = context.scheduler().scheduleWithFixedDelay(() -> serial.execute(this::reconcile), millis,
                millis, TimeUnit.MILLISECONDS);
        } else if (!unknown && reconciliation != null) {
            reconciliation.cancel(false);
            reconciliation = null;
        }
    }

    private void reconcile() {
        notification.legs().stream()
            .flatMap(leg -> List.of(leg.source(), leg.destination()).stream())
            .distinct()
            .filter(host -> context.registry().find(host)
                .filter(known -> known.state().status() == Status.CONNECTED).isPresent())
            .forEach(host -> apply(new MigrationEvent.HostReturned(host)));
    }

    private static FailureReason reason(final MigrationRejectedException.Kind kind) {
        return switch (kind) {
            case ACCESS_DENIED -> FailureReason.STATE_HOST_UNAUTHORIZED;
            case INVALID_VALUE, DATA_MISSING -> FailureReason.STATE_HOST_UNKNOWN;
            case OPERATION_FAILED, RESOURCE_DENIED -> FailureReason.STATE_HOST_DISCONNECTED;
        };
    }
}
