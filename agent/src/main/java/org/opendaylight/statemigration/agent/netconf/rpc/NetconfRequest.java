// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.netconf.rpc;

import static java.util.Objects.requireNonNull;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.opendaylight.netconf.api.NamespaceURN;
import org.opendaylight.netconf.api.messages.NetconfMessage;
import org.opendaylight.yangtools.yang.common.ErrorTag;
import org.opendaylight.yangtools.yang.common.ErrorType;
import org.w3c.dom.Attr;
import org.w3c.dom.Element;

/**
 * A message of a client.
 *
 * @param message the message
 * @param attributes attributes of its outermost element, without namespaces
 * @param operation the element that names the operation
 * @param kind who executes it
 */
public record NetconfRequest(NetconfMessage message, Map<String, String> attributes, Element operation, Kind kind) {
    /** Who executes an operation. */
    public enum Kind {
        /** We: an RPC of IF(M,A). */
        AGENT,
        /** OpenDaylight's session, from the operational state that we bring up to date before. */
        GET,
        /** OpenDaylight's session. */
        SESSION
    }

    /**
     * Operations that OpenDaylight's session may do. It knows more, but there is nothing to configure here, and what it
     * does not know, it answers with 'ok'.
     */
    private static final Map<String, Set<String>> SESSION_OPERATIONS = Map.of(
        NamespaceURN.BASE, Set.of("get-config", "lock", "unlock", "commit", "discard-changes", "close-session"),
        "urn:ietf:params:xml:ns:yang:ietf-netconf-monitoring", Set.of("get-schema"));
    private static final String RPC = "rpc";
    private static final String MESSAGE_ID = "message-id";

    public NetconfRequest {
        requireNonNull(message);
        requireNonNull(attributes);
        requireNonNull(operation);
        requireNonNull(kind);
    }

    /**
     * Look at a message.
     *
     * @param message the message
     * @param agentNamespace namespace of the RPCs of IF(M,A)
     * @return the request that it is
     * @throws RpcErrorException if it is none
     */
    public static NetconfRequest of(final NetconfMessage message, final String agentNamespace)
            throws RpcErrorException {
        final var root = message.getDocument().getDocumentElement();
        if (!RPC.equals(root.getLocalName()) || !NamespaceURN.BASE.equals(root.getNamespaceURI())) {
            throw new RpcErrorException(ErrorType.RPC, ErrorTag.UNKNOWN_ELEMENT, "A server takes 'rpc' in namespace "
                + NamespaceURN.BASE + ", not '" + root.getLocalName() + "'",
                Map.of("bad-element", root.getLocalName()), null);
        }
        final var attributes = attributes(message);
        if (!attributes.containsKey(MESSAGE_ID)) {
            throw new RpcErrorException(ErrorType.RPC, ErrorTag.MISSING_ATTRIBUTE, "The rpc has no message-id",
                Map.of("bad-attribute", MESSAGE_ID, "bad-element", RPC), null);
        }
        for (var node = root.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element operation) {
                return new NetconfRequest(message, attributes, operation, kind(operation, agentNamespace));
            }
        }
        throw new RpcErrorException(ErrorType.PROTOCOL, ErrorTag.MISSING_ELEMENT, "The rpc names no operation");
    }

    private static Kind kind(final Element operation, final String agentNamespace) throws RpcErrorException {
        final var namespace = operation.getNamespaceURI() == null ? "" : operation.getNamespaceURI();
        final var name = operation.getLocalName();
        if (namespace.equals(agentNamespace)) {
            return Kind.AGENT;
        }
        if (NamespaceURN.BASE.equals(namespace) && "get".equals(name)) {
            return Kind.GET;
        }
        if (SESSION_OPERATIONS.getOrDefault(namespace, Set.of()).contains(name)) {
            return Kind.SESSION;
        }
        throw new RpcErrorException(ErrorType.PROTOCOL, ErrorTag.OPERATION_NOT_SUPPORTED,
            "This agent does not support operation '" + name + "' of namespace '" + namespace + "'");
    }

    /**
     * Attributes of a message, which RFC 6241, section 4.1, wants back in the reply. Those with a prefix are left out,
     * as they would need their namespace and nobody sends them.
     *
     * @param message the message
     * @return the attributes, in their order
     */
    public static Map<String, String> attributes(final NetconfMessage message) {
        final var result = new LinkedHashMap<String, String>();
        final var all = message.getDocument().getDocumentElement().getAttributes();
        for (int i = 0; i < all.getLength(); i++) {
            final var attribute = (Attr) all.item(i);
            if (attribute.getName().indexOf(':') < 0 && !"xmlns".equals(attribute.getName())) {
                result.put(attribute.getName(), attribute.getValue());
            }
        }
        return result;
    }
}
