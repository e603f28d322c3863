// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.soa;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.opendaylight.statemigration.agent.backend.BackendCapabilities;
import org.opendaylight.statemigration.agent.backend.BackendException;
import org.opendaylight.statemigration.agent.backend.BackendFeature;
import org.opendaylight.statemigration.agent.backend.StateTable;
import org.opendaylight.statemigration.flow.Flow;
import org.opendaylight.statemigration.ifma.FlowSelection;
import org.opendaylight.statemigration.ifma.Refusal;

/** A real table that waits for a sign before it creates flows. */
record SlowTable(StateTable table, CountDownLatch entered, CountDownLatch go) implements StateTable {
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
        return table.export(selection);
    }

    @Override
    public ChangeFeed follow(final FlowSelection selection) throws BackendException {
        return table.follow(selection);
    }

    @Override
    public List<Refusal> assess(final List<Flow> flows) throws BackendException {
        return table.assess(flows);
    }

    @Override
    public Creation create(final List<Flow> flows) throws BackendException {
        entered.countDown();
        try {
            go.await();
        } catch (InterruptedException e) {
            throw new BackendException("Interrupted", e);
        }
        return table.create(flows);
    }

    @Override
    public Creation update(final List<Change> changes) throws BackendException {
        return table.update(changes);
    }

    @Override
    public Verification verify(final List<Entry> entries) throws BackendException {
        return table.verify(entries);
    }

    @Override
    public int delete(final List<Entry> entries) throws BackendException {
        return table.delete(entries);
    }

    @Override
    public Hold hold(final FlowSelection selection) throws BackendException {
        return table.hold(selection);
    }

    @Override
    public void takeIntoService(final List<Entry> entries) {
        table.takeIntoService(entries);
    }

    @Override
    public void close() {
        table.close();
    }
}
