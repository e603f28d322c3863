// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.it.flows;

import java.net.InetAddress;
import org.opendaylight.statemigration.lab.junit.Ipv6Sockets;
import org.opendaylight.statemigration.lab.namespace.Place;
import org.opendaylight.statemigration.lab.network.Figure1;
import org.opendaylight.statemigration.lab.network.Vm;

/** Who opens a flow, and who answers. */
record FlowEnds(Place opener, InetAddress from, Place answerer, InetAddress to) {
    FlowEnds {
        Ipv6Sockets.assumeFor(from);
    }

    /** VM1 opens it. */
    static FlowEnds outgoing(final Figure1 lab, final boolean v6) {
        return new FlowEnds(lab.place("vm1"), address(Vm.VM1, v6), lab.place("vm3"), address(Vm.VM3, v6));
    }

    /** VM3 opens it. */
    static FlowEnds incoming(final Figure1 lab, final boolean v6) {
        final var outgoing = outgoing(lab, v6);
        return new FlowEnds(outgoing.answerer, outgoing.to, outgoing.opener, outgoing.from);
    }

    boolean isV6() {
        return from.getAddress().length > 4;
    }

    private static InetAddress address(final Vm vm, final boolean v6) {
        return InetAddress.ofLiteral(v6 ? vm.ipv6() : vm.ipv4());
    }
}
