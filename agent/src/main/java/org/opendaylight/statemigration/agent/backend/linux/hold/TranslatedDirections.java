// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.backend.linux.hold;

import static java.util.Objects.requireNonNull;

import com.google.common.net.InetAddresses;
import java.net.Inet4Address;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.opendaylight.statemigration.flow.Flow;
import org.opendaylight.statemigration.flow.Identifiers;
import org.opendaylight.statemigration.flow.Tuple;
import org.opendaylight.statemigration.ifma.FlowSelection;

/**
 * Those directions of translated flows that the VM's addresses do not show: answers to a translated source, and
 * what comes to a destination before its translation. They are in sets of nftables, with their ports, so that other
 * VMs behind the same public address are not touched.
 */
final class TranslatedDirections {
    private static final int ELEMENTS_PER_COMMAND = 1000;

    private final FlowSelection selection;
    private final int number;
    private final Map<Kind, Set<String>> sets = new EnumMap<>(Kind.class);

    /**
     * Directions.
     *
     * @param selection what is held besides
     * @param number tells the sets from those of other holds
     */
    TranslatedDirections(final FlowSelection selection, final int number) {
        this.selection = requireNonNull(selection);
        this.number = number;
    }

    /** One set for each combination of address family and identifiers. */
    private enum Kind {
        PORTS4("ip", true),
        HOSTS4("ip", false),
        PORTS6("ip6", true),
        HOSTS6("ip6", false);

        private final String family;
        private final boolean ports;

        Kind(final String family, final boolean ports) {
            this.family = family;
            this.ports = ports;
        }

        static Kind of(final Tuple tuple) {
            final boolean ports = tuple.identifiers() instanceof Identifiers.Ports;
            return tuple.source() instanceof Inet4Address ? ports ? PORTS4 : HOSTS4 : ports ? PORTS6 : HOSTS6;
        }

        String type() {
            final var address = family.equals("ip") ? "ipv4_addr" : "ipv6_addr";
            return address + " . " + address + " . inet_proto" + (ports ? " . inet_service . inet_service" : "");
        }

        String fields() {
            return family + " saddr . " + family + " daddr . meta l4proto" + (ports ? " . th sport . th dport" : "");
        }
    }

    /**
     * Take in flows.
     *
     * @param flows flows of the selection, translated or not
     * @return between which addresses their packets go that are not held besides; empty if there are none
     */
    Set<HeldPacket.Ends> add(final Collection<Flow> flows) {
        final var ends = new HashSet<HeldPacket.Ends>();
        flows.stream().filter(flow -> !flow.nat().isNone()).forEach(flow ->
            Stream.of(flow.key().original(), flow.reply())
                .filter(tuple -> !selection.contains(tuple, tuple.inverse())).forEach(tuple -> {
                    sets.computeIfAbsent(Kind.of(tuple), kind -> new TreeSet<>())
                        .add(element(flow.key().protocol(), tuple));
                    ends.add(new HeldPacket.Ends(tuple.source(), tuple.destination()));
                }));
        return ends;
    }

    /** {@return commands that make the sets what they should be; they may be there already} */
    String fill() {
        final var script = new StringBuilder();
        sets.forEach((kind, elements) -> {
            script.append("add set ").append(name(kind)).append(" { type ").append(kind.type()).append("; }\n");
            final var all = List.copyOf(elements);
            for (int i = 0; i < all.size(); i += ELEMENTS_PER_COMMAND) {
                script.append("add element ").append(name(kind)).append(" { ")
                    .append(String.join(", ", all.subList(i, Math.min(i + ELEMENTS_PER_COMMAND, all.size()))))
                    .append(" }\n");
            }
        });
        return script.toString();
    }

    /** {@return commands that remove the sets, which no rule may use any more} */
    String remove() {
        final var script = new StringBuilder();
        sets.keySet().forEach(kind -> script.append("delete set ").append(name(kind)).append('\n'));
        return script.toString();
    }

    /** {@return what rules have to match} */
    List<String> matches() {
        return sets.keySet().stream().map(kind -> kind.fields() + " @" + local(kind)).toList();
    }

    private String name(final Kind kind) {
        return HoldRules.TABLE + " " + local(kind);
    }

    private String local(final Kind kind) {
        return "translated_" + kind.name().toLowerCase(Locale.ROOT) + "_" + number;
    }

    private static String element(final int protocol, final Tuple tuple) {
        final var hosts = InetAddresses.toAddrString(tuple.source()) + " . "
            + InetAddresses.toAddrString(tuple.destination()) + " . " + protocol;
        return tuple.identifiers() instanceof Identifiers.Ports(var from, var to)
            ? hosts + " . " + from + " . " + to : hosts;
    }
}
