// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.flow;

import com.google.common.net.InetAddresses;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.opendaylight.statemigration.text.EnumNames;

/**
 * A flow as the JSON object over which chunk digests are made: RFC 7951 encoding of grouping {@code flow}, defaults and
 * empty containers left out, in the canonical form of RFC 8785. Everything in a flow is ASCII, so members in order
 * of their names, no white space and Gson's own string escapes are all that the canonical form asks for.
 */
public final class CanonicalJson {
    private CanonicalJson() {
        // Hidden on purpose
    }

    /**
     * Canonical JSON of a flow.
     *
     * @param flow the flow
     * @return JSON text
     */
    public static String of(final Flow flow) {
        final var json = new Members();
        key(json, flow.key());
        json.object("reply", members -> tuple(members, flow.reply()));
        json.object("nat", members -> {
            flow.nat().source().ifPresent(end -> members.object("source", child -> endpoint(child, end)));
            flow.nat().destination().ifPresent(end -> members.object("destination", child -> endpoint(child, end)));
        });
        switch (flow.protocolState()) {
            case ProtocolState.Tcp tcp -> json.object("tcp", members -> {
                members.string("state", EnumNames.of(tcp.state()));
                members.object("originator", child -> tcpEnd(child, tcp.originator()));
                members.object("responder", child -> tcpEnd(child, tcp.responder()));
            });
            case ProtocolState.Sctp sctp -> json.object("sctp", members -> {
                members.string("state", EnumNames.of(sctp.state()));
                members.number("original-verification-tag", sctp.originalTag());
                members.number("reply-verification-tag", sctp.replyTag());
            });
            case ProtocolState.Stateless() -> {
                // nothing to add
            }
        }
        json.trueOnly("seen-reply", flow.seenReply());
        json.trueOnly("assured", flow.assured());
        json.number("timeout", flow.timeout());
        if (flow.mark() != 0) {
            json.number("mark", flow.mark());
        }
        if (!flow.labels().isNone()) {
            json.string("label", Base64.getEncoder().encodeToString(flow.labels().toByteArray()));
        }
        flow.helper().ifPresent(helper -> json.string("helper", helper));
        flow.master().ifPresent(master -> json.object("master", members -> {
            members.number("protocol", master.protocol());
            tuple(members, master.original());
        }));
        json.array("expectation", flow.expectations(), CanonicalJson::expectation);
        json.object("counters", members -> {
            counters(members, "original", flow.originalCounters());
            counters(members, "reply", flow.replyCounters());
        });
        return json.toJson().toString();
    }

    /**
     * Canonical JSON of what makes a flow this flow.
     *
     * @param key the key
     * @return JSON text
     */
    public static String of(final FlowKey key) {
        final var json = new Members();
        key(json, key);
        return json.toJson().toString();
    }

    private static void key(final Members json, final FlowKey key) {
        key.network().ifPresent(network -> {
            switch (network) {
                case VirtualNetwork.Vnid(var value) -> json.number("vnid", value);
                case VirtualNetwork.VnName(var value) -> json.string("vn-name", value);
            }
        });
        json.number("protocol", key.protocol());
        json.object("original", members -> tuple(members, key.original()));
    }

    private static void tuple(final Members json, final Tuple tuple) {
        json.string("source-address", InetAddresses.toAddrString(tuple.source()));
        json.string("destination-address", InetAddresses.toAddrString(tuple.destination()));
        switch (tuple.identifiers()) {
            case Identifiers.Ports(var source, var destination) -> {
                json.number("source-port", source);
                json.number("destination-port", destination);
            }
            case Identifiers.Icmp(var type, var code, var identifier) -> {
                json.number("icmp-type", type);
                json.number("icmp-code", code);
                json.number("icmp-identifier", identifier);
            }
            case Identifiers.GreKeys(var source, var destination) -> {
                json.number("gre-source-key", source);
                json.number("gre-destination-key", destination);
            }
            case Identifiers.None() -> {
                // nothing to add
            }
        }
    }

    private static void endpoint(final Members json, final Nat.Endpoint endpoint) {
        json.string("address", InetAddresses.toAddrString(endpoint.address()));
        endpoint.port().ifPresent(port -> json.number("port", port));
    }

    private static void tcpEnd(final Members json, final TcpEnd end) {
        end.windowScale().ifPresent(scale -> json.number("window-scale", scale));
        json.emptyLeaf("sack-permitted", end.sackPermitted());
        json.emptyLeaf("close-initiated", end.closeInitiated());
        end.adjustment().ifPresent(adjustment -> json.object("sequence-adjustment", members -> {
            members.number("position", adjustment.position());
            members.number("offset-before", adjustment.offsetBefore());
            members.number("offset-after", adjustment.offsetAfter());
        }));
    }

    private static void expectation(final Members json, final Expectation expectation) {
        json.number("protocol", expectation.protocol());
        expectation.source().ifPresent(source -> json.string("source-address", InetAddresses.toAddrString(source)));
        expectation.sourcePort().ifPresent(port -> json.number("source-port", port));
        json.string("destination-address", InetAddresses.toAddrString(expectation.destination()));
        json.number("destination-port", expectation.destinationPort());
        json.number("timeout", expectation.timeout());
        json.trueOnly("permanent", expectation.permanent());
        expectation.translation().ifPresent(translation -> json.object("translation", members -> {
            members.string("direction", EnumNames.of(translation.direction()));
            members.number("destination-port", translation.port());
        }));
    }

    private static void counters(final Members json, final String name, final Counters counters) {
        if (!counters.equals(Counters.NONE)) {
            json.object(name, members -> {
                // 64 bit numbers are strings in RFC 7951
                members.string("packets", Long.toUnsignedString(counters.packets()));
                members.string("octets", Long.toUnsignedString(counters.octets()));
            });
        }
    }

    /** Members of an object, sorted by name. */
    private static final class Members {
        private final Map<String, JsonElement> members = new TreeMap<>();

        void number(final String name, final long value) {
            members.put(name, new JsonPrimitive(value));
        }

        void string(final String name, final String value) {
            members.put(name, new JsonPrimitive(value));
        }

        void trueOnly(final String name, final boolean value) {
            if (value) {
                members.put(name, new JsonPrimitive(Boolean.TRUE));
            }
        }

        void emptyLeaf(final String name, final boolean present) {
            if (present) {
                final var array = new JsonArray(1);
                array.add(JsonNull.INSTANCE);
                members.put(name, array);
            }
        }

        void object(final String name, final Consumer<Members> filler) {
            final var child = new Members();
            filler.accept(child);
            if (!child.members.isEmpty()) {
                members.put(name, child.toJson());
            }
        }

        <T> void array(final String name, final List<T> values, final BiConsumer<Members, T> filler) {
            if (!values.isEmpty()) {
                final var array = new JsonArray(values.size());
                for (var value : values) {
                    final var child = new Members();
                    filler.accept(child, value);
                    array.add(child.toJson());
                }
                members.put(name, array);
            }
        }

        JsonObject toJson() {
            final var json = new JsonObject();
            members.forEach(json::add);
            return json;
        }
    }
}
