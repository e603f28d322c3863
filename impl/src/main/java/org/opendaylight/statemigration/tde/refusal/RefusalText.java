// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.tde.refusal;

import com.google.common.net.InetAddresses;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.opendaylight.statemigration.host.IpPrefix;
import org.opendaylight.statemigration.host.StateHostId;
import org.opendaylight.statemigration.tde.refusal.UnclearFlows.Path;
import org.opendaylight.statemigration.text.EnumNames;
import org.opendaylight.statemigration.text.TextLists;

/** Says to operators why a change of topology is not acted upon, and what to do. */
public final class RefusalText {
    private static final int PEERS_NAMED = 5;

    private RefusalText() {
        // Hidden on purpose
    }

    /**
     * Sentences for several refusals.
     *
     * @param refusals the refusals, in order
     * @return their sentences, with a blank between
     */
    public static String of(final Collection<? extends TopologyRefusal> refusals) {
        return refusals.stream().map(RefusalText::of).collect(Collectors.joining(" "));
    }

    /**
     * Sentences for a refusal.
     *
     * @param refusal the refusal
     * @return one or more sentences, each with its full stop
     */
    public static String of(final TopologyRefusal refusal) {
        return switch (refusal) {
            case TopologyInconsistency inconsistency -> clause(inconsistency) + ".";
            case TopologyRefusal.VmWithoutAddress(var vm) -> "VM " + vm
                + " has no address, so its flows cannot be told from those of others. Give it its address in the"
                + " topology, then ask for the migration with notify-state-migration.";
            case TopologyRefusal.FlowsStay stay -> flowsStay(stay);
            case TopologyRefusal.NotMigrated rejected -> notMigrated(rejected);
            case TopologyRefusal.PlannedToNoEdge(var vm, var node) -> "VM " + vm + " is to move to " + node
                + ", which is not a network virtualization edge of the topology.";
            case TopologyRefusal.PlannedRefused(var vm, var edge, var later) -> "Once " + vm + " moves to " + edge
                + " as planned: " + of(later);
            case TopologyRefusal.NotAnnounced(var vm, var edge, var rejection) -> "The planned move to " + edge
                + " was not announced: " + rejection.detail();
            case TopologyRefusal.NotEvaluated() ->
                "The topology could not be evaluated: the controller's log says why.";
        };
    }

    private static String clause(final TopologyInconsistency inconsistency) {
        return switch (inconsistency) {
            case TopologyInconsistency.DuplicateNode(var node) -> "Two nodes have the id " + node;
            case TopologyInconsistency.DuplicateLink(var link) -> "Two links have the id " + link;
            case TopologyInconsistency.NoFunction(var host, var node) -> "State Host " + host + " (node " + node
                + ") performs no function: give at least one";
            case TopologyInconsistency.UnsupportedFunction(var host, var node, var function) -> "State Host " + host
                + " performs " + function + ", a function whose state cannot be migrated: take it away from node "
                + node;
            case TopologyInconsistency.DuplicateStateHost(var host, var nodes) -> "Nodes "
                + String.join(" and ", nodes) + " are all State Host " + host + ": a State Host has one place";
            case TopologyInconsistency.InvalidAddresses(var vm, var detail) -> "VM " + vm + ": " + detail;
            case TopologyInconsistency.AttachedToNoEdge(var vm, var node, var exists) -> "VM " + vm
                + " is attached to " + node + ", which is not a "
                + (exists ? "network virtualization edge" : "node of the topology");
            case TopologyInconsistency.SharedAddress(var vm, var vms, var address, var network) -> "VMs "
                + String.join(" and ", vms) + " all have address " + InetAddresses.toAddrString(address)
                + network.map(name -> " in " + name).orElse(" in no virtual network")
                + ", so their flows cannot be told apart";
        };
    }

    private static String flowsStay(final TopologyRefusal.FlowsStay stay) {
        return stay.peers().entrySet().stream()
            .map(entry -> new Stay(whyUnclear(entry.getKey()),
                TextLists.firstOf(entry.getValue().stream().sorted().toList(), PEERS_NAMED)))
            .sorted((one, other) -> one.why().compareTo(other.why()))
            .map(one -> "Flows with " + one.peers() + " stay where they are: " + one.why() + ". ")
            .collect(Collectors.joining())
            + "Once it is clear where they belong, ask for the migration with notify-state-migration.";
    }

    private static String because(final UnclearFlows.AmbiguousFunction.Cause cause) {
        return switch (cause) {
            case COUNT -> "";
            case WAY_BACK -> ", because State Hosts are not passed in the opposite order on the way back";
            case ORDER -> ", because what else is passed is not in the same order on both";
        };
    }

    private static String whyUnclear(final UnclearFlows unclear) {
        return switch (unclear) {
            case UnclearFlows.PeerWithoutAddress(var peer) -> peer
                + " has no address, so these flows cannot be told from others";
            case UnclearFlows.InconsistentStateHost(var causes) ->
                "they pass a State Host about which the topology contradicts itself ("
                    + causes.stream().map(RefusalText::clause).collect(Collectors.joining(", and ")) + ")";
            case UnclearFlows.TooManyFunctions(var path, var count, var limit) -> "the "
                + EnumNames.of(path) + " path passes " + count + " functions, more than " + limit;
            case UnclearFlows.AmbiguousFunction(var function, var left, var arrived, var cause) ->
                "it is not clear which " + EnumNames.of(function) + " takes over from which, of " + sorted(left)
                    + " on the old path and " + sorted(arrived) + " on the new one" + because(cause);
            case UnclearFlows.NoCounterpart(var functions) -> functions.stream()
                .map(RefusalText::withoutCounterpart).collect(Collectors.joining(", and "));
            case UnclearFlows.SplitFunctions(var host, var others, var path) -> "the functions of " + host
                + (path == Path.NEW ? " are performed by two State Hosts on the new path, "
                    : " were performed by two State Hosts on the old path, ") + sorted(others);
            case UnclearFlows.Forgotten() -> "it is no longer remembered which State Hosts have their state, because"
                + " too many others have lost contact since";
            case UnclearFlows.AmbiguousPath path -> before(path.path()) + ambiguous(path);
            case UnclearFlows.PathTooLong(var path, var from, var to, var limit) -> before(path) + "a path between "
                + ends(from, to) + " passes more than " + limit + " State Hosts";
        };
    }

    private static String before(final Path path) {
        return path == Path.NEW ? ""
            : "it is not known which State Hosts have their state, because before the change ";
    }

    private static String ambiguous(final UnclearFlows.AmbiguousPath path) {
        return switch (path.cause()) {
            case EQUAL_COST -> "paths of equal cost between " + path.from() + " and " + path.to() + " pass "
                + hosts(path.one()) + " or " + hosts(path.other()) + ", so their links need different metrics";
            case ASYMMETRIC -> "flows between " + ends(path.from(), path.to()) + " pass " + hosts(path.one())
                + " in one direction and " + hosts(path.other())
                + " in the other, so the metrics of their links need to be the same both ways";
        };
    }

    private static String withoutCounterpart(final UnclearFlows.NoCounterpart.Function function) {
        return switch (function.path()) {
            case OLD -> "no " + EnumNames.of(function.function()) + " on the new path takes over from "
                + sorted(function.hosts());
            case NEW -> "no " + EnumNames.of(function.function())
                + " has left the path that could give its state to " + sorted(function.hosts())
                + ", which they pass now";
        };
    }

    private static String notMigrated(final TopologyRefusal.NotMigrated rejected) {
        final var why = rejected.rejection().detail();
        return "The State Orchestration Master did not migrate the state of " + rejected.vm() + ": " + why
            + (why.endsWith(".") ? "" : ".") + " Once that is mended, ask again with notify-state-migration, "
            + rejected.legs().stream()
                .map(leg -> "source " + leg.source() + " and destination " + leg.destination()
                    + (leg.peers().isEmpty() ? "" : " for peers "
                        + leg.peers().stream().map(IpPrefix::toString).collect(Collectors.joining(", "))))
                .collect(Collectors.joining(", then "))
            + ".";
    }

    private static String ends(final String from, final String to) {
        return from.compareTo(to) < 0 ? from + " and " + to : to + " and " + from;
    }

    private static String hosts(final Collection<StateHostId> hosts) {
        return hosts.isEmpty() ? "no State Host"
            : hosts.stream().map(StateHostId::toString).collect(Collectors.joining(" and "));
    }

    private static String sorted(final List<StateHostId> hosts) {
        return hosts.stream().map(StateHostId::toString).sorted().collect(Collectors.joining(" and "));
    }

    /** Why flows stay, and which. */
    private record Stay(String why, String peers) {
    }
}
