// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.backend.linux.mapping;

import static java.util.Objects.requireNonNull;

import java.net.Inet4Address;
import java.util.Optional;
import java.util.Set;
import org.opendaylight.statemigration.agent.backend.linux.netlink.Ctnetlink;
import org.opendaylight.statemigration.flow.Flow;
import org.opendaylight.statemigration.flow.Identifiers;
import org.opendaylight.statemigration.flow.Nat;
import org.opendaylight.statemigration.flow.Protocols;
import org.opendaylight.statemigration.flow.Tuple;
import org.opendaylight.statemigration.ifma.RefusalReason;

/**
 * Whether a flow can be written at all, told without asking the kernel.
 *
 * @param zones zones of virtual networks
 */
public record FlowSupportCheck(Zones zones) {
    /** Protocols that the kernel follows. Of all others it knows the addresses only, and these can be restored too. */
    public static final Set<Integer> PROTOCOLS = Set.of(Protocols.TCP, Protocols.UDP, Protocols.UDP_LITE,
        Protocols.ICMP,
        Protocols.ICMPV6, Protocols.SCTP, Protocols.GRE);

    public FlowSupportCheck {
        requireNonNull(zones);
    }

    /**
     * Look at a flow.
     *
     * @param flow the flow
     * @return what speaks against it, if anything
     */
    public Optional<RefusalCause> refusalCause(final Flow flow) {
        final var key = flow.key();
        if (!isRestorable(key.protocol(), key.original())) {
            return Optional.of(new RefusalCause(RefusalReason.UNSUPPORTED_PROTOCOL,
                "State of " + Protocols.name(key.protocol()) + " cannot be restored here"));
        }
        if (zones.of(key.network()).isEmpty()) {
            return Optional.of(new RefusalCause(RefusalReason.UNKNOWN_VIRTUAL_NETWORK,
                "No conntrack zone is configured for " + key.network().orElseThrow()));
        }
        if (flow.helper().filter(helper -> helper.length() > Ctnetlink.HELPER_NAME_MAX).isPresent()) {
            return Optional.of(new RefusalCause(RefusalReason.UNSUPPORTED_ATTRIBUTE,
                "The name of helper '" + flow.helper().orElseThrow() + "' is longer than 15 characters"));
        }
        return malformed(flow).map(detail -> new RefusalCause(RefusalReason.MALFORMED_FLOW, detail));
    }

    /**
     * Whether an entry can be made anew.
     *
     * @param protocol IP protocol number
     * @param original its original direction
     * @return false for DCCP where the kernel follows it, as those before Linux 6.17 do: the state would be missing
     */
    static boolean isRestorable(final int protocol, final Tuple original) {
        return protocol != Protocols.DCCP || original.identifiers() instanceof Identifiers.None;
    }

    private static Optional<String> malformed(final Flow flow) {
        final var key = flow.key();
        final boolean v4 = key.original().source() instanceof Inet4Address;
        final boolean fits = switch (key.original().identifiers()) {
            case Identifiers.Ports ports -> switch (key.protocol()) {
                case Protocols.TCP, Protocols.UDP, Protocols.UDP_LITE, Protocols.SCTP -> true;
                default -> false;
            };
            case Identifiers.Icmp icmp -> key.protocol() == (v4 ? Protocols.ICMP : Protocols.ICMPV6);
            case Identifiers.GreKeys keys -> key.protocol() == Protocols.GRE;
            case Identifiers.None none -> !PROTOCOLS.contains(key.protocol());
        };
        if (!fits) {
            return Optional.of("The identifiers of " + key + " are not those of its protocol and address family");
        }
        if (isOtherFamily(flow.nat().source(), v4) || isOtherFamily(flow.nat().destination(), v4)) {
            return Optional.of("The flow " + key + " is translated to an address of another family");
        }
        final var reply = TupleInversion.reply(flow);
        if (reply.isEmpty()) {
            return Optional.of("The flow " + key + " is of a type of ICMP that has no answer");
        }
        if (!TupleInversion.same(flow.reply(), reply.orElseThrow())) {
            return Optional.of("The reply of " + key + " is " + flow.reply() + ", but its translations make it "
                + reply.orElseThrow());
        }
        return Optional.empty();
    }

    private static boolean isOtherFamily(final Optional<Nat.Endpoint> endpoint, final boolean v4) {
        return endpoint.filter(end -> end.address() instanceof Inet4Address != v4).isPresent();
    }
}
