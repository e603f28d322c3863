// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.flow;

import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.MalformedJsonException;
import java.io.EOFException;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * Reads flows from JSON: the inverse of {@link CanonicalJson}. Neither the order of members nor white space matter, and
 * defaults may be given; anything else that YANG grouping {@code flow} does not permit is an error that names the
 * member.
 */
public final class JsonFlowReader {
    private static final int UINT8_MAX = 0xff;
    private static final int UINT16_MAX = 0xffff;
    private static final int UINT24_MAX = 0xffffff;
    private static final long UINT32_MAX = 0xffffffffL;
    private static final Pattern VN_NAME = Pattern.compile("(?=.{1,255}$)[!-~]([ -~]*[!-~])?");
    private static final Pattern HELPER = Pattern.compile("[!-~]{1,16}");
    private static final Pattern DIGITS = Pattern.compile("[0-9]+");

    private JsonFlowReader() {
        // Hidden on purpose
    }

    /**
     * Read an array of flows.
     *
     * @param text where to read; not closed
     * @return the flows
     * @throws IOException if it cannot be read
     * @throws IllegalArgumentException if it is not JSON, or not an array of flows; the message says where
     */
    public static List<Flow> readArray(final Reader text) throws IOException {
        final var json = new JsonReader(text);
        json.setStrictness(Strictness.STRICT);
        final var flows = new ArrayList<Flow>();
        try {
            json.beginArray();
            while (json.hasNext()) {
                final var element = JsonParser.parseReader(json);
                try {
                    flows.add(flow(element));
                } catch (IllegalArgumentException e) {
                    throw new IllegalArgumentException("Flow " + flows.size() + " (counted from 0): "
                        + e.getMessage(), e);
                }
            }
            json.endArray();
            // Complains of anything that follows
            json.peek();
        } catch (JsonParseException | IllegalStateException | MalformedJsonException | EOFException e) {
            throw new IllegalArgumentException("This is not a JSON array of flows: " + reason(e), e);
        }
        return flows;
    }

    /**
     * Read one flow.
     *
     * @param text a JSON object
     * @return the flow
     * @throws IllegalArgumentException if it is not JSON, or not a flow; the message names the member
     */
    public static Flow read(final String text) {
        final JsonElement json;
        try {
            json = JsonParser.parseString(text);
        } catch (JsonParseException e) {
            throw new IllegalArgumentException("This is not JSON: " + reason(e), e);
        }
        return flow(json);
    }

    /** The parser's own words, which say the line, without those that it puts around them. */
    private static String reason(final Exception exception) {
        final var root = exception.getCause() instanceof IOException cause ? cause : exception;
        return String.valueOf(root.getMessage()).lines().findFirst().orElse("");
    }

    private static Flow flow(final JsonElement element) {
        final var json = JsonMembers.of(element);
        final int protocol = json.requiredInteger("protocol", UINT8_MAX);
        final var counters = json.object("counters", members -> List.of(
            counters(members, "original"), counters(members, "reply"))).orElse(List.of(Counters.NONE, Counters.NONE));
        final var network = network(json);
        final var flow = Flow.builder(new FlowKey(network, protocol, tuple(json, "original")), tuple(json, "reply"))
            .nat(json.object("nat", members -> new Nat(endpoint(members, "source"), endpoint(members, "destination")))
                .orElse(Nat.NONE))
            .protocolState(state(json, protocol))
            .seenReply(json.bool("seen-reply"))
            .assured(json.bool("assured"))
            .timeout(json.required("timeout", json.number("timeout", UINT32_MAX)))
            .mark(json.number("mark", UINT32_MAX).orElse(0L))
            .labels(json.string("label", "1 to 16 octets in base64", JsonFlowReader::labels).orElse(Labels.NONE))
            .helper(json.string("helper", "1 to 16 printable ASCII characters", text -> matching(HELPER, text)))
            .master(json.object("master", members -> new FlowKey(network,
                members.requiredInteger("protocol", UINT8_MAX), tuple(members))))
            .expectations(json.array("expectation", JsonFlowReader::expectation))
            .originalCounters(counters.getFirst())
            .replyCounters(counters.getLast())
            .build();
        json.end();
        return flow;
    }

    private static Optional<VirtualNetwork> network(final JsonMembers json) {
        // Of a choice the second is left unread, which is an error
        return json.has("vnid")
            ? json.number("vnid", UINT24_MAX).map(vnid -> new VirtualNetwork.Vnid(vnid.intValue()))
            : json.string("vn-name", "the name of a virtual network",
                text -> new VirtualNetwork.VnName(matching(VN_NAME, text)));
    }

    private static Tuple tuple(final JsonMembers json, final String name) {
        return json.required(name, json.object(name, JsonFlowReader::tuple));
    }

    private static Tuple tuple(final JsonMembers json) {
        return new Tuple(json.address("source-address"), json.address("destination-address"), identifiers(json));
    }

    private static Expectation expectation(final JsonMembers json) {
        return new Expectation(json.requiredInteger("protocol", UINT8_MAX), json.optionalAddress("source-address"),
            json.integer("source-port", UINT16_MAX), json.address("destination-address"),
            json.requiredInteger("destination-port", UINT16_MAX),
            json.required("timeout", json.number("timeout", UINT32_MAX)), json.bool("permanent"),
            json.object("translation", members -> new Expectation.Translation(
                members.constant("direction", Expectation.Direction.class),
                members.requiredInteger("destination-port", UINT16_MAX))));
    }

    private static Identifiers identifiers(final JsonMembers json) {
        if (json.has("source-port") || json.has("destination-port")) {
            return new Identifiers.Ports(json.requiredInteger("source-port", UINT16_MAX),
                json.requiredInteger("destination-port", UINT16_MAX));
        }
        if (json.has("icmp-type") || json.has("icmp-code") || json.has("icmp-identifier")) {
            return new Identifiers.Icmp(json.requiredInteger("icmp-type", UINT8_MAX),
                json.requiredInteger("icmp-code", UINT8_MAX), json.requiredInteger("icmp-identifier", UINT16_MAX));
        }
        if (json.has("gre-source-key") || json.has("gre-destination-key")) {
            return new Identifiers.GreKeys(json.requiredInteger("gre-source-key", UINT16_MAX),
                json.requiredInteger("gre-destination-key", UINT16_MAX));
        }
        return Identifiers.NONE;
    }

    private static Optional<Nat.Endpoint> endpoint(final JsonMembers json, final String name) {
        return json.object(name,
            members -> new Nat.Endpoint(members.address("address"), members.integer("port", UINT16_MAX)));
    }

    private static ProtocolState state(final JsonMembers json, final int protocol) {
        return switch (protocol) {
            case Protocols.TCP -> json.required("tcp", json.object("tcp", members -> new ProtocolState.Tcp(
                members.constant("state", TcpState.class), tcpEnd(members, "originator"),
                tcpEnd(members, "responder"))));
            case Protocols.SCTP -> json.required("sctp", json.object("sctp", members -> new ProtocolState.Sctp(
                members.constant("state", SctpState.class),
                tag(members, "original-verification-tag"), tag(members, "reply-verification-tag"))));
            default -> ProtocolState.STATELESS;
        };
    }

    private static TcpEnd tcpEnd(final JsonMembers json, final String name) {
        return json.object(name, members -> new TcpEnd(members.integer("window-scale", UINT8_MAX),
            members.emptyLeaf("sack-permitted"), members.emptyLeaf("close-initiated"),
            members.object("sequence-adjustment", child -> new SequenceAdjustment(
                child.required("position", child.number("position", UINT32_MAX)), child.requiredSigned("offset-before"),
                child.requiredSigned("offset-after")))))
            .orElse(new TcpEnd(OptionalInt.empty(), false, false));
    }

    private static long tag(final JsonMembers json, final String name) {
        return json.required(name, json.number(name, UINT32_MAX));
    }

    private static Counters counters(final JsonMembers json, final String name) {
        return json.object(name, members -> new Counters(uint64(members, "packets"), uint64(members, "octets")))
            .orElse(Counters.NONE);
    }

    private static long uint64(final JsonMembers json, final String name) {
        return json.string(name, "an unsigned 64 bit number in a string",
            text -> Long.parseUnsignedLong(matching(DIGITS, text))).orElse(0L);
    }

    private static Labels labels(final String text) {
        final byte[] bits = Base64.getDecoder().decode(text);
        if (bits.length == 0) {
            throw new IllegalArgumentException("No octet");
        }
        return Labels.of(bits);
    }

    private static String matching(final Pattern pattern, final String text) {
        if (!pattern.matcher(text).matches()) {
            throw new IllegalArgumentException("Not as " + pattern);
        }
        return text;
    }
}
