// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.engine;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.opendaylight.statemigration.host.Role;
import org.opendaylight.statemigration.host.StateHostId;
import org.opendaylight.statemigration.ifma.AgentException;
import org.opendaylight.statemigration.ifma.StateOrchestrationAgent;
import org.opendaylight.statemigration.som.engine.ProgressReporter.LegFigures;
import org.opendaylight.statemigration.som.lifecycle.Command;
import org.opendaylight.statemigration.som.lifecycle.MigrationEvent;
import org.opendaylight.statemigration.som.lifecycle.Step;
import org.opendaylight.statemigration.som.lifecycle.Step.Sequence;
import org.opendaylight.statemigration.som.protection.FailoverSource;
import org.opendaylight.statemigration.som.registry.RegisteredHost;
import org.opendaylight.statemigration.som.transfer.LegTransfer;
import org.opendaylight.statemigration.som.transfer.StepTask;

/** Executes commands for one leg, and reports what comes of them. Used in the migration's mailbox only. */
final class LegRun {
    private final LegContext leg;
    private final MasterContext context;
    private final LegTransfer transfer;
    private final Map<Sequence, StepExecutor> executors = new EnumMap<>(Sequence.class);
    /** The step of each sequence that is under way. */
    private final Map<Sequence, Step> current = new EnumMap<>(Sequence.class);
    private boolean releaseTried;

    /**
     * A leg of a migration that has begun.
     *
     * @param leg which leg of which migration
     * @param context clock, pools and the like
     * @param transfer makes the transfer; its listener may be called once this is made
     */
    LegRun(final LegContext leg, final MasterContext context,
            final Function<LegTransfer.Listener, LegTransfer> transfer) {
        this.leg = requireNonNull(leg);
        this.context = requireNonNull(context);
        final var workers = context.workers();
        for (var sequence : Sequence.values()) {
            final var host = leg.host(sequence.side());
            executors.put(sequence, new StepExecutor(
                () -> (leg.migration().isPreCopy() ? workers.preCopies() : workers.steps()).of(host),
                leg.mailbox(), workers.scheduler()));
        }
        this.transfer = transfer.apply(new Progress());
    }

    void execute(final Command command, final String abortReason) {
        final var step = command.step();
        // Nothing else is done with the VM's flows before the first release was tried
        final boolean triedBefore = releaseTried;
        releaseTried |= step == Step.RELEASE;
        step.displaced().stream().filter(sequence -> sequence != step.sequence()).forEach(sequence -> {
            executors.get(sequence).stop();
            current.remove(sequence);
        });
        current.put(step.sequence(), step);
        begin(step, context.timings().before(command.attempt()), () -> StepTasks.of(step, transfer, agent(step),
            () -> triedBefore && leg.isBackAtSource(), abortReason));
        if (command.attempt() == 1) {
            setDeadline(step);
        }
    }

    /** The agent is looked up when the step begins: its session may be another one by then. */
    private void begin(final Step step, final Duration delay, final TaskSource source) {
        final var task = new StepTask() {
            private StepTask found;

            @Override
            public Next run() throws Exception {
                if (found == null) {
                    found = source.get();
                }
                return found.run();
            }
        };
        executors.get(step.sequence()).begin(task, delay, outcome -> ended(step, outcome));
    }

    /** Where a task comes from once it is needed. */
    @FunctionalInterface
    private interface TaskSource {
        StepTask get() throws AgentException;
    }

    private void setDeadline(final Step step) {
        final var executor = executors.get(step.sequence());
        step.limit(leg.timers()).ifPresentOrElse(limit -> executor.deadline(limit, () -> leg.tell(
            new MigrationEvent.DeadlinePassed(leg.index(), step, FailureMapper.tooSlow(step, leg.host(step.at()),
                limit)))), executor::clearDeadline);
    }

    LegFigures figures() {
        return new LegFigures(transfer.counts(), transfer.hold(), transfer.rounds(), transfer.refused(),
            leg.failoverSource().map(FailoverSource::restoration));
    }

    void stop() {
        executors.values().forEach(StepExecutor::stop);
    }

    private void ended(final Step step, final Optional<Throwable> outcome) {
        if (outcome.isPresent()) {
            leg.tell(FailureMapper.of(leg.index(), step, leg.host(step.at()), outcome.orElseThrow()));
            return;
        }
        final var executor = executors.get(step.sequence());
        executor.clearDeadline();
        current.remove(step.sequence());
        if (step == Step.DOWNLOAD) {
            // Other legs may take longer; what comes next for this one displaces it
            executor.begin(() -> transfer.destination().keepReady(agent(step)).run(), Duration.ZERO, given -> { });
        } else if (step == Step.HOLD) {
            transfer.source().held();
        }
        leg.tell(new MigrationEvent.StepDone(leg.index(), step));
    }

    private StateOrchestrationAgent agent(final Step step) throws AgentException {
        final var failoverSource = leg.failoverSource();
        if (step.at() == Role.SOURCE && failoverSource.isPresent()) {
            return failoverSource.orElseThrow().agent();
        }
        final StateHostId host = leg.host(step.at());
        return context.registry().find(host).flatMap(RegisteredHost::agent).orElseThrow(() -> new AgentException(
            AgentException.Kind.NO_ANSWER, "there is no session with it"));
    }

    /** Brings what a transfer tells to the migration's mailbox. */
    private final class Progress implements LegTransfer.Listener {
        @Override
        public void progressed() {
            leg.mailbox().execute(leg::tellProgress);
        }

        @Override
        public void copyCurrent() {
            leg.mailbox().execute(() -> {
                // It was current a moment ago, so the download has its time anew
                if (current.get(Sequence.DESTINATION) == Step.DOWNLOAD) {
                    setDeadline(Step.DOWNLOAD);
                    leg.tell(new MigrationEvent.PreCopyCurrent(leg.index()));
                }
            });
        }

        @Override
        public void sourceReady() {
            executors.get(Sequence.SOURCE).wake();
        }

        @Override
        public void destinationReady() {
            executors.get(Sequence.DESTINATION).wake();
        }
    }
}
