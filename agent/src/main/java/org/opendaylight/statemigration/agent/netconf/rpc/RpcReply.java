// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.netconf.rpc;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import org.opendaylight.netconf.api.messages.NetconfMessage;
import org.opendaylight.netconf.api.xml.XmlUtil;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;
import org.opendaylight.yangtools.yang.model.api.stmt.SchemaNodeIdentifier.Absolute;

/**
 * A reply on its way to {@link RpcReplyWriter}, which streams it out. It has no document of its own, as a document
 * tree of
 * a chunk of flows is ten times as large as the chunk.
 */
public final class RpcReply extends NetconfMessage {
    /** What the reply says. */
    public sealed interface Body {
    }

    /**
     * Output of an RPC.
     *
     * @param path where the output is in the model
     * @param output the output; says 'ok' if empty
     */
    record Output(Absolute path, ContainerNode output) implements Body {
        Output {
            requireNonNull(path);
            requireNonNull(output);
        }
    }

    /**
     * An error.
     *
     * @param fault what was wrong
     */
    public record Fault(RpcErrorException fault) implements Body {
        public Fault {
            requireNonNull(fault);
        }
    }

    private final Map<String, String> attributes;
    private final Body body;

    /**
     * Create a reply.
     *
     * @param attributes attributes of the request, which RFC 6241, section 4.1, wants back
     * @param body what it says
     */
    public RpcReply(final Map<String, String> attributes, final Body body) {
        super(XmlUtil.newDocument());
        this.attributes = requireNonNull(attributes);
        this.body = requireNonNull(body);
    }

    Map<String, String> attributes() {
        return attributes;
    }

    Body body() {
        return body;
    }
}
