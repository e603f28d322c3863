// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.config;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.opendaylight.statemigration.agent.backend.Backend;
import org.opendaylight.statemigration.agent.netconf.transport.CallHomeParameters;
import org.opendaylight.statemigration.agent.netconf.transport.Endpoint;
import org.opendaylight.statemigration.agent.netconf.transport.SshParameters;
import org.opendaylight.statemigration.agent.netconf.transport.TlsParameters;
import org.opendaylight.statemigration.agent.netconf.transport.TransportKind;
import org.opendaylight.statemigration.agent.soa.AgentSettings;

/**
 * All that an operator tells the daemon. The commented sample {@code soa.conf} says what each key means.
 *
 * @param settings the State Host and its limits
 * @param backend which kind of State Host
 * @param listen where to wait for controllers
 * @param callHome controllers to call
 * @param ssh keys for SSH; there if anything uses SSH
 * @param tls keys for TLS; there if anything uses TLS
 */
public record AgentConfiguration(AgentSettings settings, Backend backend,
        Map<TransportKind, Endpoint> listen, List<CallHomeParameters> callHome, Optional<SshParameters> ssh,
        Optional<TlsParameters> tls) {
    public AgentConfiguration {
        requireNonNull(settings);
        requireNonNull(backend);
        listen = Map.copyOf(listen);
        callHome = List.copyOf(callHome);
        requireNonNull(ssh);
        requireNonNull(tls);
    }
}
