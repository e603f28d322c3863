// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.backend.memory;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.opendaylight.statemigration.agent.backend.StateTable.Hold;
import org.opendaylight.statemigration.flow.Flow;
import org.opendaylight.statemigration.ifma.FlowSelection;
import org.opendaylight.statemigration.ifma.HoldKind;

/** Nothing passes through memory, so both ends of a hold are the same: it is no longer there. */
final class MemoryHold implements Hold {
    private final MemoryStateTable table;
    private final FlowSelection selection;

    MemoryHold(final MemoryStateTable table, final FlowSelection selection) {
        this.table = requireNonNull(table);
        this.selection = requireNonNull(selection);
    }

    FlowSelection selection() {
        return selection;
    }

    @Override
    public HoldKind kind() {
        return HoldKind.DROP;
    }

    @Override
    public void cover(final List<Flow> flows) {
        // No packets, no addresses
    }

    @Override
    public void release() {
        table.remove(this);
    }

    @Override
    public void drop() {
        table.remove(this);
    }
}
