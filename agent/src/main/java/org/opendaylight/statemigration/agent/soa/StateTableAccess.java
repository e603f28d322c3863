// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.soa;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Set;
import org.opendaylight.statemigration.agent.backend.BackendCapabilities;
import org.opendaylight.statemigration.agent.backend.BackendException;
import org.opendaylight.statemigration.agent.backend.BackendFeature;
import org.opendaylight.statemigration.agent.backend.StateTable;
import org.opendaylight.statemigration.agent.backend.StateTable.Change;
import org.opendaylight.statemigration.agent.backend.StateTable.ChangeFeed;
import org.opendaylight.statemigration.agent.backend.StateTable.ChangeSet;
import org.opendaylight.statemigration.agent.backend.StateTable.Creation;
import org.opendaylight.statemigration.agent.backend.StateTable.Entry;
import org.opendaylight.statemigration.agent.backend.StateTable.Export;
import org.opendaylight.statemigration.agent.backend.StateTable.Hold;
import org.opendaylight.statemigration.agent.backend.StateTable.Verification;
import org.opendaylight.statemigration.flow.Flow;
import org.opendaylight.statemigration.flow.FlowKey;
import org.opendaylight.statemigration.ifma.AgentException;
import org.opendaylight.statemigration.ifma.AgentException.Kind;
import org.opendaylight.statemigration.ifma.FlowSelection;
import org.opendaylight.statemigration.ifma.Refusal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The State Host's table, whose every failure comes as an {@link AgentException}: also a fault in its code, as a
 * migration must get an answer whatever happens.
 */
final class StateTableAccess {
    private static final Logger LOG = LoggerFactory.getLogger(StateTableAccess.class);

    private final StateTable table;

    StateTableAccess(final StateTable table) {
        this.table = requireNonNull(table);
    }

    boolean has(final BackendFeature feature) {
        return table.features().contains(feature);
    }

    BackendCapabilities capabilities() {
        return table.capabilities();
    }

    Export export(final FlowSelection selection) throws AgentException {
        return ask("read its table", () -> table.export(selection));
    }

    ChangeFeed follow(final FlowSelection selection) throws AgentException {
        return ask("note what changes", () -> table.follow(selection));
    }

    ChangeSet changes(final ChangeFeed feed, final Set<FlowKey> again) throws AgentException {
        return ask("tell what has changed", () -> feed.changes(again));
    }

    List<Refusal> assess(final List<Flow> flows) throws AgentException {
        return flows.isEmpty() ? List.of() : ask("assess the flows", () -> table.assess(flows));
    }

    Creation create(final List<Flow> flows) throws AgentException {
        return flows.isEmpty() ? new Creation(List.of(), List.of())
            : ask("create the flows", () -> table.create(flows));
    }

    Creation update(final List<Change> changes) throws AgentException {
        return changes.isEmpty() ? new Creation(List.of(), List.of())
            : ask("change the flows", () -> table.update(changes));
    }

    Verification verify(final List<Entry> entries) throws AgentException {
        return ask("read the created flows back", () -> table.verify(entries));
    }

    int delete(final List<Entry> entries) throws AgentException {
        return entries.isEmpty() ? 0 : ask("delete the flows", () -> table.delete(entries));
    }

    Hold hold(final FlowSelection selection) throws AgentException {
        return ask("hold packets", () -> table.hold(selection));
    }

    void cover(final Hold hold, final List<Flow> flows) throws AgentException {
        ask("hold packets to translated addresses", () -> {
            hold.cover(flows);
            return hold;
        });
    }

    void release(final Hold hold) throws AgentException {
        ask("release the hold", () -> {
            hold.release();
            return hold;
        });
    }

    void drop(final Hold hold) throws AgentException {
        ask("drop the hold", () -> {
            hold.drop();
            return hold;
        });
    }

    /** By now the flows are in and verified: nothing that goes wrong here may undo that. */
    @SuppressWarnings("checkstyle:illegalCatch")
    void takeIntoService(final List<Entry> entries) {
        try {
            table.takeIntoService(entries);
        } catch (RuntimeException e) {
            LOG.warn("The State Host could not take {} flows into normal service; they stay as they were created",
                entries.size(), e);
        }
    }

    @SuppressWarnings("checkstyle:illegalCatch")
    private static <T> T ask(final String what, final Question<T> question) throws AgentException {
        try {
            return requireNonNull(question.ask());
        } catch (BackendException e) {
            throw new AgentException(Kind.OPERATION_FAILED, "This State Host could not " + what + ": "
                + e.getMessage(), e);
        } catch (RuntimeException e) {
            LOG.error("Fault in the State Host's back end", e);
            throw new AgentException(Kind.OPERATION_FAILED, "This State Host could not " + what
                + " because of a fault in its back end, which its log shows", e);
        }
    }

    @FunctionalInterface
    private interface Question<T> {
        T ask() throws BackendException;
    }
}
