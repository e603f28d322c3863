// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.backend.linux.mapping;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.opendaylight.statemigration.flow.SctpState;
import org.opendaylight.statemigration.flow.TcpState;

class KernelStatesTest {
    @ParameterizedTest
    @EnumSource
    void everyTcpStateHasANumberOfItsOwn(final TcpState state) {
        assertEquals(Optional.of(state), KernelStates.tcpState(KernelStates.number(state)));
    }

    @ParameterizedTest
    @EnumSource
    void everySctpStateHasANumberOfItsOwn(final SctpState state) {
        assertEquals(Optional.of(state), KernelStates.sctpState(KernelStates.number(state)));
    }

    @Test
    void otherNumbersAreNoStates() {
        assertEquals(Optional.empty(), KernelStates.tcpState(0));
        assertEquals(Optional.empty(), KernelStates.tcpState(10));
        assertEquals(Optional.empty(), KernelStates.sctpState(0));
        assertEquals(Optional.empty(), KernelStates.sctpState(9));
    }
}
