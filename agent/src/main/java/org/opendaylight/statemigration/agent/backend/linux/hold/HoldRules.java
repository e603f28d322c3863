// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.backend.linux.hold;

import static java.util.Objects.requireNonNull;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import org.opendaylight.statemigration.agent.backend.linux.netlink.NetlinkAttributes;
import org.opendaylight.statemigration.host.IpPrefix;
import org.opendaylight.statemigration.ifma.FlowSelection;

/**
 * The rules of nftables that pick out the packets to be held. All are of one chain, which is written anew as a whole
 * with each hold that begins or ends: so there is nothing that could be left over.
 *
 * @param mechanism what becomes of the packets
 * @param queue number of the queue, for those mechanisms that have one
 */
public record HoldRules(Mechanism mechanism, int queue) {
    /** The back end's own table. */
    public static final String TABLE = "inet statemigration";
    /** The bit of a packet's mark by which a rule of iptables-legacy knows it. */
    static final int MARK_BIT = 0x20000000;

    private static final String CHAIN = TABLE + " hold";

    public HoldRules {
        requireNonNull(mechanism);
    }

    /** How packets are held. */
    enum Mechanism {
        /** nftables puts them into a queue. */
        QUEUE,
        /** nftables marks them, and a rule of iptables-legacy puts them into a queue. */
        MARK,
        /** nftables drops them. */
        DROP,
        /**
         * nftables drops them, but after connection tracking has found out their zone: before, the kernel hides the
         * zone even where a rule has set it, and tenants may use the same addresses. An entry that a dropped packet
         * would begin is not kept.
         */
        DROP_IN_ZONE;

        /** {@return whether packets wait in a queue} */
        boolean isQueue() {
            return this == QUEUE || this == MARK;
        }
    }

    /**
     * A selection in its zone.
     *
     * @param selection which packets
     * @param zone zone
     * @param translated what else is to be matched: packets to and from translated addresses
     */
    record Held(FlowSelection selection, int zone, List<String> translated) {
        Held {
            requireNonNull(selection);
            translated = List.copyOf(translated);
        }
    }

    /** {@return commands that make the empty chain} */
    String install() {
        return "add chain " + CHAIN + " { type filter hook prerouting priority " + switch (mechanism) {
            // Before connection tracking, which is at -200
            case QUEUE, DROP -> -300;
            // Before the table raw of iptables, which is at -300
            case MARK -> -301;
            case DROP_IN_ZONE -> -199;
        } + "; policy accept; }\n";
    }

    /**
     * Commands that make the chain hold these and nothing else.
     *
     * @param holds what to hold
     * @return commands
     */
    String update(final Collection<Held> holds) {
        final var script = new StringBuilder("flush chain " + CHAIN + "\n");
        holds.forEach(held -> add(script, held));
        return script.toString();
    }

    private void add(final StringBuilder script, final Held held) {
        final var addresses = held.selection.vm().addresses();
        final var peers = held.selection.peers();
        for (boolean v4 : new boolean[] { true, false }) {
            final var vm = set(addresses.stream().filter(each -> is4(each) == v4).map(IpPrefix::of).toList());
            final var others = set(peers.stream().filter(peer -> is4(peer.address()) == v4).toList());
            if (!vm.isEmpty() && (peers.isEmpty() || !others.isEmpty())) {
                final var family = v4 ? "ip" : "ip6";
                rule(script, held.zone, match(family, "saddr", vm) + match(family, "daddr", others));
                rule(script, held.zone, match(family, "daddr", vm) + match(family, "saddr", others));
            }
        }
        held.translated.forEach(match -> rule(script, held.zone, " " + match));
    }

    private void rule(final StringBuilder script, final int zone, final String match) {
        final var conditions = mechanism == Mechanism.DROP_IN_ZONE
            // What belongs to no entry has no zone. It is of no good to any tenant
            ? List.of(" ct zone " + zone, " ct state invalid") : List.of("");
        for (var condition : conditions) {
            script.append("add rule ").append(CHAIN).append(condition).append(match).append(' ')
                .append(switch (mechanism) {
                    // Without "bypass": if nobody reads the queue the packets are dropped
                    case QUEUE -> "queue num " + queue;
                    case MARK -> "meta mark set meta mark or 0x" + Integer.toHexString(MARK_BIT);
                    case DROP, DROP_IN_ZONE -> "drop";
                }).append('\n');
        }
    }

    private static String match(final String family, final String field, final String set) {
        return set.isEmpty() ? "" : " " + family + " " + field + " " + set;
    }

    /** A set as nftables takes it, which must not overlap. */
    private static String set(final List<IpPrefix> prefixes) {
        final var members = new TreeSet<String>();
        for (var prefix : prefixes) {
            final boolean covered = prefixes.stream().anyMatch(other -> other.length() < prefix.length()
                && other.contains(prefix.address()));
            if (!covered) {
                members.add(network(prefix));
            }
        }
        return members.isEmpty() ? "" : "{ " + String.join(", ", members) + " }";
    }

    private static String network(final IpPrefix prefix) {
        final byte[] octets = prefix.address().getAddress();
        for (int i = 0; i < octets.length; i++) {
            final int bits = Math.clamp(prefix.length() - (long) i * Byte.SIZE, 0, Byte.SIZE);
            octets[i] &= (byte) (0xff << Byte.SIZE - bits);
        }
        return new IpPrefix(NetlinkAttributes.toAddress(octets), prefix.length()).toString();
    }

    private static boolean is4(final InetAddress address) {
        return address instanceof Inet4Address;
    }
}
