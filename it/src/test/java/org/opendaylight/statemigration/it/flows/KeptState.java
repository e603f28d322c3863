// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.it.flows;

import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import org.opendaylight.statemigration.lab.judge.Pinhole;
import org.opendaylight.statemigration.lab.judge.PinholeTable;
import org.opendaylight.statemigration.lab.namespace.Namespace;
import org.opendaylight.statemigration.lab.network.Vm;

/** A flow, and what a firewall keeps of it that has to arrive as it was. */
record KeptState(Pinhole.FlowId flow, int tcpState, String scales, Pinhole.Details details) {
    /** What a firewall keeps of VM1. */
    static List<KeptState> at(final Namespace firewall) throws IOException {
        return of(PinholeTable.of(firewall, Vm.VM1));
    }

    static List<KeptState> of(final List<Pinhole> pinholes) {
        return pinholes.stream().map(pinhole -> new KeptState(pinhole.flow(), pinhole.tcp().state(), pinhole.scales(),
            pinhole.details())).toList();
    }

    /** In an order of its own, one a line, so that a difference can be read. */
    static String text(final List<KeptState> kept) {
        return kept.stream().map(KeptState::toString).sorted().collect(Collectors.joining("\n"));
    }

    boolean isTcp() {
        return flow.protocol() == 6;
    }

    boolean isUnansweredUdp() {
        return flow.protocol() == 17 && !details.answered();
    }
}
