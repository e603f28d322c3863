// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.backend.linux.mapping;

import java.net.InetAddress;
import java.util.Optional;
import java.util.OptionalInt;
import org.opendaylight.statemigration.flow.Flow;
import org.opendaylight.statemigration.flow.Identifiers;
import org.opendaylight.statemigration.flow.Nat;
import org.opendaylight.statemigration.flow.Protocols;
import org.opendaylight.statemigration.flow.Tuple;

/** How the kernel derives one direction of a flow from the other, and a translation from the two. */
public final class TupleInversion {
    private TupleInversion() {
        // Hidden on purpose
    }

    /**
     * The answer to a tuple where nothing is translated.
     *
     * @param protocol IP protocol number
     * @param tuple the tuple
     * @return the answer; empty for an ICMP type that has none
     */
    public static Optional<Tuple> inverse(final int protocol, final Tuple tuple) {
        if (!(tuple.identifiers() instanceof Identifiers.Icmp(var type, var code, var identifier))) {
            return Optional.of(tuple.inverse());
        }
        final int answer = answer(protocol, type);
        return answer < 0 ? Optional.empty() : Optional.of(
            new Tuple(tuple.destination(), tuple.source(), new Identifiers.Icmp(answer, code, identifier)));
    }

    /**
     * The answer to a flow's original direction, with its translations.
     *
     * @param flow the flow
     * @return the answer; empty for an ICMP type that has none
     */
    public static Optional<Tuple> reply(final Flow flow) {
        final var nat = flow.nat();
        return inverse(flow.key().protocol(), flow.key().original()).map(plain -> new Tuple(
            nat.destination().map(Nat.Endpoint::address).orElse(plain.source()),
            nat.source().map(Nat.Endpoint::address).orElse(plain.destination()),
            switch (plain.identifiers()) {
                case Identifiers.Ports(var from, var to) ->
                    new Identifiers.Ports(port(nat.destination(), from), port(nat.source(), to));
                case Identifiers.GreKeys(var from, var to) ->
                    new Identifiers.GreKeys(port(nat.destination(), from), port(nat.source(), to));
                case Identifiers.Icmp(var type, var code, var identifier) ->
                    new Identifiers.Icmp(type, code, port(nat.source(), port(nat.destination(), identifier)));
                case Identifiers.None none -> none;
            }));
    }

    /**
     * The two ends of a flow as they know themselves, behind whatever is translated between them.
     *
     * @param original original direction
     * @param reply reply direction
     * @return from the end that has begun to the end that answers
     */
    static Tuple ends(final Tuple original, final Tuple reply) {
        final var identifiers = switch (original.identifiers()) {
            case Identifiers.Ports(var from, var to) when reply.identifiers()
                    instanceof Identifiers.Ports(var answering, var asking) -> new Identifiers.Ports(from, answering);
            case Identifiers.GreKeys(var from, var to) when reply.identifiers()
                    instanceof Identifiers.GreKeys(var answering, var asking) ->
                new Identifiers.GreKeys(from, answering);
            default -> original.identifiers();
        };
        return new Tuple(original.source(), reply.source(), identifiers);
    }

    /**
     * The translations of an entry.
     *
     * @param protocol IP protocol number
     * @param original original direction
     * @param reply reply direction
     * @return the translations; empty if the two directions have nothing to do with each other
     */
    static Optional<Nat> nat(final int protocol, final Tuple original, final Tuple reply) {
        return inverse(protocol, original).map(plain -> switch (plain.identifiers()) {
            case Identifiers.Ports(var from, var to) when reply.identifiers()
                    instanceof Identifiers.Ports(var replyFrom, var replyTo) ->
                new Nat(endpoint(plain.destination(), reply.destination(), to, OptionalInt.of(replyTo)),
                    endpoint(plain.source(), reply.source(), from, OptionalInt.of(replyFrom)));
            case Identifiers.Icmp(var type, var code, var identifier) when reply.identifiers()
                    instanceof Identifiers.Icmp(var replyType, var replyCode, var replyIdentifier)
                    && type == replyType && code == replyCode ->
                // The identifier of ICMP is part of its source
                new Nat(endpoint(plain.destination(), reply.destination(), identifier, OptionalInt.of(replyIdentifier)),
                    endpoint(plain.source(), reply.source(), identifier, OptionalInt.empty()));
            case Identifiers.GreKeys(var from, var to) when reply.identifiers()
                    instanceof Identifiers.GreKeys(var replyFrom, var replyTo) ->
                new Nat(endpoint(plain.destination(), reply.destination(), to, OptionalInt.of(replyTo)),
                    endpoint(plain.source(), reply.source(), from, OptionalInt.of(replyFrom)));
            case Identifiers.None() when reply.identifiers() instanceof Identifiers.None ->
                // Addresses are all that can be translated
                new Nat(endpoint(plain.destination(), reply.destination(), 0, OptionalInt.empty()),
                    endpoint(plain.source(), reply.source(), 0, OptionalInt.empty()));
            default -> null;
        });
    }

    /** {@return the identifier that a translated source or destination has in the reply, if its protocol has one} */
    public static OptionalInt portOf(final Tuple reply, final boolean source) {
        return switch (reply.identifiers()) {
            case Identifiers.Ports(var from, var to) -> OptionalInt.of(source ? to : from);
            case Identifiers.GreKeys(var from, var to) -> OptionalInt.of(source ? to : from);
            case Identifiers.Icmp icmp -> OptionalInt.of(icmp.identifier());
            case Identifiers.None() -> OptionalInt.empty();
        };
    }

    /** {@return whether tuples are the same but for the type of ICMP, which some leave as in the request} */
    static boolean same(final Tuple left, final Tuple right) {
        return left.source().equals(right.source()) && left.destination().equals(right.destination())
            && (left.identifiers() instanceof Identifiers.Icmp one
                && right.identifiers() instanceof Identifiers.Icmp other
                    ? one.identifier() == other.identifier() : left.identifiers().equals(right.identifiers()));
    }

    private static Optional<Nat.Endpoint> endpoint(final InetAddress before, final InetAddress after, final int port,
            final OptionalInt portAfter) {
        return before.equals(after) && portAfter.orElse(port) == port ? Optional.empty()
            : Optional.of(new Nat.Endpoint(after, portAfter));
    }

    private static int port(final Optional<Nat.Endpoint> endpoint, final int otherwise) {
        return endpoint.isPresent() ? endpoint.orElseThrow().port().orElse(otherwise) : otherwise;
    }

    private static int answer(final int protocol, final int type) {
        // nf_conntrack_proto_icmp.c and nf_conntrack_proto_icmpv6.c, invmap
        return switch (protocol) {
            case Protocols.ICMP -> switch (type) {
                case 8 -> 0;
                case 0 -> 8;
                case 13, 15, 17 -> type + 1;
                case 14, 16, 18 -> type - 1;
                default -> -1;
            };
            case Protocols.ICMPV6 -> switch (type) {
                case 128, 139 -> type + 1;
                case 129, 140 -> type - 1;
                default -> -1;
            };
            default -> -1;
        };
    }
}
