// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.netconf.server;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.ArrayList;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.transform.dom.DOMSource;
import org.opendaylight.statemigration.agent.netconf.rpc.AgentSchema;
import org.opendaylight.yangtools.binding.RpcInput;
import org.opendaylight.yangtools.binding.RpcOutput;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.common.YangConstants;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.stream.NormalizedNodeWriter;
import org.opendaylight.yangtools.yang.data.codec.xml.XMLStreamNormalizedNodeStreamWriter;
import org.opendaylight.yangtools.yang.data.codec.xml.XmlParserStream;
import org.opendaylight.yangtools.yang.data.impl.schema.ImmutableNormalizedNodeStreamWriter;
import org.opendaylight.yangtools.yang.data.impl.schema.NormalizationResultHolder;
import org.opendaylight.yangtools.yang.model.api.stmt.SchemaNodeIdentifier.Absolute;
import org.opendaylight.yangtools.yang.model.util.SchemaInferenceStack;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

/** The master's end of an RPC: bindings to XML, over the wire, and XML to bindings. */
final class RemoteAgent {
    static final String NAMESPACE = "urn:opendaylight:statemigration:agent";

    private final AgentSchema model = AgentSchema.get();
    private final NetconfStream stream;

    RemoteAgent(final NetconfStream stream) {
        this.stream = stream;
    }

    <T extends RpcOutput> T invoke(final Class<T> outputType, final String rpc, final RpcInput input)
            throws Exception {
        final var reply = stream.rpc(xml(rpc, input));
        final var factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        final var document = factory.newDocumentBuilder().parse(new InputSource(new StringReader(reply)));
        final var root = document.getDocumentElement();
        // The output is the children of rpc-reply; the parser wants an element around them
        final var output = document.createElementNS(NAMESPACE, "output");
        final var children = new ArrayList<Element>();
        for (var node = root.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element) {
                children.add(element);
            }
        }
        children.forEach(output::appendChild);
        final var name = QName.create(model.agentModule().localQNameModule(), rpc);
        final var path = Absolute.of(name, YangConstants.operationOutputQName(name.getModule()));
        final var result = new NormalizationResultHolder();
        try (var parser = XmlParserStream.create(ImmutableNormalizedNodeStreamWriter.from(result),
                SchemaInferenceStack.of(model.context(), path).toInference())) {
            parser.traverse(new DOMSource(output));
        }
        return outputType.cast(model.codec().fromNormalizedNodeRpcData(path,
            (ContainerNode) result.getResult().data()));
    }

    String xml(final String rpc, final RpcInput input) throws Exception {
        final var name = QName.create(model.agentModule().localQNameModule(), rpc);
        final var text = new StringWriter();
        final var xml = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
        xml.writeStartElement("", rpc, NAMESPACE);
        xml.writeDefaultNamespace(NAMESPACE);
        final var writer = NormalizedNodeWriter.forStreamWriter(XMLStreamNormalizedNodeStreamWriter.create(xml,
            model.context(), Absolute.of(name, YangConstants.operationInputQName(name.getModule()))));
        for (var child : model.codec().toNormalizedNodeRpcData(input).body()) {
            writer.write(child);
        }
        writer.flush();
        xml.writeEndElement();
        xml.flush();
        if (text.toString().isEmpty()) {
            throw new IOException("Nothing was written");
        }
        return text.toString();
    }
}
