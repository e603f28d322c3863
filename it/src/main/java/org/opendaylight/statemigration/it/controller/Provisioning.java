package org.opendaylight.statemigration.it.controller;

import static java.util.Objects.requireNonNull;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.opendaylight.statemigration.it.lab.Site;
import org.opendaylight.statemigration.it.lab.Vm;

/** What an operator, and the manager of the virtual machines, write to the controller. */
public final class Provisioning {
    private static final String TOPOLOGY = "network-topology:network-topology/topology=figure-1";
    private static final String CONTROLLER_KEY = "controller-key";

    private final Restconf restconf;

    /**
     * Provisioning of a controller.
     *
     * @param restconf HTTP to it
     */
    public Provisioning(final Restconf restconf) {
        this.restconf = requireNonNull(restconf);
    }

    /**
     * What would happen in a migration.
     *
     * @param flows flows that would be handed over
     * @param refused flows of these that the destination would not take
     */
    public record Plan(int flows, int refused) {
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
     * Allow agents to call home, each with its own certificate and no other (IF(M,A) F1: authentication), and authorize
     * them to take part (authorization).
     *
     * @param certificates PEM certificates by State Host
     * @param settleMillis how long the topology must be quiet before a change is acted upon
     * @throws IOException if the controller refuses
     */
    public void stateHosts(final Map<String, String> certificates, final int settleMillis) throws IOException {
        final var devices = new ArrayList<Object>();
        final var authorized = new ArrayList<Object>();
        final var trusted = new ArrayList<Object>();
        certificates.forEach((host, certificate) -> {
            trusted.add(Map.of("name", host, "certificate", certificate));
            devices.add(Map.of("unique-id", host, "tls-client-params",
                Map.of("key-id", CONTROLLER_KEY, "certificate-id", host)));
            authorized.add(Map.of("host-id", host, "function", List.of("statemigration-types:firewall")));
        });
        restconf.invoke("netconf-keystore:add-trusted-certificate", Map.of("trusted-certificate", trusted));
        restconf.put("odl-netconf-callhome-server:netconf-callhome-server",
            Map.of("odl-netconf-callhome-server:netconf-callhome-server",
                Map.of("allowed-devices", Map.of("device", devices))));
        restconf.put(Controller.STATE_MIGRATION + "/policy", Map.of("statemigration-master:policy",
            Map.of("authorized-host", authorized, "timers", Map.of("settle", settleMillis))));
    }

    /**
     * Write the topology of Figure 1.
     *
     * @param site where VM1 is
     * @throws IOException if the controller refuses
     */
    public void topology(final Site site) throws IOException {
        final var nodes = new ArrayList<Object>();
        final var links = new ArrayList<Object>();
        for (var nve : List.of("nve1", "nve2", "nve3")) {
            nodes.add(Map.of("node-id", nve, "statemigration-topology:nve", Map.of()));
        }
        for (var each : Site.values()) {
            nodes.add(Map.of("node-id", each.firewall(), "statemigration-topology:state-host",
                Map.of("host-id", each.firewall(), "function", List.of("statemigration-types:firewall"))));
            link(links, each.nve(), each.firewall());
            link(links, each.firewall(), "nve3");
        }
        nodes.add(machine(Vm.VM1, site.nve()));
        nodes.add(machine(Vm.VM2, Site.ONE.nve()));
        nodes.add(machine(Vm.VM3, "nve3"));
        restconf.put(TOPOLOGY, Map.of("network-topology:topology", List.of(Map.of("topology-id", "figure-1",
            "topology-types", Map.of("statemigration-topology:virtual-data-center", Map.of()),
            "node", nodes, "link", links))));
    }

    /**
     * Say that VM1 has moved. This is all that starts a migration.
     *
     * @param site where it is now
     * @throws IOException if the controller refuses
     */
    public void moved(final Site site) throws IOException {
        restconf.put(TOPOLOGY + "/node=vm1/statemigration-topology:virtual-machine/attached-to",
            Map.of("statemigration-topology:attached-to", site.nve()));
    }

    /**
     * Dry run: ask the master what would happen if VM1 came to a site.
     *
     * @param to the site
     * @return what would happen
     * @throws IOException if the controller refuses
     */
    public Plan plan(final Site to) throws IOException {
        final var output = restconf.invoke("statemigration-master:plan-state-migration", Map.of(
            "source", to.other().firewall(), "destination", to.firewall(), "vm", Map.of("address", Vm.VM1.addresses())))
            .getAsJsonObject().getAsJsonObject("statemigration-master:output");
        return new Plan(output.get("flows").getAsInt(), output.get("refused").getAsInt());
    }

    /** {@return status of each State Host that the master knows, with the detail if there is one} */
    public Map<String, String> hostStatus() throws IOException {
        final var status = new HashMap<String, String>();
        for (var host : list("state-host")) {
            status.put(host.get("host-id").getAsString(), host.get("status").getAsString()
                + (host.has("detail") ? ": " + host.get("detail").getAsString() : ""));
        }
        return status;
    }

    /** {@return all migrations that the master shows} */
    public List<MigrationView> migrations() throws IOException {
        return list("migration").stream()
            .map(MigrationView::new).toList();
    }

    /** {@return what the master could not act upon, a sentence each} */
    public List<String> refusedChanges() throws IOException {
        return list("refused-change").stream()
            .map(change -> change.get("vm-name").getAsString() + ": " + change.get("detail").getAsString()).toList();
    }

    /** OpenDaylight does not show a list without its keys, so the container around it is read. */
    private List<JsonObject> list(final String name) throws IOException {
        if (restconf.get(Controller.STATE_MIGRATION + "?content=nonconfig") instanceof JsonObject found
            && found.getAsJsonObject(Controller.STATE_MIGRATION).get(name) instanceof JsonArray entries) {
            return entries.asList().stream().map(JsonElement::getAsJsonObject).toList();
        }
        return List.of();
    }

    private static Map<String, Object> machine(final Vm vm, final String nve) {
        return Map.of("node-id", vm.id(), "statemigration-topology:virtual-machine",
            Map.of("address", vm.addresses(), "attached-to", nve));
    }

    /** A cable is two links. */
    private static void link(final List<Object> links, final String one, final String other) {
        for (var ends : List.of(List.of(one, other), List.of(other, one))) {
            links.add(Map.of("link-id", ends.getFirst() + ":" + ends.getLast(),
                "source", Map.of("source-node", ends.getFirst()),
                "destination", Map.of("dest-node", ends.getLast())));
        }
    }
}
