// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.netconf.server;

import static java.util.Objects.requireNonNull;

import java.util.Set;
import org.opendaylight.netconf.server.api.monitoring.Capability;
import org.opendaylight.netconf.server.api.monitoring.CapabilityListener;
import org.opendaylight.netconf.server.api.monitoring.NetconfMonitoringService;
import org.opendaylight.netconf.server.api.operations.NetconfOperation;
import org.opendaylight.netconf.server.api.operations.NetconfOperationService;
import org.opendaylight.netconf.server.api.operations.NetconfOperationServiceFactory;
import org.opendaylight.netconf.server.mdsal.monitoring.GetSchema;
import org.opendaylight.yang.gen.v1.urn.ietf.params.xml.ns.netconf.base._1._0.rev110601.SessionIdType;
import org.opendaylight.yangtools.concepts.Registration;

/** Gives every session {@code get-schema} (RFC 6022), so that a controller needs no module beforehand. */
final class GetSchemaFactory implements NetconfOperationServiceFactory {
    private final NetconfMonitoringService monitoring;

    GetSchemaFactory(final NetconfMonitoringService monitoring) {
        this.monitoring = requireNonNull(monitoring);
    }

    @Override
    public Set<Capability> getCapabilities() {
        return Set.of();
    }

    @Override
    public Registration registerCapabilityListener(final CapabilityListener listener) {
        return () -> {
            // Capabilities never change
        };
    }

    @Override
    public NetconfOperationService createService(final SessionIdType sessionId) {
        final Set<NetconfOperation> operations = Set.of(new GetSchema(sessionId, monitoring));
        return new NetconfOperationService() {
            @Override
            public Set<NetconfOperation> getNetconfOperations() {
                return operations;
            }

            @Override
            public void close() {
                // Nothing is held
            }
        };
    }
}
