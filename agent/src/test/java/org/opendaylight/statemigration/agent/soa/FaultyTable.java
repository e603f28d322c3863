// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.soa;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.opendaylight.statemigration.agent.backend.BackendCapabilities;
import org.opendaylight.statemigration.agent.backend.BackendException;
import org.opendaylight.statemigration.agent.backend.BackendFeature;
import org.opendaylight.statemigration.agent.backend.StateTable;
import org.opendaylight.statemigration.flow.Flow;
import org.opendaylight.statemigration.flow.FlowKey;
import org.opendaylight.statemigration.ifma.FlowSelection;
import org.opendaylight.statemigration.ifma.HoldKind;
import org.opendaylight.statemigration.ifma.Refusal;

/** A real table that fails where it is told to. */
final class FaultyTable implements StateTable {
    enum Operation {
        EXPORT, FOLLOW, NEWS, ASSESS, CREATE, UPDATE, VERIFY, DELETE, HOLD, RELEASE, DROP, SERVICE
    }

    private final StateTable table;
    private final Set<Operation> failing = EnumSet.noneOf(Operation.class);
    private final List<Operation> asked = new ArrayList<>();
    private volatile boolean withFault;
    private volatile List<String> differences = List.of();

    FaultyTable(final StateTable table) {
        this.table = table;
    }

    synchronized void fail(final Operation operation) {
        failing.add(operation);
    }

    synchronized void failWithFault(final Operation operation) {
        withFault = true;
        failing.add(operation);
    }

    synchronized void heal() {
        failing.clear();
        withFault = false;
        differences = List.of();
    }

    void differ(final List<String> sentences) {
        differences = sentences;
    }

    synchronized List<Operation> asked() {
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
                pass(Operation.NEWS);
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
        return table.assess(flows);
    }

    @Override
    public Creation create(final List<Flow> flows) throws BackendException {
        pass(Operation.CREATE);
        return table.create(flows);
    }

    @Override
    public Creation update(final List<Change> changes) throws BackendException {
        pass(Operation.UPDATE);
        return table.update(changes);
    }

    @Override
    public Verification verify(final List<Entry> entries) throws BackendException {
        pass(Operation.VERIFY);
        final var found = table.verify(entries);
        return new Verification(found.verified() - differences.size(), found.vanished(), differences);
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

    private synchronized void pass(final Operation operation) throws BackendException {
        if (withFault) {
            passUnchecked(operation);
            return;
        }
        asked.add(operation);
        if (failing.contains(operation)) {
            throw new BackendException("No " + operation + " today");
        }
    }

    private synchronized void passUnchecked(final Operation operation) {
        asked.add(operation);
        if (failing.contains(operation)) {
            throw new IllegalStateException("Fault in " + operation);
        }
    }
}
