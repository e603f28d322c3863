// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.backend.memory;

import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.opendaylight.statemigration.agent.backend.BackendFeature;
import org.opendaylight.statemigration.agent.backend.StateTable;
import org.opendaylight.statemigration.agent.backend.contract.StateTableContract;
import org.opendaylight.statemigration.flow.Flow;
import org.opendaylight.statemigration.flow.VirtualNetwork;

class MemoryStateTableContractTest {
    /** The table as the daemon opens it. */
    @Nested
    class WithAllFeatures extends Contract {
        WithAllFeatures() {
            super(EnumSet.allOf(BackendFeature.class));
        }
    }

    /** A back end that declares nothing. */
    @Nested
    class WithoutFeatures extends Contract {
        WithoutFeatures() {
            super(Set.of());
        }
    }

    private abstract static class Contract extends StateTableContract {
        private final MemoryStateTable table;

        Contract(final Set<BackendFeature> features) {
            table = new MemoryStateTable(1000, MemoryStateTable.DEFAULT_PROTOCOLS, features, InstantSource.system());
        }

        @Override
        protected StateTable open() {
            return table;
        }

        @Override
        protected void changeByPackets(final Flow flow) {
            table.change(List.of(flow));
        }

        @Override
        protected void endByPackets(final Flow flow) {
            table.end(List.of(flow.key()));
        }

        @Override
        protected List<VirtualNetwork> virtualNetworks() {
            return List.of(new VirtualNetwork.Vnid(7), new VirtualNetwork.VnName("blue"));
        }
    }
}
