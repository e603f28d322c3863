// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.testkit;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import org.opendaylight.statemigration.agent.backend.BackendCapabilities;
import org.opendaylight.statemigration.agent.backend.BackendException;
import org.opendaylight.statemigration.agent.backend.BackendFeature;
import org.opendaylight.statemigration.agent.backend.StateTable;
import org.opendaylight.statemigration.flow.Flow;
import org.opendaylight.statemigration.flow.FlowKey;
import org.opendaylight.statemigration.ifma.FlowSelection;
import org.opendaylight.statemigration.ifma.HoldKind;
import org.opendaylight.statemigration.ifma.Refusal;
import org.opendaylight.statemigration.ifma.RefusalReason;

/** A real table that fails, waits or refuses flows where it is told to, and records what it was asked. */
public final class FaultyStateTable implements StateTable {
    /** What a table can be asked. */
    public enum Operation {
        EXPORT, FOLLOW, CHANGES, ASSESS, CREATE, UPDATE, VERIFY, DELETE, HOLD, RELEASE, DROP, SERVICE
    }

    /** What happens before an operation. */
    @FunctionalInterface
    private interface Fault {
        void happen() throws BackendException;
    }

    private final StateTable table;
    private final Map<Operation, Fault> faults = new ConcurrentHashMap<>();
    private final List<Operation> asked = new CopyOnWriteArrayList<>();
    private volatile List<String> differences = List.of();
    private volatile Predicate<Flow> accepted = flow -> true;

    /**
     * Without faults yet.
     *
     * @param table the real table
     */
    public FaultyStateTable(final StateTable table) {
        this.table = requireNonNull(table);
    }

    /**
     * Let an operation fail, as if the State Host could not do it.
     *
     * @param operation the operation
     */
    public void fail(final Operation operation) {
        faults.put(operation, () -> {
            throw new BackendException("No " + operation + " today");
        });
    }

    /**
     * Let an operation fail by a mistake in the back end's code.
     *
     * @param operation the operation
     */
    public void failWithFault(final Operation operation) {
        faults.put(operation, () -> {
            throw new IllegalStateException("Fault in " + operation);
        });
    }

    /**
     * Let an operation wait before it does anything.
     *
     * @param operation the operation
     * @param entered counted down when it waits
     * @param go what it waits for
     */
    public void delay(final Operation operation, final CountDownLatch entered, final CountDownLatch go) {
        faults.put(operation, () -> {
            entered.countDown();
            try {
                go.await();
            } catch (InterruptedException e) {
                throw new BackendException("Interrupted", e);
            }
        });
    }

    /**
     * Refuse flows, as local policy may.
     *
     * @param which those that are accepted
     */
    public void accept(final Predicate<Flow> which) {
        accepted = requireNonNull(which);
    }

    /**
     * Let the next verifications find differences.
     *
     * @param sentences a sentence for each
     */
    public void differ(final List<String> sentences) {
        differences = List.copyOf(sentences);
    }

    /** End all faults. */
    public void heal() {
        faults.clear();
        differences = List.of();
        accepted = flow -> true;
    }

    /** {@return what it was asked so far} */
    public List<Operation> asked() {
        return List.copyOf(asked);
    }

    @Override
    public Set<BackendFeature> features() {
        return table.features();
    }

    @Override
    public BackendCapabilities capabilities() {
        return table.capabilities();
    }

    @Override
    public Export export(final FlowSelection selection) throws BackendException {
        pass(Operation.EXPORT);
        return table.export(selection);
    }

    @Override
    public ChangeFeed follow(final FlowSelection selection) throws BackendException {
        pass(Operation.FOLLOW);
        final var feed = table.follow(selection);
        return new ChangeFeed() {
            @Override
            public ChangeSet changes(final Set<FlowKey> again) throws BackendException {
                pass(Operation.CHANGES);
                return feed.changes(again);
            }

            @Override
            public void close() {
                feed.close();
            }
        };
    }

    @Override
    public List<Refusal> assess(final List<Flow> flows) throws BackendException {
        pass(Operation.ASSESS);
        final var sorted = Sorted.of(flows, accepted);
        return sorted.refused(table.assess(sorted.accepted(flows)));
    }

    @Override
    public Creation create(final List<Flow> flows) throws BackendException {
        pass(Operation.CREATE);
        final var sorted = Sorted.of(flows, accepted);
        final var creation = table.create(sorted.accepted(flows));
        return new Creation(creation.entries(), sorted.refused(creation.refused()));
    }

    @Override
    public Creation update(final List<Change> changes) throws BackendException {
        pass(Operation.UPDATE);
        final var sorted = Sorted.of(changes.stream().map(Change::flow).toList(), accepted);
        // Nothing is left of what is refused
        table.delete(changes.stream().filter(change -> !accepted.test(change.flow())).map(Change::before).toList());
        final var creation = table.update(sorted.accepted(changes));
        return new Creation(creation.entries(), sorted.refused(creation.refused()));
    }

    @Override
    public Verification verify(final List<Entry> entries) throws BackendException {
        pass(Operation.VERIFY);
        final var found = table.verify(entries);
        return differences.isEmpty() ? found
            : new Verification(found.verified() - differences.size(), found.vanished(), differences);
    }

    @Override
    public int delete(final List<Entry> entries) throws BackendException {
        pass(Operation.DELETE);
        return table.delete(entries);
    }

    @Override
    public Hold hold(final FlowSelection selection) throws BackendException {
        pass(Operation.HOLD);
        final var hold = table.hold(selection);
        return new Hold() {
            @Override
            public void cover(final List<Flow> flows) throws BackendException {
                hold.cover(flows);
            }

            @Override
            public HoldKind kind() {
                return hold.kind();
            }

            @Override
            public void release() {
                passUnchecked(Operation.RELEASE);
                hold.release();
            }

            @Override
            public void drop() {
                passUnchecked(Operation.DROP);
                hold.drop();
            }
        };
    }

    @Override
    public void takeIntoService(final List<Entry> entries) {
        passUnchecked(Operation.SERVICE);
        table.takeIntoService(entries);
    }

    @Override
    public void close() {
        table.close();
    }

    private void pass(final Operation operation) throws BackendException {
        asked.add(operation);
        final var fault = faults.get(operation);
        if (fault != null) {
            fault.happen();
        }
    }

    private void passUnchecked(final Operation operation) {
        try {
            pass(operation);
        } catch (BackendException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    /** Indices of flows that are accepted, and refusals of the others. */
    private record Sorted(List<Integer> indices, List<Refusal> byPolicy) {
        static Sorted of(final List<Flow> flows, final Predicate<Flow> accepted) {
            final var indices = new ArrayList<Integer>();
            final var refused = new ArrayList<Refusal>();
            for (int index = 0; index < flows.size(); index++) {
                if (accepted.test(flows.get(index))) {
                    indices.add(index);
                } else {
                    refused.add(new Refusal(index, RefusalReason.POLICY_DENIED, "Local policy"));
                }
            }
            return new Sorted(indices, refused);
        }

        <T> List<T> accepted(final List<T> all) {
            return indices.stream().map(all::get).toList();
        }

        List<Refusal> refused(final List<Refusal> byTable) {
            final var all = new ArrayList<>(byPolicy);
            byTable.forEach(refusal ->
                all.add(new Refusal(indices.get(refusal.index()), refusal.reason(), refusal.detail())));
            all.sort((left, right) -> Integer.compare(left.index(), right.index()));
            return all;
        }
    }
}
