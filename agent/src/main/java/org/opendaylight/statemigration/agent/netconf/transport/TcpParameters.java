// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.netconf.transport;

import com.google.common.net.InetAddresses;
import org.opendaylight.yang.gen.v1.urn.ietf.params.xml.ns.yang.ietf.inet.types.rev130715.DomainName;
import org.opendaylight.yang.gen.v1.urn.ietf.params.xml.ns.yang.ietf.inet.types.rev130715.Host;
import org.opendaylight.yang.gen.v1.urn.ietf.params.xml.ns.yang.ietf.inet.types.rev130715.IetfInetUtil;
import org.opendaylight.yang.gen.v1.urn.ietf.params.xml.ns.yang.ietf.inet.types.rev130715.PortNumber;
import org.opendaylight.yang.gen.v1.urn.ietf.params.xml.ns.yang.ietf.netconf.server.rev240814.netconf.server.callhome.stack.grouping.transport.ssh.ssh.TcpClientParametersBuilder;
import org.opendaylight.yang.gen.v1.urn.ietf.params.xml.ns.yang.ietf.netconf.server.rev240814.netconf.server.listen.stack.grouping.transport.ssh.ssh.TcpServerParametersBuilder;
import org.opendaylight.yang.gen.v1.urn.ietf.params.xml.ns.yang.ietf.tcp.client.rev241010.TcpClientGrouping;
import org.opendaylight.yang.gen.v1.urn.ietf.params.xml.ns.yang.ietf.tcp.server.rev241010.TcpServerGrouping;
import org.opendaylight.yang.gen.v1.urn.ietf.params.xml.ns.yang.ietf.tcp.server.rev241010.tcp.server.grouping.LocalBindBuilder;
import org.opendaylight.yangtools.binding.util.BindingMap;
import org.opendaylight.yangtools.yang.common.Uint16;

/** Endpoints in the words of OpenDaylight's transports. */
final class TcpParameters {
    private TcpParameters() {
        // Hidden on purpose
    }

    /**
     * Where to listen.
     *
     * @param endpoint its address is an IP address
     * @return the same
     */
    static TcpServerGrouping server(final Endpoint endpoint) {
        return new TcpServerParametersBuilder().setLocalBind(BindingMap.of(new LocalBindBuilder()
            .setLocalAddress(IetfInetUtil.ipAddressFor(InetAddresses.forString(endpoint.address())))
            .setLocalPort(port(endpoint))
            .build())).build();
    }

    /**
     * Where to connect to.
     *
     * @param endpoint its address is an IP address or a name
     * @return the same
     */
    static TcpClientGrouping client(final Endpoint endpoint) {
        final var address = endpoint.address();
        return new TcpClientParametersBuilder()
            .setRemoteAddress(InetAddresses.isInetAddress(address)
                ? new Host(IetfInetUtil.ipAddressFor(InetAddresses.forString(address)))
                : new Host(new DomainName(address)))
            .setRemotePort(port(endpoint))
            .build();
    }

    private static PortNumber port(final Endpoint endpoint) {
        return new PortNumber(Uint16.valueOf(endpoint.port()));
    }
}
