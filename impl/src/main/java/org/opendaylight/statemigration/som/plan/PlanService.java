// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.plan;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.opendaylight.statemigration.host.StateHostId;
import org.opendaylight.statemigration.ifma.AgentException;
import org.opendaylight.statemigration.ifma.FlowSelection;
import org.opendaylight.statemigration.ifma.MigrationId;
import org.opendaylight.statemigration.ifma.StateOrchestrationAgent;
import org.opendaylight.statemigration.ifmt.HostRejection;
import org.opendaylight.statemigration.ifmt.MigrationRejectedException;
import org.opendaylight.statemigration.ifmt.Rejection;
import org.opendaylight.statemigration.ifmt.RequestRejection;
import org.opendaylight.statemigration.ifmt.StateMigrationNotification;
import org.opendaylight.statemigration.som.engine.MasterContext;
import org.opendaylight.statemigration.som.engine.NotificationValidator;
import org.opendaylight.statemigration.som.model.Failure;
import org.opendaylight.statemigration.som.model.MigrationPlan;
import org.opendaylight.statemigration.som.policy.Policy;
import org.opendaylight.statemigration.som.registry.RegisteredHost;
import org.opendaylight.statemigration.som.transfer.DryRun;
import org.opendaylight.statemigration.som.transfer.StepFailedException;
import org.opendaylight.statemigration.som.transfer.TransferLimits;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes plans: dry runs that end at the source as if they had never been. */
public final class PlanService {
    private static final Logger LOG = LoggerFactory.getLogger(PlanService.class);
    /** How long the source may take to forget the list of flows. */
    private static final Duration TIDY_UP = Duration.ofSeconds(5);

    private final MasterContext context;
    private final AtomicInteger open = new AtomicInteger();

    public PlanService(final MasterContext context) {
        this.context = requireNonNull(context);
    }

    public MigrationPlan plan(final MigrationId id, final StateMigrationNotification notification)
            throws MigrationRejectedException, InterruptedException {
        if (notification.legs().size() != 1) {
            throw new MigrationRejectedException(
                new RequestRejection.PlanOfSeveralPairs(notification.legs().size()));
        }
        final var policy = context.policy().get();
        new NotificationValidator(policy, context.registry()::find).check(notification);
        final int limit = policy.limits().concurrent();
        try {
            if (open.incrementAndGet() > limit) {
                throw new MigrationRejectedException(new RequestRejection.TooManyPlans(limit));
            }
            return plan(id, notification, policy);
        } finally {
            open.decrementAndGet();
        }
    }

    private MigrationPlan plan(final MigrationId id, final StateMigrationNotification notification,
            final Policy policy) throws MigrationRejectedException, InterruptedException {
        final var leg = notification.legs().getFirst();
        final var source = host(leg.source());
        final var destination = host(leg.destination());
        final var dryRun = new DryRun(id, leg, new FlowSelection(notification.vm(), leg.peers()),
            TransferLimits.of(policy, source.state().profile().orElseThrow(), destination.state().profile()
            .orElseThrow()),
            policy.leniency().partial());
        final var task = new FutureTask<>(() -> dryRun.plan(agent(source), agent(destination)));
        final var ended = new CompletableFuture<Void>();
        context.workers().steps().of(leg.source()).execute(() -> {
            task.run();
            ended.complete(null);
        });
        try {
            if (!await(task, policy.timers().transfer())) {
                throw new MigrationRejectedException(new RequestRejection.PlanTooSlow(policy.timers().transfer()));
            }
            if (task.state() == Future.State.FAILED) {
                throw rejection(leg.source(), task.exceptionNow());
            }
            return task.resultNow();
        } finally {
            task.cancel(true);
            tidyUp(id, ended, source);
        }
    }

    private static MigrationRejectedException rejection(final StateHostId source, final Throwable outcome) {
        return failed(switch (outcome) {
            case AgentException told -> new RequestRejection.PlanFailed(Failure.of(told,
                new AgentException.Request(source, "plan")));
            case StepFailedException refused -> new RequestRejection.PlanFailed(refused.failure());
            case Throwable unexpected -> {
                LOG.error("A plan failed in an unexpected way", unexpected);
                yield new RequestRejection.ControllerFailed();
            }
        }, outcome);
    }

    private static MigrationRejectedException failed(final Rejection why, final Throwable cause) {
        final var rejection = new MigrationRejectedException(why);
        rejection.initCause(cause);
        return rejection;
    }

    private boolean await(final Future<?> outcome, final Duration limit) throws InterruptedException {
        return context.workers().scheduler().await(outcome, limit);
    }

    /** Once the dry run has ended, so that no request of it comes later. */
    private void tidyUp(final MigrationId id, final CompletableFuture<Void> ended, final RegisteredHost source)
            throws InterruptedException {
        final long deadline = context.ticker().read() + TIDY_UP.toNanos();
        if (!await(ended, TIDY_UP)) {
            LOG.debug("Plan {} has not noticed that it was given up", id);
        }
        final var tidied = new CompletableFuture<Void>();
        context.workers().steps().of(source.state().hostId()).execute(() -> {
            try {
                agent(source).abort(id, "It was a plan only");
            } catch (AgentException | InterruptedException e) {
                LOG.info("State Host {} may remember plan {} until it forgets it by itself",
                    source.state().hostId(), id, e);
            } finally {
                tidied.complete(null);
            }
        });
        if (!await(tidied, Duration.ofNanos(deadline - context.ticker().read()))) {
            LOG.debug("Nobody waits any longer for plan {} to be forgotten", id);
        }
    }

    private RegisteredHost host(final StateHostId id) throws MigrationRejectedException {
        return context.registry().find(id).filter(host -> host.agent().isPresent())
            .orElseThrow(() -> new MigrationRejectedException(new HostRejection.SessionEnded(id)));
    }

    private static StateOrchestrationAgent agent(final RegisteredHost host) {
        return host.agent().orElseThrow();
    }
}
