// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.it.controller;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** What a controller is told, and what it shows, each by its own part. */
public final class Provisioning {
    private static final String CONTROLLER_KEY = "controller-key";

    private final Restconf restconf;
    private final TopologyWriter topology;
    private final PolicyWriter policy;
    private final MigrationRequests requests;
    private final MasterView view;

    /**
     * Provisioning of a controller.
     *
     * @param restconf HTTP to it
     */
    public Provisioning(final Restconf restconf) {
        this.restconf = requireNonNull(restconf);
        topology = new TopologyWriter(restconf);
        policy = new PolicyWriter(restconf);
        requests = new MigrationRequests(restconf);
        view = new MasterView(restconf);
    }

    /** {@return the topology} */
    public TopologyWriter topology() {
        return topology;
    }

    /** {@return the policy} */
    public PolicyWriter policy() {
        return policy;
    }

    /** {@return requests to the master} */
    public MigrationRequests requests() {
        return requests;
    }

    /** {@return what the master shows} */
    public MasterView view() {
        return view;
    }

    /**
     * Give the controller its own key, with which it shows agents who it is.
     *
     * @param identity key and certificate
     * @throws IOException if the controller refuses
     */
    public void controllerIdentity(final TlsIdentity identity) throws IOException {
        restconf.invoke("netconf-keystore:add-private-key", Map.of("private-key", List.of(Map.of(
            "name", CONTROLLER_KEY, "data", identity.keyPem(), "certificate-chain",
            List.of(identity.certificatePem())))));
    }

    /**
     * Allow an agent to call home, with its own certificate and no other (IF(M,A) F1: authentication), and authorize
     * it to take part (authorization). Other agents stay allowed.
     *
     * @param host identity of its State Host
     * @param certificate its certificate, PEM
     * @param functions names of identities of {@code statemigration-types}: what it may take part with
     * @throws IOException if the controller refuses
     */
    public void stateHost(final String host, final String certificate, final Collection<String> functions)
            throws IOException {
        restconf.invoke("netconf-keystore:add-trusted-certificate", Map.of("trusted-certificate",
            List.of(Map.of("name", host, "certificate", certificate))));
        restconf.put("odl-netconf-callhome-server:netconf-callhome-server/allowed-devices/device=" + host,
            Map.of("odl-netconf-callhome-server:device", List.of(Map.of("unique-id", host, "tls-client-params",
                Map.of("key-id", CONTROLLER_KEY, "certificate-id", host)))));
        policy.authorize(Map.of("host-id", host, "function", functions.stream()
            .map(function -> "statemigration-types:" + function).toList()));
    }

    /**
     * Take back all topologies and the policy.
     *
     * @throws IOException if the controller refuses
     */
    public void reset() throws IOException {
        topology.removeAll();
        policy.reset();
    }
}
