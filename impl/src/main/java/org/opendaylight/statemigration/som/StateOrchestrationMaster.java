// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som;

import static java.util.Objects.requireNonNull;

import com.google.common.base.Ticker;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.opendaylight.statemigration.ifma.MigrationId;
import org.opendaylight.statemigration.ifmt.MigrationBatch;
import org.opendaylight.statemigration.ifmt.MigrationRejectedException;
import org.opendaylight.statemigration.ifmt.StateMigrationNotification;
import org.opendaylight.statemigration.ifmt.StateMigrationReceiver;
import org.opendaylight.statemigration.som.batch.BatchManager;
import org.opendaylight.statemigration.som.batch.BatchTracker;
import org.opendaylight.statemigration.som.engine.IdGenerator;
import org.opendaylight.statemigration.som.engine.MasterContext;
import org.opendaylight.statemigration.som.engine.MigrationManager;
import org.opendaylight.statemigration.som.engine.RetryTimings;
import org.opendaylight.statemigration.som.model.BatchId;
import org.opendaylight.statemigration.som.model.BatchRecord;
import org.opendaylight.statemigration.som.model.MasterListener;
import org.opendaylight.statemigration.som.model.MigrationPlan;
import org.opendaylight.statemigration.som.model.MigrationRecord;
import org.opendaylight.statemigration.som.model.SafeListener;
import org.opendaylight.statemigration.som.plan.PlanService;
import org.opendaylight.statemigration.som.policy.Policy;
import org.opendaylight.statemigration.som.protection.FailoverSources;
import org.opendaylight.statemigration.som.registry.StateHostRegistry;
import org.opendaylight.statemigration.som.worker.Workers;

/**
 * The State Orchestration Master (section 4 of the draft): takes notifications, begins migrations when there is a slot,
 * and shows how far they are. All methods may be called from any thread.
 */
public final class StateOrchestrationMaster implements StateMigrationReceiver, AutoCloseable {
    private final IdGenerator idGenerator;
    private final PlanService plans;
    private final MigrationManager migrations;
    private final BatchManager batches;

    /**
     * A master with the clock of the system.
     *
     * @param registry the State Hosts
     * @param policy the policy at present
     * @param listener sees migrations as they change
     * @param failoverSources take the place of sources that are dead
     * @param workers threads for all it does; they outlive the master
     */
    public StateOrchestrationMaster(final StateHostRegistry registry, final Supplier<Policy> policy,
            final MasterListener listener, final FailoverSources failoverSources, final Workers workers) {
        this(new MasterContext(registry, policy, SafeListener.of(listener), InstantSource.system(),
            Ticker.systemTicker(), workers, RetryTimings.DEFAULT, failoverSources));
    }

    StateOrchestrationMaster(final MasterContext context) {
        this(context, new IdGenerator(context.clock()));
    }

    StateOrchestrationMaster(final MasterContext context, final IdGenerator ids) {
        idGenerator = requireNonNull(ids);
        plans = new PlanService(context);
        final var workers = context.workers();
        final var tracker = new BatchTracker(context.listener(), context.clock(),
            () -> context.policy().get().limits().recent(), context.timings().progress(), workers.mailbox("batches"),
            workers.scheduler());
        migrations = new MigrationManager(tracker, context, idGenerator);
        batches = new BatchManager(tracker, context.clock(), migrations);
        context.registry().onReturn(migrations::hostReturned);
        context.failoverSources().cleanUpDuring(migrations.vmLocks());
    }

    @Override
    public MigrationId notify(final StateMigrationNotification notification) throws MigrationRejectedException {
        return migrations.moved(notification, Optional.empty());
    }

    @Override
    public MigrationId announce(final StateMigrationNotification notification) throws MigrationRejectedException {
        return migrations.announce(notification, Optional.empty());
    }

    @Override
    public void callOff(final MigrationId migration) {
        migrations.callOff(migration);
    }

    @Override
    public boolean isLost(final MigrationId migration) {
        return migrations.isLost(migration);
    }

    @Override
    public List<MigrationBatch.Answer> submit(final MigrationBatch batch) {
        return batches.submit(idGenerator.batch(), batch, List.of());
    }

    /**
     * Several VMs move for one reason, of which some are not clear.
     *
     * @param batch those that are clear
     * @param unclear the others, which are shown as rejected
     * @return identity of the batch, and what became of each VM that is clear, in their order
     */
    public Submission submit(final MigrationBatch batch, final List<BatchRecord.Rejected> unclear) {
        final var id = idGenerator.batch();
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
        return plans.plan(idGenerator.plan(), requireNonNull(notification));
    }

    /**
     * Stop a migration and leave its flows at the source.
     *
     * @param id the migration
     * @throws MigrationRejectedException if there is none, or it is too late
     */
    public void cancel(final MigrationId id) throws MigrationRejectedException {
        migrations.cancel(id);
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
        return migrations.retry(id);
    }

    /** {@return the migrations under way and recent ones, in the order in which they became known} */
    public List<MigrationRecord> migrations() {
        return migrations.records();
    }

    /**
     * Accept nothing further, undo what can be undone, and stop. What is not undone in time the State Hosts undo by
     * themselves when their leases end.
     */
    @Override
    public void close() {
        migrations.close();
    }
}
