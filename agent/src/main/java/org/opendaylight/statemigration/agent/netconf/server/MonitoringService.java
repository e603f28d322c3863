// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.netconf.server;

import static java.util.Objects.requireNonNull;

import java.util.HashSet;
import java.util.Optional;
import org.opendaylight.netconf.api.CapabilityURN;
import org.opendaylight.netconf.server.api.monitoring.NetconfManagementSession;
import org.opendaylight.netconf.server.api.monitoring.NetconfMonitoringService;
import org.opendaylight.netconf.server.api.monitoring.SessionEvent;
import org.opendaylight.netconf.server.api.monitoring.SessionListener;
import org.opendaylight.yang.gen.v1.urn.ietf.params.xml.ns.yang.ietf.inet.types.rev130715.Uri;
import org.opendaylight.yang.gen.v1.urn.ietf.params.xml.ns.yang.ietf.netconf.monitoring.rev101004.netconf.state.Capabilities;
import org.opendaylight.yang.gen.v1.urn.ietf.params.xml.ns.yang.ietf.netconf.monitoring.rev101004.netconf.state.CapabilitiesBuilder;
import org.opendaylight.yang.gen.v1.urn.ietf.params.xml.ns.yang.ietf.netconf.monitoring.rev101004.netconf.state.Schemas;
import org.opendaylight.yang.gen.v1.urn.ietf.params.xml.ns.yang.ietf.netconf.monitoring.rev101004.netconf.state.Sessions;
import org.opendaylight.yangtools.concepts.Registration;

/**
 * What the server says it can do. OpenDaylight's own service claims {@code :url}, which it does not have, does not
 * mention the YANG library, and keeps a list of sessions that it loses count of when the server is closed.
 */
final class MonitoringService implements NetconfMonitoringService {
    private static final SessionListener NOBODY = new SessionListener() {
        @Override
        public void onSessionUp(final NetconfManagementSession session) {
            // Not listed
        }

        @Override
        public void onSessionDown(final NetconfManagementSession session) {
            // Not listed
        }

        @Override
        public void onSessionEvent(final SessionEvent event) {
            // Not counted
        }
    };

    private final NetconfMonitoringService delegate;
    private final String yangLibrary;

    MonitoringService(final NetconfMonitoringService delegate, final String contentId) {
        this.delegate = requireNonNull(delegate);
        yangLibrary = "urn:ietf:params:netconf:capability:yang-library:1.1?revision=2019-01-04&content-id=" + contentId;
    }

    @Override
    public Capabilities getCapabilities() {
        final var capabilities = new HashSet<>(delegate.getCapabilities().requireCapability());
        capabilities.removeIf(capability -> capability.getValue().startsWith(CapabilityURN.URL));
        capabilities.add(new Uri(yangLibrary));
        return new CapabilitiesBuilder().setCapability(capabilities).build();
    }

    @Override
    public Sessions getSessions() {
        return delegate.getSessions();
    }

    @Override
    public SessionListener getSessionListener() {
        return NOBODY;
    }

    @Override
    public Schemas getSchemas() {
        return delegate.getSchemas();
    }

    @Override
    public String getSchemaForCapability(final String moduleName, final Optional<String> revision) {
        return delegate.getSchemaForCapability(moduleName, revision);
    }

    @Override
    public Registration registerCapabilitiesListener(final CapabilitiesListener listener) {
        return delegate.registerCapabilitiesListener(listener);
    }

    @Override
    public Registration registerSessionsListener(final SessionsListener listener) {
        return delegate.registerSessionsListener(listener);
    }
}
