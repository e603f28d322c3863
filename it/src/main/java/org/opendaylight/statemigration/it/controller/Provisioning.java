// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.it.controller;

import static java.util.Objects.requireNonNull;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.opendaylight.statemigration.lab.network.Site;
import org.opendaylight.statemigration.lab.network.Vm;

/** What an operator, and the manager of the VMs, write to the controller. */
public final class Provisioning {
    private static final String TOPOLOGY = "network-topology:network-topology/topology=";
    private static final String CONTROLLER_KEY = "controller-key";

    /** Keys of lists that the master does not empty. */
    private static final Map<String, String> KEYS = Map.of("migration", "migration-id", "batch", "batch-id");

    private final Restconf restconf;
    private final Set<String> topologies = new LinkedHashSet<>();
    private final Set<String> forgotten = new HashSet<>();
    private String path = TOPOLOGY + "figure-1";

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
     * Set timers of the policy.
     *
     * @param timers what Gson makes the container {@code timers} of; what is not given has its default
     * @throws IOException if the controller refuses
     */
    public void timers(final Map<String, ?> timers) throws IOException {
        restconf.put(Controller.STATE_MIGRATION + "/policy/timers", Map.of("statemigration-master:timers", timers));
    }

    /**
     * Set limits of the policy.
     *
     * @param limits leaves of the container {@code limits}; those that are not given have their defaults
     * @throws IOException if the controller refuses
     */
    public void limits(final Map<String, Integer> limits) throws IOException {
        restconf.put(Controller.STATE_MIGRATION + "/policy/limits", Map.of("statemigration-master:limits", limits));
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
        authorize(Map.of("host-id", host, "function", functions.stream()
            .map(function -> "statemigration-types:" + function).toList()));
    }

    /**
     * Authorize a State Host in another way than before.
     *
     * @param host what Gson makes a list entry {@code authorized-host} of
     * @throws IOException if the controller refuses
     */
    public void authorize(final Map<String, ?> host) throws IOException {
        restconf.put(Controller.STATE_MIGRATION + "/policy/authorized-host=" + host.get("host-id"),
            Map.of("statemigration-master:authorized-host", List.of(host)));
    }

    /**
     * Take an authorization back.
     *
     * @param host identity of the State Host
     * @throws IOException if the controller refuses
     */
    public void withdraw(final String host) throws IOException {
        restconf.delete(Controller.STATE_MIGRATION + "/policy/authorized-host=" + host);
    }

    /**
     * Write a topology. What is then changed in it, one by one, is in the last one that was written.
     *
     * @param topology the topology
     * @throws IOException if the controller refuses
     */
    public void topology(final Topology topology) throws IOException {
        restconf.put(TOPOLOGY + topology.id(), topology.data());
        path = TOPOLOGY + topology.id();
        topologies.add(topology.id());
    }

    /**
     * Take back all topologies and the policy. Then a change of topology is acted upon at once, as tests tell of one
     * change at a time.
     *
     * @throws IOException if the controller refuses
     */
    public void reset() throws IOException {
        for (var topology : topologies) {
            restconf.delete(TOPOLOGY + topology);
        }
        topologies.clear();
        restconf.put(Controller.STATE_MIGRATION + "/policy", Map.of("statemigration-master:policy", Map.of()));
        timers(Map.of("settle", 0));
    }

    /**
     * From now on show no migrations and batches that the master shows now.
     *
     * @throws IOException if the controller does not answer
     */
    public void forgetEnded() throws IOException {
        for (var list : KEYS.entrySet()) {
            list(list.getKey()).forEach(entry -> forgotten.add(entry.get(list.getValue()).getAsString()));
        }
    }

    /**
     * Take a topology away, and so its VMs.
     *
     * @param topology the topology
     * @throws IOException if the controller refuses
     */
    public void remove(final Topology topology) throws IOException {
        restconf.delete(TOPOLOGY + topology.id());
        topologies.remove(topology.id());
    }

    /**
     * Say that VM1 has moved. This is all that starts a migration.
     *
     * @param site where it is now
     * @throws IOException if the controller refuses
     */
    public void moved(final Site site) throws IOException {
        moved(Vm.VM1, site.nve());
    }

    /**
     * Say that a VM has moved. This is all that starts a migration.
     *
     * @param vm the VM
     * @param edge where it is now
     * @throws IOException if the controller refuses
     */
    public void moved(final Vm vm, final String edge) throws IOException {
        restconf.put(vm(vm) + "/attached-to", Map.of("statemigration-topology:attached-to", edge));
    }

    /**
     * Say that VMs have moved, in one transaction.
     *
     * @param vms the VMs
     * @param edge where they are now
     * @throws IOException if the controller refuses
     */
    public void moved(final Collection<Vm> vms, final String edge) throws IOException {
        restconf.patch(path, Map.of("network-topology:topology", List.of(Map.of("topology-id", topologyId(),
            "node", vms.stream().map(vm -> Map.of("node-id", vm.id(), "statemigration-topology:virtual-machine",
                Map.of("attached-to", edge))).toList()))));
    }

    /**
     * Say where a VM is, and that no move is planned any more, at once.
     *
     * @param vm the VM
     * @param edge where it is now
     * @throws IOException if the controller refuses
     */
    public void attached(final Vm vm, final String edge) throws IOException {
        restconf.put(vm(vm), Map.of("statemigration-topology:virtual-machine",
            Map.of("address", vm.addresses(), "attached-to", edge)));
    }

    /**
     * Say that a VM is about to move.
     *
     * @param vm the VM
     * @param edge where it will go
     * @throws IOException if the controller refuses
     */
    public void planned(final Vm vm, final String edge) throws IOException {
        restconf.put(vm(vm) + "/planned-attachment", Map.of("statemigration-topology:planned-attachment", edge));
    }

    /**
     * Say that a VM is not about to move any more.
     *
     * @param vm the VM
     * @throws IOException if the controller refuses, or nothing was planned
     */
    public void unplanned(final Vm vm) throws IOException {
        restconf.delete(vm(vm) + "/planned-attachment");
    }

    /**
     * Say whether a cable carries traffic, of both of its links in one transaction.
     *
     * @param one a node
     * @param other the node at the other end
     * @param up whether it does
     * @throws IOException if the controller refuses
     */
    public void link(final String one, final String other, final boolean up) throws IOException {
        final var cost = Map.of("statemigration-topology:path-cost", Map.of("status", up ? "up" : "down"));
        restconf.patch(path, Map.of("network-topology:topology", List.of(Map.of("topology-id", topologyId(),
            "link", List.of(with(Topology.linkEntry(one, other), cost), with(Topology.linkEntry(other, one), cost))))));
    }

    /**
     * Take a cable away, one link after the other.
     *
     * @param one a node
     * @param other the node at the other end
     * @throws IOException if the controller refuses
     */
    public void removeLink(final String one, final String other) throws IOException {
        restconf.delete(path + "/link=" + Topology.linkId(one, other).replace(":", "%3A"));
        restconf.delete(path + "/link=" + Topology.linkId(other, one).replace(":", "%3A"));
    }

    /**
     * Lay a cable again, in one transaction.
     *
     * @param one a node
     * @param other the node at the other end
     * @throws IOException if the controller refuses
     */
    public void addLink(final String one, final String other) throws IOException {
        restconf.patch(path, Map.of("network-topology:topology", List.of(Map.of("topology-id", topologyId(),
            "link", List.of(Topology.linkEntry(one, other), Topology.linkEntry(other, one))))));
    }

    /**
     * Put a VM into the topology.
     *
     * @param vm the VM
     * @param edge where it is
     * @throws IOException if the controller refuses
     */
    public void addVm(final Vm vm, final String edge) throws IOException {
        restconf.put(path + "/node=" + vm.id(), Map.of("network-topology:node", List.of(Topology.vmNode(vm, edge))));
    }

    /**
     * Take a node away. Its links stay, and lead nowhere.
     *
     * @param node the node
     * @throws IOException if the controller refuses
     */
    public void removeNode(final String node) throws IOException {
        restconf.delete(path + "/node=" + node);
    }

    /**
     * Put a State Host back into the topology, or change its functions.
     *
     * @param host its name and its identity
     * @param functions names of identities of {@code statemigration-types}
     * @throws IOException if the controller refuses
     */
    public void addStateHost(final String host, final String... functions) throws IOException {
        restconf.put(path + "/node=" + host, Map.of("network-topology:node",
            List.of(Topology.stateHostNode(host, functions))));
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

    /**
     * Announce that VM1 is about to move, as a manager of VMs would: all its flows.
     *
     * @param to where it will go
     * @return the migration
     * @throws IOException if the controller refuses
     */
    public String announce(final Site to) throws IOException {
        return notification(to, Map.of("announced", true));
    }

    /**
     * Notify the master that VM1 has moved, with all its flows.
     *
     * @param to where it is now
     * @return the migration
     * @throws IOException if the controller refuses
     */
    public String notifyMoved(final Site to) throws IOException {
        return notification(to, Map.of());
    }

    private String notification(final Site to, final Map<String, Object> more) throws IOException {
        return restconf.invoke("statemigration-master:notify-state-migration", with(Map.of(
            "source", to.other().firewall(), "destination", to.firewall(), "vm", Map.of("address", Vm.VM1.addresses())),
            more)).getAsJsonObject().getAsJsonObject("statemigration-master:output").get("migration-id").getAsString();
    }

    /**
     * Cancel a migration.
     *
     * @param migration which
     * @throws IOException if the controller refuses
     */
    public void cancel(final String migration) throws IOException {
        restconf.invoke("statemigration-master:cancel-migration", Map.of("migration-id", migration));
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

    /**
     * What the master shows.
     *
     * @param name a list of the container {@code state-migration}
     * @return its entries
     * @throws IOException if the controller refuses
     */
    public List<JsonObject> list(final String name) throws IOException {
        // OpenDaylight does not show a list without its keys, so the container around it is read
        if (restconf.get(Controller.STATE_MIGRATION + "?content=nonconfig") instanceof JsonObject found
            && found.getAsJsonObject(Controller.STATE_MIGRATION).get(name) instanceof JsonArray entries) {
            return entries.asList().stream().map(JsonElement::getAsJsonObject)
                .filter(entry -> !KEYS.containsKey(name)
                    || !forgotten.contains(entry.get(KEYS.get(name)).getAsString()))
                .toList();
        }
        return List.of();
    }

    private String vm(final Vm vm) {
        return path + "/node=" + vm.id() + "/statemigration-topology:virtual-machine";
    }

    private String topologyId() {
        return path.substring(TOPOLOGY.length());
    }

    private static Map<String, Object> with(final Map<String, ?> entry, final Map<String, ?> more) {
        final var both = new HashMap<String, Object>(entry);
        both.putAll(more);
        return both;
    }
}
