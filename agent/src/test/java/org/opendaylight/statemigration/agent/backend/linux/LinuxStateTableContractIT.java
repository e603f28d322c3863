// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.backend.linux;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.ExtendWith;
import org.opendaylight.statemigration.agent.backend.StateTable;
import org.opendaylight.statemigration.agent.backend.contract.StateTableContract;
import org.opendaylight.statemigration.agent.backend.linux.conntrack.Conntrack;
import org.opendaylight.statemigration.agent.backend.linux.conntrack.EntryRequests;
import org.opendaylight.statemigration.agent.backend.linux.hold.HoldPreference;
import org.opendaylight.statemigration.flow.Flow;
import org.opendaylight.statemigration.flow.VirtualNetwork;

/** The table of a real kernel, in the ways in which it can be set up. */
@ExtendWith(SharedLab.class)
class LinuxStateTableContractIT {
    private static final VirtualNetwork RED = new VirtualNetwork.Vnid(7);
    private static final VirtualNetwork BLUE = new VirtualNetwork.VnName("blue");

    /** As most are. */
    @Nested
    class WithoutVirtualNetworks extends Contract {
        WithoutVirtualNetworks(final Lab lab) {
            super(lab, new LinuxOptions(Optional.empty(), Map.of(), HoldPreference.BEST, 64, 4700));
        }
    }

    /** A conntrack zone for each virtual network. */
    @Nested
    class WithVirtualNetworks extends Contract {
        WithVirtualNetworks(final Lab lab) {
            super(lab, new LinuxOptions(Optional.empty(), Map.of(RED, 7, BLUE, 8), HoldPreference.BEST, 64, 4700));
        }
    }

    /** The rest of the agent sees the table, the tests change it over a connection to the kernel of their own. */
    private abstract static class Contract extends StateTableContract {
        private final Lab lab;
        private final LinuxOptions options;
        private Conntrack kernel;

        Contract(final Lab lab, final LinuxOptions options) {
            this.lab = lab;
            this.options = options;
        }

        @Override
        protected StateTable open() throws Exception {
            kernel = Conntrack.open(lab.namespace("fw1"));
            return lab.table("fw1", options);
        }

        @AfterEach
        void closeKernel() {
            kernel.close();
        }

        @Override
        protected void changeByPackets(final Flow flow) throws Exception {
            assertArrayEquals(new int[1], kernel.execute(List.of(EntryRequests.update(flow, 0))));
        }

        @Override
        protected void endByPackets(final Flow flow) throws Exception {
            final var key = flow.key();
            final var entry = kernel.get(List.of(EntryRequests.get(key.protocol(), key.original(), 0))).getFirst();
            assertArrayEquals(new int[1], kernel.execute(List.of(
                EntryRequests.delete(key.protocol(), key.original(), 0, entry.orElseThrow().id()))));
        }

        @Override
        protected List<VirtualNetwork> virtualNetworks() {
            return List.of(RED, BLUE);
        }
    }
}
