// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.it.controller;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.opendaylight.statemigration.lab.network.Vm;
import org.opendaylight.statemigration.lab.time.Await;

/**
 * Tells when the controller has acted upon a change, also where that shows nothing. A change of its own is made, which
 * can be seen: the controller acts upon changes of one kind in their order.
 */
public final class ControllerProbe {
    private static final String HOST = "probe";
    private static final List<Vm> VMS = List.of(new Vm("probe1", "192.0.2.251", "2001:db8:ffff::1"),
        new Vm("probe2", "192.0.2.252", "2001:db8:ffff::2"));

    private final Restconf restconf;
    private final Provisioning provisioning;

    /**
     * A probe of a controller to which at least two State Hosts are connected.
     *
     * @param restconf HTTP to it
     * @param provisioning what is written to it
     */
    public ControllerProbe(final Restconf restconf, final Provisioning provisioning) {
        this.restconf = requireNonNull(restconf);
        this.provisioning = requireNonNull(provisioning);
    }

    /**
     * Wait until the Topology Discovery Entity has decided about all changes of the topology, and the State
     * Orchestration Master has been notified of what has to move.
     *
     * @param edge an edge of the topology
     * @throws IOException if that does not happen in time
     * @throws InterruptedException if interrupted
     */
    public void awaitDecisions(final String edge) throws IOException, InterruptedException {
        // A VM is known when the decision begins that its change led to. Once the second is known, the decision that
        // the first one led to has ended
        for (var vm : VMS) {
            provisioning.topology().addVm(vm, edge);
            Await.until("VM " + vm.id() + " is known", () -> isKnown(vm));
        }
        for (var vm : VMS) {
            provisioning.topology().removeNode(vm.id());
        }
    }

    /**
     * Wait until a VM is not in the topology any more.
     *
     * @param vm the VM
     * @throws IOException if that does not happen in time
     * @throws InterruptedException if interrupted
     */
    public void awaitUnknown(final Vm vm) throws IOException, InterruptedException {
        Await.until("VM " + vm.id() + " is not known", () -> !isKnown(vm));
    }

    /**
     * Wait until all changes of the policy are in force.
     *
     * @throws IOException if that does not happen in time
     * @throws InterruptedException if interrupted
     */
    public void awaitPolicy() throws IOException, InterruptedException {
        provisioning.policy().authorize(Map.of("host-id", HOST));
        Await.until("State Host " + HOST + " is shown", () -> provisioning.view().hostStatus().containsKey(HOST));
        provisioning.policy().withdraw(HOST);
        Await.until("State Host " + HOST + " is not shown", () -> !provisioning.view().hostStatus().containsKey(HOST));
    }

    /** Whether the master finds a VM by its name, which it asks the Topology Discovery Entity for. */
    private boolean isKnown(final Vm vm) throws IOException {
        final var host = provisioning.view().hostStatus().entrySet().stream()
            .filter(entry -> entry.getValue().equals("connected")).map(Map.Entry::getKey).sorted().limit(2).toList();
        if (host.size() < 2) {
            throw new IOException("Two State Hosts have to be connected: " + provisioning.view().hostStatus());
        }
        try {
            restconf.invoke("statemigration-master:plan-state-migration", Map.of("source", host.getFirst(),
                "destination", host.getLast(), "vm", Map.of("vm-name", vm.id())));
            return true;
        } catch (RestconfException e) {
            if (e.getMessage().contains("data-missing")) {
                return false;
            }
            throw e;
        }
    }
}
