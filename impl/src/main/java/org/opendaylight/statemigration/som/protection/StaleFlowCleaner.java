// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.protection;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
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
import org.opendaylight.statemigration.som.worker.CallQueue;
import org.opendaylight.statemigration.time.Backoff;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What State Hosts that were dead have to delete when they come back: flows that were restored elsewhere, which would
 * be pinholes there. Tried again until done, or until the VM's flows pass the host again or have moved back to it.
 *
 * <p>Its monitor guards what is pending. It is not held over a request, nor while the listener is called.
 */
final class StaleFlowCleaner {
    private static final Logger LOG = LoggerFactory.getLogger(StaleFlowCleaner.class);
    private static final Backoff RETRIES = new Backoff(Duration.ofSeconds(5), Duration.ofMinutes(1));

    private final Map<CheckpointKey, Task> pending = new LinkedHashMap<>();
    private final Set<CheckpointKey> underWay = new HashSet<>();
    private final Map<CheckpointKey, Failures> failures = new HashMap<>();
    private final CallQueue calls = new CallQueue();
    private final ProtectionContext context;
    private final MasterListener listener;
    private final Predicate<CheckpointKey> passesAgain;
    private final Function<StateHostId, FailureDetector> failureDetectors;
    private volatile Optional<VmLocks> vmLocks = Optional.empty();

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
     * Attempts in a row that failed.
     *
     * @param count how many
     * @param notBefore when to try again
     */
    private record Failures(int count, Instant notBefore) {
    }

    /**
     * Why something is not done.
     *
     * @param detail a sentence for operators
     * @param isFailure whether something went wrong
     */
    private record Postponement(String detail, boolean isFailure) {
    }

    /**
     * No clean-ups yet.
     *
     * @param context what clean-ups need
     * @param listener sees them
     * @param passesAgain whether flows of a VM pass a State Host now
     * @param failureDetectors watches requests to a State Host
     */
    StaleFlowCleaner(final ProtectionContext context, final MasterListener listener,
            final Predicate<CheckpointKey> passesAgain,
            final Function<StateHostId, FailureDetector> failureDetectors) {
        this.context = requireNonNull(context);
        this.listener = requireNonNull(listener);
        this.passesAgain = requireNonNull(passesAgain);
        this.failureDetectors = requireNonNull(failureDetectors);
    }

    /** Nothing is deleted until it is known how to keep migrations of the VM from beginning. */
    void use(final VmLocks newVmLocks) {
        vmLocks = Optional.of(newVmLocks);
    }

    /** Flows were restored elsewhere: just these are to be deleted where they were. */
    void add(final StateHostId host, final FlowSelection restored) {
        final var key = new CheckpointKey(host, restored.vm());
        final var selections = new LinkedHashSet<>(Set.of(restored));
        synchronized (this) {
            Optional.ofNullable(pending.get(key)).ifPresent(task -> selections.addAll(task.selections()));
            failures.remove(key);
            show(new Task(selections, new CleanUpRecord(key, context.clock().instant(),
                "Waits until State Host " + host + " is back")));
        }
        calls.run();
    }

    /** Flows have moved back: they have taken over the entries that were to be deleted. */
    void arrived(final StateHostId host, final VmIdentity vm) {
        tasks().stream().filter(task -> task.key().host().equals(host) && task.key().vm().overlaps(vm))
            .forEach(task -> {
                LOG.info("Nothing is deleted of {}: its flows have moved back there", task.key());
                done(task);
            });
    }

    /** Begin what can be done now. Returns at once. */
    void tryAll() {
        vmLocks.ifPresent(locks -> {
            for (var task : tasks()) {
                context.connected(task.key().host()).ifPresent(host -> begin(task, host, locks));
            }
        });
    }

    private void begin(final Task task, final RegisteredHost host, final VmLocks locks) {
        final var key = task.key();
        if (passesAgain.test(key)) {
            LOG.info("Nothing is deleted of {}: its flows pass there again", key);
            done(task);
        } else if (failureDetectors.apply(key.host()).mayAsk() && markBegun(key)) {
            context.executor(key.host()).execute(() -> cleanUp(task, host, locks));
        }
    }

    private void cleanUp(final Task task, final RegisteredHost host, final VmLocks locks) {
        boolean isFailure = true;
        try {
            final var postponement = attempt(task, host, locks);
            isFailure = postponement.filter(Postponement::isFailure).isPresent();
            if (postponement.isEmpty()) {
                done(task);
            } else {
                change(task, postponement.orElseThrow().detail());
            }
        } catch (InterruptedException e) {
            // The pool is being closed
            Thread.currentThread().interrupt();
        } finally {
            end(task.key(), isFailure);
        }
    }

    /** {@return why it is not done; empty if it is} */
    private Optional<Postponement> attempt(final Task task, final RegisteredHost host, final VmLocks locks)
            throws InterruptedException {
        final var key = task.key();
        try {
            for (var selection : task.selections()) {
                final var cleanup = new StaleFlowCleanup(key, selection, host, context, locks,
                    failureDetectors.apply(key.host()));
                if (!cleanup.run(() -> isPending(task) && !passesAgain.test(key))) {
                    return Optional.of(new Postponement("Waits until a migration of the VM has ended", false));
                }
            }
            return Optional.empty();
        } catch (AgentException | StepFailedException | TimeoutException e) {
            LOG.warn("Flows of {} were restored elsewhere and are still to be deleted: {}", key, e.getMessage());
            return Optional.of(new Postponement("Tried again soon: " + e.getMessage(), true));
        }
    }

    private synchronized List<Task> tasks() {
        return List.copyOf(pending.values());
    }

    private synchronized boolean isPending(final Task task) {
        return task.equals(pending.get(task.key()));
    }

    private synchronized boolean markBegun(final CheckpointKey key) {
        final var former = failures.get(key);
        return (former == null || !context.clock().instant().isBefore(former.notBefore())) && underWay.add(key);
    }

    private synchronized void end(final CheckpointKey key, final boolean isFailure) {
        underWay.remove(key);
        if (pending.containsKey(key)) {
            final int count = isFailure && failures.containsKey(key) ? failures.get(key).count() + 1 : 1;
            failures.put(key, new Failures(count, context.clock().instant().plus(RETRIES.after(count))));
        }
    }

    private void change(final Task task, final String detail) {
        final var changed = task.with(detail);
        synchronized (this) {
            if (isPending(task) && !changed.equals(task)) {
                show(changed);
            }
        }
        calls.run();
    }

    private void done(final Task task) {
        synchronized (this) {
            if (pending.remove(task.key(), task)) {
                failures.remove(task.key());
                calls.add(() -> listener.cleanUpDone(task.key()));
            }
        }
        calls.run();
    }

    private void show(final Task task) {
        pending.put(task.key(), task);
        calls.add(() -> listener.cleanUpChanged(task.record()));
    }
}
