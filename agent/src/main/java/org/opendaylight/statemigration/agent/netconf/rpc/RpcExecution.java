// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.netconf.rpc;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import javax.xml.stream.XMLStreamException;
import javax.xml.transform.dom.DOMSource;
import org.opendaylight.statemigration.ifma.AgentException;
import org.opendaylight.yangtools.binding.DataObject;
import org.opendaylight.yangtools.yang.common.ErrorTag;
import org.opendaylight.yangtools.yang.common.ErrorType;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.common.YangConstants;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;
import org.opendaylight.yangtools.yang.data.codec.xml.XmlParserStream;
import org.opendaylight.yangtools.yang.data.impl.schema.ImmutableNormalizedNodeStreamWriter;
import org.opendaylight.yangtools.yang.data.impl.schema.NormalizationResultHolder;
import org.opendaylight.yangtools.yang.model.api.stmt.RpcEffectiveStatement;
import org.opendaylight.yangtools.yang.model.api.stmt.SchemaNodeIdentifier.Absolute;
import org.opendaylight.yangtools.yang.model.util.SchemaInferenceStack;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.w3c.dom.Element;

/** From the XML of an RPC to the agent and back. Blocks until the agent has answered. */
public final class RpcExecution {
    private static final Logger LOG = LoggerFactory.getLogger(RpcExecution.class);

    private final AgentSchema model;
    private final AgentRpcDispatcher rpcs;
    private final InputValidator diagnosis;

    public RpcExecution(final AgentSchema model, final AgentRpcDispatcher rpcs) {
        this.model = requireNonNull(model);
        this.rpcs = requireNonNull(rpcs);
        diagnosis = new InputValidator(model.context());
    }

    /**
     * Execute an RPC.
     *
     * @param operation the element below {@code rpc}, in the namespace of the agent's module
     * @return the answer
     */
    @SuppressWarnings("checkstyle:IllegalCatch")
    public RpcReply.Body execute(final Element operation) {
        try {
            final var name = find(operation).orElseThrow(() -> new RpcErrorException(ErrorType.PROTOCOL,
                ErrorTag.OPERATION_NOT_SUPPORTED,
                "Module statemigration-agent has no RPC '" + operation.getLocalName() + "'"));
            final var output = model.codec().toNormalizedNodeRpcData(decode(name, operation).invoke());
            return new RpcReply.Output(Absolute.of(name, YangConstants.operationOutputQName(name.getModule())), output);
        } catch (RpcErrorException e) {
            LOG.debug("Refused {}: {}", operation.getLocalName(), e.getMessage());
            return new RpcReply.Fault(e);
        } catch (AgentException e) {
            LOG.debug("{} failed", operation.getLocalName(), e);
            return new RpcReply.Fault(new RpcErrorException(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return fault(ErrorTag.OPERATION_FAILED, "The agent is shutting down");
        } catch (RuntimeException e) {
            LOG.error("RPC {} failed in a way that is not foreseen", operation.getLocalName(), e);
            return fault(ErrorTag.OPERATION_FAILED, "The agent failed in '" + operation.getLocalName()
                + "'; its log tells more");
        }
    }

    private static RpcReply.Fault fault(final ErrorTag tag, final String message) {
        return new RpcReply.Fault(new RpcErrorException(ErrorType.APPLICATION, tag, message));
    }

    private Optional<QName> find(final Element operation) {
        return model.agentModule().streamEffectiveSubstatements(RpcEffectiveStatement.class)
            .map(RpcEffectiveStatement::argument)
            .filter(name -> name.getLocalName().equals(operation.getLocalName()))
            .findFirst();
    }

    /** Decodes the input and, only if that fails, looks for the words to say why. */
    @SuppressWarnings("checkstyle:IllegalCatch")
    private AgentRpcDispatcher.Call decode(final QName rpc, final Element operation) throws RpcErrorException {
        final var path = Absolute.of(rpc, YangConstants.operationInputQName(rpc.getModule()));
        try {
            return rpcs.decode(parse(path, operation));
        } catch (IOException | XMLStreamException | RuntimeException e) {
            LOG.debug("Cannot decode the input of {}", rpc.getLocalName(), e);
            throw diagnosis.examine(path, operation).orElseGet(() -> new RpcErrorException(ErrorType.APPLICATION,
                ErrorTag.INVALID_VALUE, isSentence(e) ? e.getMessage()
                    : "The input of '" + rpc.getLocalName() + "' does not follow module statemigration-agent",
                Map.of(), e));
        }
    }

    /** Exceptions of our own domain speak to operators, those of libraries to programmers. */
    private static boolean isSentence(final Exception failure) {
        final var trace = failure.getStackTrace();
        return failure instanceof IllegalArgumentException && failure.getMessage() != null
            && trace.length > 0 && trace[0].getClassName().startsWith("org.opendaylight.statemigration.");
    }

    private DataObject parse(final Absolute path, final Element operation) throws IOException, XMLStreamException {
        final var result = new NormalizationResultHolder();
        try (var xml = XmlParserStream.create(ImmutableNormalizedNodeStreamWriter.from(result),
                SchemaInferenceStack.of(model.context(), path).toInference())) {
            xml.traverse(new DOMSource(operation));
        }
        return model.codec().fromNormalizedNodeRpcData(path, (ContainerNode) result.getResult().data());
    }
}
