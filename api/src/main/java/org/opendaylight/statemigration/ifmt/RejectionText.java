// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.ifmt;

import com.google.common.net.InetAddresses;
import java.net.InetAddress;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.opendaylight.statemigration.flow.VirtualNetwork;
import org.opendaylight.statemigration.host.Representation;
import org.opendaylight.statemigration.host.StateHostId;
import org.opendaylight.statemigration.host.VmIdentity;
import org.opendaylight.statemigration.ifmt.StateMigrationNotification.Unmatched;
import org.opendaylight.statemigration.text.EnumNames;
import org.opendaylight.statemigration.text.TextLists;

/** Says to operators why the master does not do what it was asked to. */
final class RejectionText {
    private static final int MAX_NAMED = 5;

    private RejectionText() {
        // Hidden on purpose
    }

    static String of(final Rejection rejection) {
        return switch (rejection) {
            case VmRejection vm -> of(vm);
            case HostRejection host -> of(host);
            case RequestRejection request -> of(request);
        };
    }

    private static String of(final VmRejection rejection) {
        return switch (rejection) {
            case VmRejection.NotNamed() -> "The notification does not say which VM it is about: give its address, or"
                + " the vnid or vn-name of its virtual network, or its vm-name, mac-address or uuid in the topology";
            case VmRejection.Unknown(var criterion) -> "No VM with " + criterion
                + " is in a topology that is watched: put it there, or name the VM by its address";
            case VmRejection.Contradictory(var criteria) -> "No one VM has " + String.join(" and ", criteria)
                + ": these are of different ones";
            case VmRejection.ForeignAddress(var vm, var foreign) -> "VM " + vm + " does not have address "
                + text(foreign) + ", but " + (vm.addresses().isEmpty() ? "none" : text(vm.addresses()));
            case VmRejection.ForeignNetwork(var vm, var network) -> "VM " + vm + " is not in " + network + ", but in "
                + vm.network().map(VirtualNetwork::toString).orElse("the network without name");
            case VmRejection.Ambiguous(var reference, var vms) -> "Several VMs have " + reference + ": " + names(vms)
                + ". Say more of the one that is meant, such as its address or uuid";
            case VmRejection.WithoutAddress(var vm) -> "VM " + vm
                + " has no address there, so its flows cannot be told from those of others: give it its address";
            case VmRejection.NetworkNotNamed(var addresses, var vms) -> "Address " + text(addresses) + " is that of "
                + names(vms) + ", in a virtual network of its own: give its vnid or vn-name, "
                + vms.stream().flatMap(vm -> vm.network().stream()).map(VirtualNetwork::toString).distinct().sorted()
                    .collect(Collectors.joining(" or "));
            case VmRejection.EmptyNetwork(var network, var shown) -> (shown
                ? "The topology shows no address of a VM of " : "No topology that is watched shows a VM of ")
                + network + ": give the addresses";
            case VmRejection.LargeNetwork(var network, var addresses) -> "VMs of " + network + " have " + addresses
                + " addresses, more than the " + VmIdentity.MAX_ADDRESSES
                + " of one migration: move them one by one, with notify-state-migrations";
        };
    }

    private static String of(final HostRejection rejection) {
        return switch (rejection) {
            case HostRejection.UnmatchedFunctions(var functions) -> functions.stream()
                .map(RejectionText::unmatched).collect(Collectors.joining("; "))
                + ": policy refuses that, see unmatched-function";
            case HostRejection.NoCommonFunction(var source, var destination) -> "State Hosts " + source + " and "
                + destination + " have no function in common that policy permits to both";
            case HostRejection.NoCommonRepresentation(var source, var offered, var destination, var taken) ->
                "State Hosts " + source + " and " + destination + " have no representation of flow state in common: "
                    + offer(source, offered) + ", " + offer(destination, taken);
            case HostRejection.UnknownHost(var host) -> "State Host " + host
                + " is unknown: it is neither connected nor listed in authorized-host";
            case HostRejection.Unavailable unavailable -> unavailable.detail();
            case HostRejection.SessionEnded(var host) -> "The session with State Host " + host
                + " has just ended: try again when it is back";
            case HostRejection.RoleNotOffered(var host, var role) -> "State Host " + host
                + " is not willing to be a " + EnumNames.of(role);
            case HostRejection.RoleForbidden(var host, var role) -> "Policy does not let State Host " + host + " be a "
                + EnumNames.of(role) + ": see its role in authorized-host";
            case HostRejection.NetworkForbidden(var host, var network) -> "Policy does not let State Host " + host
                + " see flows of " + network.map(VirtualNetwork::toString).orElse("no virtual network")
                + ": see its virtual-network in authorized-host";
            case HostRejection.NotListed(var host) -> "Policy does not list State Host " + host
                + ": add it to authorized-host if it may take part";
        };
    }

    private static String of(final RequestRejection rejection) {
        return switch (rejection) {
            case RequestRejection.Stopping() -> "The controller is being stopped";
            case RequestRejection.ControllerFailed() -> "The controller failed; its log says why";
            case RequestRejection.TooManyRequests(var limit) -> limit
                + " requests wait for their answer already: try again later";
            case RequestRejection.TooManyMigrations(var announced, var waiting, var limit) -> "Too many migrations"
                + (announced ? " of VMs that have yet to move" : "") + " are open, and " + waiting
                + " wait for their turn, where policy permits " + limit + ": try again later";
            case RequestRejection.RepeatedPair(var source, var destination) -> "The notification names the pair "
                + source + " and " + destination + " twice: make one leg of them";
            case RequestRejection.RequestIdUsed(var requestId, var started) -> "Request-id " + requestId
                + " was used for another request, which started " + started + ": give each request its own";
            case RequestRejection.UnclearBatch(var last) -> "No VM of the batch is clear; the last one: "
                + last.detail();
            case RequestRejection.UnknownMigration(var migration) -> "There is no migration " + migration
                + ", or it ended too long ago to be shown";
            case RequestRejection.NotCancellable(var migration, var phase) -> "Migration " + migration
                + " cannot be cancelled any more: it is " + phase;
            case RequestRejection.NotRetryable(var migration, var phase) -> "Migration " + migration
                + " cannot be tried again: it is " + phase + ", neither failed nor cancelled";
            case RequestRejection.UnknownBatch(var batch) -> "There is no batch " + batch
                + ", or it ended too long ago to be shown";
            case RequestRejection.UnknownTopology(var topology) -> "There is no topology " + topology
                + " that is watched";
            case RequestRejection.NothingToAnnounce(var reasons) -> "There is nothing to announce: "
                + (reasons.isEmpty() ? "the flows pass the same State Hosts afterwards" : all(reasons));
            case RequestRejection.UnclearTopology(var reasons) -> all(reasons);
            case RequestRejection.PlanOfSeveralPairs(var pairs) -> "A plan is about one pair of State Hosts, not "
                + pairs;
            case RequestRejection.TooManyPlans(var limit) -> limit
                + " plans are being made already: try again when one is done";
            case RequestRejection.PlanTooSlow(var limit) -> "The plan was not ready within the " + limit.toMillis()
                + " ms that policy gives a transfer";
            case RequestRejection.PlanFailed(var failure) -> failure.detail();
        };
    }

    private static String unmatched(final Unmatched one) {
        final var function = "function " + EnumNames.of(one.function()) + " of State Host " + one.host();
        return switch (one.side()) {
            case LEFT -> "The flows lose " + function + ", which the new path does not have";
            case ENTERED -> "The flows meet " + function + ", which knows nothing of them";
        };
    }

    private static String offer(final StateHostId host, final Set<Representation> representations) {
        final var names = representations.stream().map(EnumNames::of).sorted().toList();
        return host + " offers " + (names.isEmpty() ? "none that is known here" : String.join(" and ", names));
    }

    private static String all(final List<Explanation> reasons) {
        return reasons.stream().map(Explanation::detail).collect(Collectors.joining(" "));
    }

    private static String names(final Collection<InventoryVm> vms) {
        return TextLists.firstOf(vms.stream().map(InventoryVm::toString).sorted().toList(), MAX_NAMED);
    }

    private static String text(final Set<InetAddress> addresses) {
        return addresses.stream().map(InetAddresses::toAddrString).sorted().collect(Collectors.joining(", "));
    }
}
