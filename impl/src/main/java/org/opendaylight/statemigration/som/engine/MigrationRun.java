// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.engine;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.opendaylight.statemigration.host.StateHostId;
import org.opendaylight.statemigration.ifma.MigrationId;
import org.opendaylight.statemigration.ifmt.MigrationRejectedException;
import org.opendaylight.statemigration.ifmt.StateMigrationNotification;
import org.opendaylight.statemigration.som.engine.ProgressReporter.LegFigures;
import org.opendaylight.statemigration.som.lifecycle.Command;
import org.opendaylight.statemigration.som.lifecycle.MigrationEvent;
import org.opendaylight.statemigration.som.lifecycle.MigrationState;
import org.opendaylight.statemigration.som.lifecycle.MigrationStateMachine;
import org.opendaylight.statemigration.som.model.Failure;
import org.opendaylight.statemigration.som.model.MigrationRecord;
import org.opendaylight.statemigration.som.model.Phase;
import org.opendaylight.statemigration.som.model.StateHostRecord.Status;
import org.opendaylight.statemigration.som.scheduling.ScheduledMigration;
import org.opendaylight.statemigration.som.worker.Mailbox;
import org.opendaylight.statemigration.som.worker.TaskScheduler.ScheduledTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A migration as it runs. Its events are handled in its mailbox; each is put to the {@link MigrationStateMachine}, and
 * the commands that follow are handed to the legs.
 */
final class MigrationRun implements ScheduledMigration {
    private static final Logger LOG = LoggerFactory.getLogger(MigrationRun.class);
    /** How long to wait for what an event leads to: the mailbox blocks nowhere, so this is for a controller in need. */
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(5);

    /** Hears, one call at a time and without a lock, of every change in how far a migration is. */
    @FunctionalInterface
    interface Listener {
        void changed(MigrationRun run, MigrationState state);
    }

    private final MigrationId id;
    private final StateMigrationNotification notification;
    private final MasterContext context;
    private final Listener listener;
    private final ProgressReporter progressReporter;
    private final Mailbox mailbox;
    private final RepeatedCheck reconciliation;
    private final List<LegRun> legs = new ArrayList<>();
    /** Where the VM was said to have gone since. */
    private final Set<StateHostId> since = ConcurrentHashMap.newKeySet();
    private MigrationState state;
    private ScheduledTask expiry = () -> { };
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
        mailbox = context.workers().mailbox("migration-" + id);
        reconciliation = new RepeatedCheck(context.timings().reconcile(), this::reconcile, mailbox,
            context.workers().scheduler());
        state = announced ? MigrationState.announced(notification.legs())
            : MigrationState.notified(notification.legs());
        awaited = announced;
    }

    @Override
    public MigrationId id() {
        return id;
    }

    @Override
    public StateMigrationNotification notification() {
        return notification;
    }

    MigrationRecord record() {
        return progressReporter.record();
    }

    /** {@return whether its VM has yet to move, and it is neither called off nor undone} */
    @Override
    public boolean isPreCopy() {
        return awaited;
    }

    boolean involves(final StateHostId host) {
        return hosts().anyMatch(host::equals);
    }

    private Stream<StateHostId> hosts() {
        return notification.legs().stream().flatMap(leg -> Stream.of(leg.source(), leg.destination())).distinct();
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
        mailbox.execute(() -> {
            progressReporter.begin();
            if (state.preCopy()) {
                final var limit = context.policy().get().planned().fulfilment();
                expiry = context.workers().scheduler().after(limit,
                    () -> tell(new MigrationEvent.CalledOff(new Failure.NotMoved(limit))));
            }
        });
    }

    @Override
    public void start() {
        mailbox.execute(() -> {
            try {
                final var policy = context.policy().get();
                new NotificationValidator(policy, context.registry()::find, context::failoverSource)
                    .check(notification);
                if (legs.isEmpty()) {
                    legs.addAll(new LegFactory(this, context, mailbox).create(policy, state.preCopy()));
                }
                apply(new MigrationEvent.Started(preCopied()));
            } catch (MigrationRejectedException e) {
                apply(new MigrationEvent.StartRejected(new Failure.NotBegun(e.rejection())));
            }
        });
    }

    /** {@return whether this is what was announced, and nobody was faster in calling it off or undoing it} */
    boolean switchOver() {
        return isChangedBy(new MigrationEvent.SwitchedOver());
    }

    /** {@return whether it will be undone, or ends before it has begun} */
    boolean cancel(final Failure why) {
        return isChangedBy(new MigrationEvent.CancelRequested(why));
    }

    private boolean isChangedBy(final MigrationEvent event) {
        return mailbox.ask(() -> {
            final var before = state;
            apply(event);
            return !state.equals(before);
        }, ANSWER_TIMEOUT).orElse(false);
    }

    /** Something has happened, which is acted upon soon. */
    void tell(final MigrationEvent event) {
        mailbox.execute(() -> apply(event));
    }

    /** Tell everyone that it is not shown any more. */
    void forget() {
        mailbox.execute(() -> context.listener().migrationForgotten(id));
    }

    /** Do nothing further. */
    void stop() {
        mailbox.execute(() -> {
            stopped = true;
            legs.forEach(LegRun::stop);
            expiry.cancel();
            reconciliation.runWhile(false);
        });
    }

    /** Some counts have changed. Called in the mailbox. */
    void progressed() {
        progressReporter.progressed(state, figures());
    }

    /** Something has happened. Called in the mailbox. */
    void apply(final MigrationEvent event) {
        if (stopped) {
            return;
        }
        final var transition = MigrationStateMachine.next(state, event);
        if (transition.state().equals(state) && transition.commands().isEmpty()) {
            LOG.debug("Migration {}, {}: {} comes late or twice", id, state.phase(), event);
            return;
        }
        state = transition.state();
        awaited = state.preCopy();
        // First what has to be done, then what there is to tell: the VM waits
        final var why = state.failure().map(Failure::detail).orElse("");
        transition.commands().forEach(command -> execute(command, why));
        if (!awaited) {
            expiry.cancel();
        }
        final var phase = state.phase();
        if (phase.isFinal()) {
            legs.forEach(LegRun::stop);
        }
        progressReporter.update(state, figures());
        reconciliation.runWhile(phase == Phase.UNKNOWN);
        listener.changed(this, state);
    }

    /** A step that cannot even begin, for want of memory say, has failed like any other. */
    @SuppressWarnings("checkstyle:IllegalCatch")
    private void execute(final Command command, final String why) {
        try {
            legs.get(command.leg()).execute(command, why);
        } catch (RuntimeException | Error e) {
            final var host = state.legs().get(command.leg()).host(command.step());
            final var failed = FailureMapper.of(command.leg(), command.step(), host, e);
            tell(failed);
        }
    }

    /** {@return the legs of which a copy is made before the VM moves} */
    private Set<Integer> preCopied() {
        return IntStream.range(0, legs.size()).filter(index -> legs.get(index).figures().rounds().isPresent()).boxed()
            .collect(Collectors.toSet());
    }

    private List<LegFigures> figures() {
        return legs.isEmpty() ? notification.legs().stream().map(leg -> LegFigures.NONE).toList()
            : legs.stream().map(LegRun::figures).toList();
    }

    /** A host that never went away does not return, yet its step may be worth another try. */
    private void reconcile() {
        hosts().filter(host -> context.registry().find(host)
                .filter(known -> known.state().status() == Status.CONNECTED).isPresent())
            .forEach(host -> apply(new MigrationEvent.HostReturned(host)));
    }
}
