// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som;

import com.google.common.net.InetAddresses;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.opendaylight.statemigration.flow.Flow;
import org.opendaylight.statemigration.flow.FlowKey;
import org.opendaylight.statemigration.flow.Identifiers;
import org.opendaylight.statemigration.flow.ProtocolState;
import org.opendaylight.statemigration.flow.Protocols;
import org.opendaylight.statemigration.flow.TcpEnd;
import org.opendaylight.statemigration.flow.TcpState;
import org.opendaylight.statemigration.flow.Tuple;
import org.opendaylight.statemigration.host.VmIdentity;

/** VMs and their flows. */
public final class TestFlows {
    public static final VmIdentity VM = vm("10.0.0.1");
    public static final VmIdentity OTHER_VM = vm("10.0.0.2");

    private TestFlows() {
        // Hidden on purpose
    }

    public static VmIdentity vm(final String address) {
        return new VmIdentity(Set.of(InetAddresses.forString(address)), Optional.empty());
    }

    /** {@return so many TCP connections of a VM with a server} */
    public static List<Flow> of(final VmIdentity vm, final int count) {
        return of(vm, "192.0.2.80", count);
    }

    public static List<Flow> of(final VmIdentity vm, final String server, final int count) {
        final var flows = new ArrayList<Flow>();
        for (int number = 0; number < count; number++) {
            final var original = new Tuple(vm.addresses().iterator().next(), InetAddresses.forString(server),
                new Identifiers.Ports(1024 + number % 60000, 80 + number / 60000));
            final var end = new TcpEnd(OptionalInt.of(7), true, false);
            flows.add(Flow.builder(new FlowKey(vm.network(), Protocols.TCP, original), original.inverse())
                .protocolState(new ProtocolState.Tcp(TcpState.ESTABLISHED, end, end))
                .seenReply(true)
                .assured(true)
                .timeout(432000)
                .build());
        }
        return flows;
    }
}
