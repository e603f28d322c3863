// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.it.device;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.w3c.dom.Element;

/** Flows in XML, as the canonical JSON over which the digest of a chunk is made. */
final class CanonicalFlow {
    private static final Set<String> STRINGS = Set.of("source-address", "destination-address", "address", "state",
        "label", "helper", "vn-name", "direction", "packets", "octets");
    private static final Set<String> EMPTY = Set.of("sack-permitted", "close-initiated");
    private static final Set<String> FALSE_BY_DEFAULT = Set.of("seen-reply", "assured", "permanent");
    private static final String INDEX = "index";
    private static final String LIST = "expectation";

    private CanonicalFlow() {
        // Hidden on purpose
    }

    static String of(final Element flow) {
        return object(flow).toString();
    }

    static String digest(final String migration, final int sequence, final List<Element> flows) {
        final MessageDigest sha;
        try {
            sha = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
        sha.update(migration.getBytes(StandardCharsets.UTF_8));
        sha.update(new byte[] { 0, (byte) (sequence >> 24), (byte) (sequence >> 16), (byte) (sequence >> 8),
            (byte) sequence });
        for (var flow : flows) {
            sha.update(of(flow).getBytes(StandardCharsets.UTF_8));
            sha.update((byte) '\n');
        }
        return Base64.getEncoder().encodeToString(sha.digest());
    }

    private static JsonObject object(final Element element) {
        final var members = new TreeMap<String, JsonElement>();
        for (var child : Xml.children(element)) {
            final var name = child.getLocalName();
            if (!name.equals(LIST) && !name.equals(INDEX)) {
                member(members, name, child);
            }
        }
        final var entries = new JsonArray();
        Xml.entries(element, LIST).forEach(entry -> entries.add(object(entry)));
        if (!entries.isEmpty()) {
            members.put(LIST, entries);
        }
        final var json = new JsonObject();
        members.forEach(json::add);
        return json;
    }

    private static void member(final TreeMap<String, JsonElement> members, final String name, final Element element) {
        final var text = element.getTextContent().strip();
        if (EMPTY.contains(name)) {
            final var array = new JsonArray();
            array.add(JsonNull.INSTANCE);
            members.put(name, array);
        } else if (!Xml.children(element).isEmpty()) {
            final var child = object(element);
            if (!child.isEmpty()) {
                members.put(name, child);
            }
        } else if (FALSE_BY_DEFAULT.contains(name)) {
            if (text.equals("true")) {
                members.put(name, new JsonPrimitive(Boolean.TRUE));
            }
        } else if (STRINGS.contains(name)) {
            members.put(name, new JsonPrimitive(text));
        } else if (!text.isEmpty() && !(name.equals("mark") && text.equals("0"))) {
            members.put(name, new JsonPrimitive(Long.valueOf(text)));
        }
    }
}
