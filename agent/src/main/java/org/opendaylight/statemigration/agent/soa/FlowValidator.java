// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.soa;

import static java.util.Objects.requireNonNull;

import com.google.common.net.InetAddresses;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.opendaylight.statemigration.flow.Expectation;
import org.opendaylight.statemigration.flow.Flow;
import org.opendaylight.statemigration.flow.Identifiers;
import org.opendaylight.statemigration.flow.Nat;
import org.opendaylight.statemigration.host.IpPrefix;
import org.opendaylight.statemigration.ifma.FlowSelection;
import org.opendaylight.statemigration.ifma.Refusal;
import org.opendaylight.statemigration.ifma.RefusalReason;

/**
 * What a destination asks of every flow before its table sees it, so that no migration can open a way for others than
 * the VM or take a public address that is not the State Host's to give (section 7 of the draft).
 *
 * @param selection the flows that the migration is about
 * @param pools public addresses that translations may use
 */
record FlowValidator(FlowSelection selection, List<IpPrefix> pools) {
    FlowValidator {
        requireNonNull(selection);
        pools = List.copyOf(pools);
    }

    Optional<Refusal> check(final int index, final Flow flow) {
        if (!selection.contains(flow)) {
            return Optional.of(new Refusal(index, RefusalReason.NOT_OF_VM, "Flow " + flow.key()
                + " is not one of the flows of VM " + selection.vm() + " that the migration names"));
        }
        if (!isReplyAsTranslated(flow)) {
            return Optional.of(new Refusal(index, RefusalReason.MALFORMED_FLOW, "The reply direction " + flow.reply()
                + " of flow " + flow.key() + " does not follow from its original direction and its translations"));
        }
        final var stranger = flow.expectations().stream().filter(each -> !isBetweenEnds(each, flow)).findFirst();
        if (stranger.isPresent()) {
            return Optional.of(new Refusal(index, RefusalReason.NOT_OF_VM, "Flow " + flow.key() + " expects "
                + stranger.orElseThrow() + ", which is not between its own ends"));
        }
        return publicAddresses(flow)
            .filter(address -> pools.stream().noneMatch(pool -> pool.contains(address)))
            .findFirst()
            .map(address -> new Refusal(index, RefusalReason.ADDRESS_NOT_IN_POOL, "Public address "
                + InetAddresses.toAddrString(address) + " of the translation of flow " + flow.key()
                + " is not in the pools of this State Host: " + (pools.isEmpty() ? "it has none" : pools)));
    }

    /**
     * An expectation lets a packet through that no rule permits. So both its ends must be those of its master, and what
     * may come from anywhere must go to the VM.
     */
    private boolean isBetweenEnds(final Expectation expectation, final Flow master) {
        final var original = master.key().original();
        final var reply = master.reply();
        final var vm = selection.vm().addresses().contains(original.source())
            ? List.of(original.source(), reply.destination()) : List.of(reply.source(), original.destination());
        final var ends = List.of(original.source(), original.destination(), reply.source(), reply.destination());
        return expectation.source().map(source -> ends.contains(source)
            && ends.contains(expectation.destination())).orElse(vm.contains(expectation.destination()));
    }

    /** The reply direction alone makes some tables translate, so it must not say more than the translations do. */
    private static boolean isReplyAsTranslated(final Flow flow) {
        final var original = flow.key().original();
        final var reply = flow.reply();
        final var source = flow.nat().source();
        final var destination = flow.nat().destination();
        if (!reply.source().equals(destination.map(Nat.Endpoint::address).orElse(original.destination()))
            || !reply.destination().equals(source.map(Nat.Endpoint::address).orElse(original.source()))) {
            return false;
        }
        return switch (original.identifiers()) {
            case Identifiers.Ports(var from, var to) -> reply.identifiers() instanceof Identifiers.Ports back
                && fits(back.source(), destination, to) && fits(back.destination(), source, from);
            // Type and code of an answer are not those of the query
            case Identifiers.Icmp icmp -> reply.identifiers() instanceof Identifiers.Icmp back
                && fits(back.identifier(), source.or(() -> destination), icmp.identifier());
            case Identifiers.GreKeys(var from, var to) -> reply.identifiers() instanceof Identifiers.GreKeys back
                && fits(back.source(), destination, to) && fits(back.destination(), source, from);
            case Identifiers.None() -> reply.identifiers() instanceof Identifiers.None;
        };
    }

    private static boolean fits(final int actual, final Optional<Nat.Endpoint> translation, final int untranslated) {
        return actual == translation.map(end -> end.port().orElse(untranslated)).orElse(untranslated);
    }

    /**
     * Source translation shows the translated source to others, destination translation the original destination. A
     * translation of the port alone takes nobody's address.
     */
    private static Stream<InetAddress> publicAddresses(final Flow flow) {
        final var original = flow.key().original();
        return Stream.concat(
            flow.nat().source().map(Nat.Endpoint::address)
                .filter(address -> !address.equals(original.source())).stream(),
            flow.nat().destination().map(Nat.Endpoint::address)
                .filter(address -> !address.equals(original.destination()))
                .map(address -> original.destination()).stream());
    }
}
