package org.opendaylight.statemigration.som;

import static java.util.Objects.requireNonNull;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import org.opendaylight.statemigration.host.StateHostId;
import org.opendaylight.statemigration.host.VmIdentity;
import org.opendaylight.statemigration.ifma.FlowSelection;
import org.opendaylight.statemigration.ifma.MigrationId;
import org.opendaylight.statemigration.ifmt.MigrationBatch;
import org.opendaylight.statemigration.ifmt.MigrationRejectedException;
import org.opendaylight.statemigration.ifmt.MigrationRejectedException.Kind;
import org.opendaylight.statemigration.ifmt.StateMigrationNotification;
import org.opendaylight.statemigration.ifmt.StateMigrationReceiver;
import org.opendaylight.statemigration.som.batch.BatchBoard;
import org.opendaylight.statemigration.som.batch.BatchId;
import org.opendaylight.statemigration.som.batch.BatchRecord;
import org.opendaylight.statemigration.som.batch.Convoy;
import org.opendaylight.statemigration.som.protection.StandIns;
import org.opendaylight.statemigration.som.registry.StateHostRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The State Orchestration Master (section 4 of the draft): takes notifications, gives migrations their turn, and shows
 * how far they are. All methods may be called from any thread.
 */
public final class StateOrchestrationMaster implements StateMigrationReceiver, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StateOrchestrationMaster.class);

    private final Object lock = new Object();
    private final Map<MigrationId, MigrationRun> runs = new LinkedHashMap<>();
    private final Deque<MigrationId> ended = new ArrayDeque<>();
    private final Turns turns = new Turns();
    private final SecureRandom random = new SecureRandom();
    private final Surroundings around;
    private final PlanDesk plans;
    private final BatchBoard board;
    private final BatchDesk batches;
    private boolean closed;

    /**
     * A master with the clock of the system and a scheduler of its own.
     *
     * @param registry the State Hosts
     * @param policy the policy at present
     * @param observer sees migrations as they change
     * @param standIns take the place of sources that are dead
     */
    public StateOrchestrationMaster(final StateHostRegistry registry, final Supplier<Policy> policy,
            final MasterObserver observer, final StandIns standIns) {
        this(new Surroundings(registry, policy, new GuardedObserver(observer), InstantSource.system(),
            Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("state-migration-deadlines").factory()), Pace.DEFAULT, standIns));
    }

    /**
     * A master.
     *
     * @param registry the State Hosts
     * @param policy the policy at present
     * @param observer sees migrations as they change
     * @param clock what time it is
     * @param scheduler raises deadlines; shut down when the master is closed
     */
    public StateOrchestrationMaster(final StateHostRegistry registry, final Supplier<Policy> policy,
            final MasterObserver observer, final InstantSource clock, final ScheduledExecutorService scheduler) {
        this(new Surroundings(registry, policy, new GuardedObserver(observer), clock, scheduler,
            Pace.DEFAULT));
    }

    StateOrchestrationMaster(final Surroundings around) {
        this.around = requireNonNull(around);
        plans = new PlanDesk(around);
        board = new BatchBoard(around.observer(), around.clock(), () -> around.policy().get().limits().recent());
        batches = new BatchDesk(lock, board, around, new Members());
        around.registry().onReturn(this::hostReturned);
    }

    @Override
    public MigrationId notify(final StateMigrationNotification notification) throws MigrationRejectedException {
        return moved(notification, Optional.empty());
    }

    @Override
    public MigrationId announce(final StateMigrationNotification notification) throws MigrationRejectedException {
        return begin(notification, Optional.empty(), true, Optional.empty());
    }

    @Override
    public void callOff(final MigrationId migration) {
        find(migration).ifPresent(run -> run.callOff(new Failure(FailureReason.CANCELLED,
            "The announced move will not happen")));
    }

    @Override
    public List<MigrationBatch.Answer> submit(final MigrationBatch batch) {
        return batches.submit(newBatchId(), batch, List.of());
    }

    /**
     * Several machines move for one reason, of which some are not clear.
     *
     * @param batch those that are clear
     * @param unclear the others, which are shown as rejected
     * @return identity of the batch, and what became of each machine that is clear, in their order
     */
    public Submission submit(final MigrationBatch batch, final List<BatchRecord.Rejected> unclear) {
        final var id = newBatchId();
        return new Submission(id, batches.submit(id, batch, unclear));
    }

    /**
     * What became of a batch.
     *
     * @param id its identity
     * @param answers one for each notification, in their order
     */
    public record Submission(BatchId id, List<MigrationBatch.Answer> answers) {
        public Submission {
            requireNonNull(id);
            answers = List.copyOf(answers);
        }
    }

    /**
     * Find out what a migration would do. Changes no table; the source makes a list of the flows and forgets it.
     *
     * @param notification what would be notified; one pair of State Hosts
     * @return the plan
     * @throws MigrationRejectedException if the migration would be rejected, or a State Host does not play its part
     * @throws InterruptedException if interrupted while State Hosts are asked
     */
    public MigrationPlan plan(final StateMigrationNotification notification)
            throws MigrationRejectedException, InterruptedException {
        return plans.plan(newId("p"), requireNonNull(notification));
    }

    /**
     * Stop a migration and leave its flows at the source.
     *
     * @param id the migration
     * @throws MigrationRejectedException if there is none, or it is too late
     */
    public void cancel(final MigrationId id) throws MigrationRejectedException {
        final var run = run(id);
        if (!run.cancel(new Failure(FailureReason.CANCELLED, "An operator cancelled the migration")).join()) {
            throw new MigrationRejectedException(Kind.OPERATION_FAILED, "Migration " + id
                + " cannot be cancelled any more: it is " + name(run.record().phase()));
        }
    }

    /**
     * Stop all migrations of a batch that can still be stopped, and leave their flows at the source.
     *
     * @param id the batch
     * @return how many were stopped
     * @throws MigrationRejectedException if there is no such batch
     */
    public int cancel(final BatchId id) throws MigrationRejectedException {
        return batches.cancel(id);
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
            throw new MigrationRejectedException(Kind.OPERATION_FAILED, "Migration " + id
                + " cannot be tried again: it is " + name(phase) + ", neither failed nor cancelled");
        }
        return begin(run.notification(), Optional.of(id), run.record().isAwaited(), Optional.empty());
    }

    /** {@return the migrations under way and recent ones, in the order in which they became known} */
    public List<MigrationRecord> migrations() {
        synchronized (lock) {
            return runs.values().stream().map(MigrationRun::record).toList();
        }
    }

    /**
     * Accept nothing further, undo what can be undone, and stop. What is not undone in time the State Hosts undo by
     * themselves when their leases end.
     */
    @Override
    public void close() {
        final List<MigrationRun> open;
        synchronized (lock) {
            closed = true;
            open = List.copyOf(runs.values());
        }
        open.forEach(run -> run.cancel(new Failure(FailureReason.CANCELLED, "The controller is being stopped")));
        try {
            awaitEnd();
        } catch (InterruptedException e) {
            LOG.debug("Closed in a hurry", e);
            Thread.currentThread().interrupt();
        }
        open.forEach(MigrationRun::stop);
        around.scheduler().shutdownNow();
    }

    private void awaitEnd() throws InterruptedException {
        final long deadline = System.nanoTime() + around.pace().farewell().toNanos();
        synchronized (lock) {
            while (runs.values().stream().map(run -> run.record().phase())
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

    private MigrationId moved(final StateMigrationNotification notification, final Optional<Convoy> convoy)
            throws MigrationRejectedException {
        for (var run : awaited(notification.vm())) {
            if (run.notification().isSameMove(notification) && run.switchOver().join()) {
                switched(run, convoy);
                return run.id();
            }
        }
        return begin(notification, Optional.empty(), false, convoy);
    }

    /** The new one begins once what was announced for the same machine before is undone. */
    private MigrationId begin(final StateMigrationNotification notification, final Optional<MigrationId> retryOf,
            final boolean announced, final Optional<Convoy> convoy) throws MigrationRejectedException {
        final var policy = around.policy().get();
        new NotificationCheck(policy, around.registry()::find, around::standIn).check(notification);
        final var run = new MigrationRun(newId("m"), notification, retryOf, announced, around,
            this::changed);
        synchronized (lock) {
            checkRoom(notification.vm(), announced, policy);
            awaited(notification.vm()).forEach(other -> other.callOff(new Failure(FailureReason.CANCELLED,
                "Migration " + run.id() + " says that the machine moves otherwise than announced: "
                    + notification.description())));
            runs.put(run.id(), run);
            if (announced) {
                turns.announce(run.id(), notification.vm(), convoy);
            } else {
                turns.add(run.id(), notification.vm(), convoy);
            }
            convoy.ifPresent(one -> join(one, run));
            run.publish();
            giveTurns();
        }
        return run.id();
    }

    private List<MigrationRun> awaited(final VmIdentity vm) {
        synchronized (lock) {
            return runs.values().stream()
                .filter(run -> run.isAwaited() && Turns.overlap(run.notification().vm(), vm)).toList();
        }
    }

    private void join(final Convoy convoy, final MigrationRun run) {
        board.add(convoy.batch(), new BatchRecord.Migrating(BatchDesk.machine(run.notification()), run.id(),
            run.record().phase()));
    }

    private void switched(final MigrationRun run, final Optional<Convoy> convoy) {
        synchronized (lock) {
            convoy.ifPresent(one -> join(one, run));
            turns.switched(run.id());
            giveTurns();
        }
    }

    private void checkRoom(final VmIdentity vm, final boolean announced, final Policy policy)
            throws MigrationRejectedException {
        final var limits = policy.limits();
        if (closed) {
            throw new MigrationRejectedException(Kind.OPERATION_FAILED, "The controller is being stopped");
        }
        if (turns.waiting() >= limits.waiting() && !turns.isFree(vm, announced, Turns.Limits.of(policy))
                || runs.size() - ended.size() >= limits.waiting() + limits.concurrent()
                    + policy.planned().standingBy()) {
            throw new MigrationRejectedException(Kind.RESOURCE_DENIED, "Too many migrations are open, and "
                + turns.waiting() + " wait for their turn, where policy permits " + limits.waiting()
                + ": try again later");
        }
    }

    /** Guarded by the lock, so that no migration starts before it is announced. */
    private void giveTurns() {
        turns.next(Turns.Limits.of(around.policy().get())).forEach(id -> runs.get(id).start());
    }

    private void changed(final MigrationRun run, final Phase phase, final boolean decided) {
        synchronized (lock) {
            board.changed(run.id(), phase);
            if (phase.isFinal()) {
                turns.remove(run.id());
                end(run);
                if (phase == Phase.FAILED && !closed) {
                    Thread.ofVirtual().name("rescue-of-" + run.id()).start(() -> rescue(run));
                }
            } else if (phase == Phase.UNKNOWN) {
                turns.freePlace(run.id());
                if (decided) {
                    turns.freeMachine(run.id());
                }
            }
            giveTurns();
            lock.notifyAll();
        }
    }

    /** Its source may have died under it, and have left a checkpoint. */
    private void rescue(final MigrationRun run) {
        final var record = run.record();
        final var notification = run.notification();
        if (record.isAwaited() || record.legs().stream().anyMatch(leg -> leg.restoration().isPresent())
                || notification.legs().stream().noneMatch(leg -> around.standIn(leg.source(),
                    new FlowSelection(notification.vm(), leg.peers())).isPresent())) {
            return;
        }
        try {
            LOG.info("Migration {} goes on from the last checkpoint as {}", run.id(),
                begin(notification, Optional.of(run.id()), false, Optional.empty()));
        } catch (MigrationRejectedException e) {
            LOG.warn("Migration {} cannot go on from the last checkpoint: {}", run.id(), e.getMessage());
        }
    }

    private void end(final MigrationRun run) {
        ended.add(run.id());
        while (ended.size() > around.policy().get().limits().recent()) {
            runs.remove(ended.remove()).forget();
        }
    }

    private void hostReturned(final StateHostId host) {
        final List<MigrationRun> known;
        synchronized (lock) {
            known = List.copyOf(runs.values());
        }
        known.forEach(run -> run.hostReturned(host));
    }

    private MigrationRun run(final MigrationId id) throws MigrationRejectedException {
        return find(id).orElseThrow(() -> new MigrationRejectedException(
            Kind.DATA_MISSING, "There is no migration " + id + ", or it ended too long ago to be shown"));
    }

    private Optional<MigrationRun> find(final MigrationId id) {
        synchronized (lock) {
            return Optional.ofNullable(runs.get(id));
        }
    }

    private static String name(final Phase phase) {
        return phase.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private MigrationId newId(final String prefix) {
        return new MigrationId(newName(prefix));
    }

    private BatchId newBatchId() {
        return new BatchId(newName("b"));
    }

    /** Unique also over restarts, and in the order of time. */
    private String newName(final String prefix) {
        return "%s-%011x-%016x".formatted(prefix, around.clock().millis(), random.nextLong());
    }

    /** What batches need of this. */
    private final class Members implements BatchDesk.Migrations {
        @Override
        public MigrationId begin(final StateMigrationNotification notification, final boolean announced,
                final Convoy convoy) throws MigrationRejectedException {
            return announced
                ? StateOrchestrationMaster.this.begin(notification, Optional.empty(), true, Optional.of(convoy))
                : moved(notification, Optional.of(convoy));
        }

        @Override
        public void cancel(final MigrationId migration) throws MigrationRejectedException {
            StateOrchestrationMaster.this.cancel(migration);
        }
    }
}
