// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.netconf.rpc;

import static java.util.Objects.requireNonNull;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import javax.xml.transform.TransformerException;
import org.opendaylight.netconf.api.NamespaceURN;
import org.opendaylight.netconf.api.messages.NetconfMessage;
import org.opendaylight.netconf.codec.MessageWriter;
import org.opendaylight.netconf.codec.XMLMessageWriter;
import org.opendaylight.statemigration.ifma.FailureReason;
import org.opendaylight.yangtools.yang.data.api.schema.stream.NormalizedNodeWriter;
import org.opendaylight.yangtools.yang.data.codec.xml.XMLStreamNormalizedNodeStreamWriter;
import org.opendaylight.yangtools.yang.model.api.EffectiveModelContext;

/** Writes messages to a session: {@link RpcReply} without building a document, everything else as it is. */
public final class RpcReplyWriter extends MessageWriter {
    private static final XMLOutputFactory FACTORY = XMLOutputFactory.newFactory();
    private static final int BUFFER = 16 * 1024;
    private static final String REASON_NAMESPACE =
        org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.types.rev261123.FailureReason.QNAME.getNamespace()
            .toString();

    private final EffectiveModelContext context;

    public RpcReplyWriter(final EffectiveModelContext context) {
        super(false);
        this.context = requireNonNull(context);
    }

    @Override
    protected void writeTo(final NetconfMessage message, final OutputStream out)
            throws IOException, TransformerException {
        if (!(message instanceof RpcReply reply)) {
            XMLMessageWriter.of().writeMessage(message, out);
            return;
        }
        try {
            final var xml = FACTORY.createXMLStreamWriter(new BufferedOutputStream(out, BUFFER),
                StandardCharsets.UTF_8.name());
            write(reply, xml);
            xml.flush();
        } catch (XMLStreamException e) {
            throw new IOException("Cannot write a reply", e);
        }
    }

    private void write(final RpcReply reply, final XMLStreamWriter xml) throws XMLStreamException, IOException {
        xml.writeStartElement("", "rpc-reply", NamespaceURN.BASE);
        xml.writeDefaultNamespace(NamespaceURN.BASE);
        for (var attribute : reply.attributes().entrySet()) {
            xml.writeAttribute(attribute.getKey(), attribute.getValue());
        }
        switch (reply.body()) {
            case RpcReply.Output(var path, var output) when output.isEmpty() ->
                xml.writeEmptyElement(NamespaceURN.BASE, "ok");
            case RpcReply.Output output -> write(output, xml);
            case RpcReply.Fault(RpcErrorException fault) -> write(fault, xml);
        }
        xml.writeEndElement();
    }

    private void write(final RpcReply.Output output, final XMLStreamWriter xml) throws IOException {
        // Not closed, as that would close the message
        final var writer = NormalizedNodeWriter.forStreamWriter(
            XMLStreamNormalizedNodeStreamWriter.create(xml, context, output.path()));
        for (var child : output.output().body()) {
            writer.write(child);
        }
        writer.flush();
    }

    private static void write(final RpcErrorException fault, final XMLStreamWriter xml) throws XMLStreamException {
        xml.writeStartElement(NamespaceURN.BASE, "rpc-error");
        write("error-type", fault.type().elementBody(), xml);
        write("error-tag", fault.tag().elementBody(), xml);
        write("error-severity", "error", xml);
        xml.writeStartElement(NamespaceURN.BASE, "error-message");
        xml.writeAttribute("xml", "http://www.w3.org/XML/1998/namespace", "lang", "en");
        xml.writeCharacters(fault.getMessage());
        xml.writeEndElement();
        if (!fault.info().isEmpty() || fault.reason().isPresent()) {
            xml.writeStartElement(NamespaceURN.BASE, "error-info");
            for (var info : fault.info().entrySet()) {
                write(info.getKey(), info.getValue(), xml);
            }
            if (fault.reason().isPresent()) {
                write(fault.reason().orElseThrow(), xml);
            }
            xml.writeEndElement();
        }
        xml.writeEndElement();
    }

    /**
     * RFC 6241, appendix A, lets an implementation add elements to error-info. The identity is in the namespace of the
     * element, so it needs no prefix (RFC 7950, section 9.10.3).
     */
    private static void write(final FailureReason reason, final XMLStreamWriter xml) throws XMLStreamException {
        xml.writeStartElement("", "reason", REASON_NAMESPACE);
        xml.writeDefaultNamespace(REASON_NAMESPACE);
        xml.writeCharacters(reason.identity());
        xml.writeEndElement();
    }

    private static void write(final String name, final String text, final XMLStreamWriter xml)
            throws XMLStreamException {
        xml.writeStartElement(NamespaceURN.BASE, name);
        xml.writeCharacters(text);
        xml.writeEndElement();
    }
}
