// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.engine;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.opendaylight.statemigration.host.Role;
import org.opendaylight.statemigration.host.StateHostId;
import org.opendaylight.statemigration.ifma.AgentException;
import org.opendaylight.statemigration.ifma.StateOrchestrationAgent;
import org.opendaylight.statemigration.ifmt.StateMigrationNotification;
import org.opendaylight.statemigration.som.engine.ProgressReporter.LegFigures;
import org.opendaylight.statemigration.som.lifecycle.Command;
import org.opendaylight.statemigration.som.lifecycle.MigrationEvent;
import org.opendaylight.statemigration.som.lifecycle.Step;
import org.opendaylight.statemigration.som.policy.Policy;
import org.opendaylight.statemigration.som.protection.FailoverSource;
import org.opendaylight.statemigration.som.registry.RegisteredHost;
import org.opendaylight.statemigration.som.transfer.LegTransfer;

/** Executes commands for one leg, and reports what comes of them. */
final class LegRun {
    private final int index;
    private final StateMigrationNotification.Leg leg;
    private final LegTransfer transfer;
    private final Optional<FailoverSource> standIn;
    private final Policy.Timers timers;
    private final MasterContext context;
    private final StepExecutor source;
    private final StepExecutor destination;
    /** The hold is put in place beside whatever else is done at the destination. */
    private final StepExecutor hold;
    private final BooleanSupplier isBack;
    private final Consumer<MigrationEvent> events;
    private Optional<Step> atDestination = Optional.empty();
    private boolean releaseTried;

    /**
     * A leg of a migration that has begun.
     *
     * @param name for people who look at threads
     * @param standIn takes the place of a source that is dead
     * @param serial the migration's executor
     * @param isBack whether the VM was said to have come back to the source since
     * @param events hears what happens, on that executor
     */
    LegRun(final int index, final String name, final StateMigrationNotification.Leg leg, final LegTransfer transfer,
            final Optional<FailoverSource> standIn, final Policy.Timers timers, final MasterContext context,
            final Executor serial, final BooleanSupplier isBack, final Consumer<MigrationEvent> events) {
        this.index = index;
        this.leg = requireNonNull(leg);
        this.transfer = requireNonNull(transfer);
        this.standIn = requireNonNull(standIn);
        this.timers = requireNonNull(timers);
        this.context = requireNonNull(context);
        this.isBack = requireNonNull(isBack);
        this.events = requireNonNull(events);
        source = new StepExecutor(name + "-source", serial, context.scheduler());
        destination = new StepExecutor(name + "-destination", serial, context.scheduler());
        hold = new StepExecutor(name + "-hold", serial, context.scheduler());
    }

    void execute(final Command command, final String abortReason) {
        final var step = command.step();
        final var stepExecutor = lane(step);
        final var pause = context.pace().before(command.attempt());
        // Nothing else is done with the VM's flows before the first release was tried
        final BooleanSupplier inUse = releaseTried ? isBack : () -> false;
        switch (step) {
            case GET_READY, DOWNLOAD, COMMIT -> atDestination = Optional.of(step);
            case ABORT_DESTINATION -> {
                atDestination = Optional.of(step);
                hold.stop();
            }
            case RELEASE -> releaseTried = true;
            case HOLD, UPLOAD, ABORT_SOURCE -> { }
            default -> throw new IllegalStateException("No such step: " + step);
        }
        stepExecutor.begin(() -> {
            Thread.sleep(pause);
            work(step, agent(step), inUse, abortReason).run();
        }, outcome -> ended(step, outcome));
        if (command.attempt() == 1) {
            setDeadline(step);
        }
    }

    /** The copy was current a moment ago, so the download has its time anew. */
    void copyCurrent() {
        if (atDestination.filter(Step.DOWNLOAD::equals).isPresent()) {
            setDeadline(Step.DOWNLOAD);
            events.accept(new MigrationEvent.CopyCurrent(index));
        }
    }

    private void setDeadline(final Step step) {
        final var stepExecutor = lane(step);
        limit(step).ifPresentOrElse(limit -> stepExecutor.deadline(limit, () -> events.accept(
            new MigrationEvent.DeadlinePassed(index, step, FailureMapper.tooSlow(step, host(step), limit)))),
            stepExecutor::clearDeadline);
    }

    LegFigures figures() {
        return new LegFigures(transfer.counts(), transfer.hold(), transfer.rounds(), transfer.refused(),
            standIn.map(FailoverSource::restoration));
    }

    void stop() {
        source.stop();
        destination.stop();
        hold.stop();
    }

    private void ended(final Step step, final Optional<Exception> outcome) {
        if (outcome.isPresent()) {
            events.accept(FailureMapper.of(index, step, host(step), outcome.orElseThrow()));
            return;
        }
        lane(step).clearDeadline();
        switch (step) {
            case DOWNLOAD -> {
                atDestination = Optional.empty();
                // Other legs may take longer; what comes next for this one displaces it
                destination.begin(() -> transfer.destination().keepReady(agent(Step.DOWNLOAD)), given -> { });
            }
            case HOLD -> transfer.source().held();
            case GET_READY, UPLOAD, COMMIT, RELEASE, ABORT_DESTINATION, ABORT_SOURCE -> { }
            default -> throw new IllegalStateException("No such step: " + step);
        }
        events.accept(new MigrationEvent.StepDone(index, step));
    }

    private StepExecutor.Work work(final Step step, final StateOrchestrationAgent agent, final BooleanSupplier inUse,
            final String abortReason) {
        return switch (step) {
            case GET_READY -> () -> transfer.destination().getReady(agent);
            case UPLOAD -> () -> transfer.source().upload(agent);
            case DOWNLOAD -> () -> transfer.destination().download(agent);
            case HOLD -> () -> transfer.destination().hold(agent);
            case COMMIT -> () -> transfer.destination().commit(agent);
            case RELEASE -> () -> transfer.source().release(agent, inUse);
            case ABORT_DESTINATION, ABORT_SOURCE -> () -> transfer.abort(agent, abortReason);
        };
    }

    private StateOrchestrationAgent agent(final Step step) throws AgentException {
        if (step.at() == Role.SOURCE && standIn.isPresent()) {
            return standIn.orElseThrow().agent();
        }
        final var host = host(step);
        return context.registry().find(host).flatMap(RegisteredHost::agent).orElseThrow(() -> new AgentException(
            AgentException.Kind.NO_ANSWER, "There is no session with it"));
    }

    private StateHostId host(final Step step) {
        return switch (step.at()) {
            case SOURCE -> leg.source();
            case DESTINATION -> leg.destination();
        };
    }

    private StepExecutor lane(final Step step) {
        return step == Step.HOLD ? hold : switch (step.at()) {
            case SOURCE -> source;
            case DESTINATION -> destination;
        };
    }

    private Optional<Duration> limit(final Step step) {
        return switch (step) {
            case GET_READY, HOLD -> Optional.of(timers.prepare());
            // Nobody waits for the upload but the download, whose time it shares
            case UPLOAD -> Optional.empty();
            case DOWNLOAD -> Optional.of(timers.transfer());
            case COMMIT -> Optional.of(timers.commit());
            case RELEASE -> Optional.of(timers.release());
            case ABORT_DESTINATION, ABORT_SOURCE -> Optional.of(timers.rollback());
        };
    }
}
