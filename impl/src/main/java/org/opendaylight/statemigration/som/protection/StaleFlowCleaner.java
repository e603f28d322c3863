// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.protection;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.opendaylight.statemigration.host.StateHostId;
import org.opendaylight.statemigration.host.VmIdentity;
import org.opendaylight.statemigration.ifma.AgentException;
import org.opendaylight.statemigration.ifma.FlowSelection;
import org.opendaylight.statemigration.som.model.CheckpointKey;
import org.opendaylight.statemigration.som.model.CleanUpRecord;
import org.opendaylight.statemigration.som.model.MasterListener;
import org.opendaylight.statemigration.som.registry.RegisteredHost;
import org.opendaylight.statemigration.som.transfer.StepFailedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What State Hosts that were dead have to delete when they come back: flows that were restored elsewhere, which would
 * be pinholes there. Tried again until done, or until the VM's flows pass the host again or have moved back to it.
 */
final class StaleFlowCleaner {
    private static final Logger LOG = LoggerFactory.getLogger(StaleFlowCleaner.class);
    /** How long to wait before another try where a State Host does not do what it is asked to. */
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final Map<CheckpointKey, Task> pending = new LinkedHashMap<>();
    private final Set<CheckpointKey> underWay = new HashSet<>();
    private final ProtectionContext context;
    private final MasterListener listener;
    private final Predicate<CheckpointKey> passesAgain;
    private volatile Optional<VmLocks> turns = Optional.empty();

    /**
     * Something to be deleted.
     *
     * @param selections what was restored, in one part or several
     * @param record what is shown of it
     */
    private record Task(Set<FlowSelection> selections, CleanUpRecord record) {
        Task {
            selections = Set.copyOf(selections);
        }

        CheckpointKey key() {
            return record.key();
        }

        Task with(final String detail) {
            return new Task(selections, new CleanUpRecord(key(), record.since(), detail));
        }
    }

    /**
     * No clean-ups yet.
     *
     * @param context what clean-ups need
     * @param listener sees them
     * @param passesAgain whether flows of a VM pass a State Host now
     */
    StaleFlowCleaner(final ProtectionContext context, final MasterListener listener,
            final Predicate<CheckpointKey> passesAgain) {
        this.context = requireNonNull(context);
        this.listener = requireNonNull(listener);
        this.passesAgain = requireNonNull(passesAgain);
    }

    /** Nothing is deleted until it is known whose turn it is with the flows of a VM. */
    void during(final VmLocks newTurns) {
        turns = Optional.of(newTurns);
    }

    /** Flows were restored elsewhere: just these are to be deleted where they were. */
    synchronized void add(final StateHostId host, final FlowSelection restored) {
        final var key = new CheckpointKey(host, restored.vm());
        final var selections = new LinkedHashSet<>(Set.of(restored));
        Optional.ofNullable(pending.get(key)).ifPresent(task -> selections.addAll(task.selections()));
        show(new Task(selections, new CleanUpRecord(key, context.clock().instant(),
            "Waits until State Host " + host + " is back")));
    }

    /** Flows have moved back: they have taken over the entries that were to be deleted. */
    synchronized void arrived(final StateHostId host, final VmIdentity vm) {
        tasks().stream().filter(task -> task.key().host().equals(host) && task.key().vm().overlaps(vm))
            .forEach(task -> {
                LOG.info("Nothing is deleted of {}: its flows have moved back there", task.key());
                done(task);
            });
    }

    /** Do what can be done now. */
    void attend() {
        turns.ifPresent(known -> {
            for (var task : tasks()) {
                context.connected(task.key().host()).ifPresent(host -> attend(task, host, known));
            }
        });
    }

    private void attend(final Task task, final RegisteredHost host, final VmLocks known) {
        final var key = task.key();
        if (passesAgain.test(key)) {
            LOG.info("Nothing is deleted of {}: its flows pass there again", key);
            done(task);
        } else if (begin(key)) {
            Thread.ofPlatform().daemon().name("clean-up-of-" + key).start(() -> cleanUp(task, host, known));
        }
    }

    private void cleanUp(final Task task, final RegisteredHost host, final VmLocks known) {
        try {
            final var obstacle = attempt(task, host, known);
            if (obstacle.isEmpty()) {
                done(task);
            } else {
                change(task, obstacle.orElseThrow());
                Thread.sleep(PAUSE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            end(task.key());
        }
    }

    /** {@return why it is not done; empty if it is} */
    private Optional<String> attempt(final Task task, final RegisteredHost host, final VmLocks known)
            throws InterruptedException {
        final var key = task.key();
        try {
            for (var selection : task.selections()) {
                final var staleFlowCleanup = new StaleFlowCleanup(key, selection, host, context, known);
                if (!staleFlowCleanup.run(() -> isPending(task) && !passesAgain.test(key))) {
                    return Optional.of("Waits until a migration of the VM has ended");
                }
            }
            return Optional.empty();
        } catch (AgentException | StepFailedException e) {
            LOG.warn("Flows of {} were restored elsewhere and are still to be deleted: {}", key, e.getMessage());
            return Optional.of("Tried again soon: " + e.getMessage());
        }
    }

    private synchronized List<Task> tasks() {
        return List.copyOf(pending.values());
    }

    private synchronized boolean isPending(final Task task) {
        return task.equals(pending.get(task.key()));
    }

    private synchronized boolean begin(final CheckpointKey key) {
        return underWay.add(key);
    }

    private synchronized void end(final CheckpointKey key) {
        underWay.remove(key);
    }

    private synchronized void change(final Task task, final String detail) {
        final var changed = task.with(detail);
        if (isPending(task) && !changed.equals(task)) {
            show(changed);
        }
    }

    private synchronized void done(final Task task) {
        if (pending.remove(task.key(), task)) {
            listener.cleanUpDone(task.key());
        }
    }

    private void show(final Task task) {
        pending.put(task.key(), task);
        listener.cleanUpChanged(task.record());
    }
}
