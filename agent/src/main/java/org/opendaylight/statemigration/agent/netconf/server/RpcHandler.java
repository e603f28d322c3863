// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.netconf.server;

import static java.util.Objects.requireNonNull;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.opendaylight.netconf.api.messages.HelloMessage;
import org.opendaylight.netconf.api.messages.NetconfMessage;
import org.opendaylight.netconf.codec.MessageDecoder;
import org.opendaylight.netconf.codec.MessageEncoder;
import org.opendaylight.statemigration.agent.netconf.rpc.AgentSchema;
import org.opendaylight.statemigration.agent.netconf.rpc.NetconfRequest;
import org.opendaylight.statemigration.agent.netconf.rpc.RpcErrorException;
import org.opendaylight.statemigration.agent.netconf.rpc.RpcExecution;
import org.opendaylight.statemigration.agent.netconf.rpc.RpcReply;
import org.opendaylight.statemigration.agent.netconf.rpc.RpcReplyWriter;
import org.opendaylight.yangtools.yang.common.ErrorTag;
import org.opendaylight.yangtools.yang.common.ErrorType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the RPCs of IF(M,A) out of a session and executes them elsewhere than on the event loop, which all sessions
 * share. One request of a session is executed after the other, and the others wait here, as RFC 6241, section 4.5,
 * wants replies in the order of requests. What is not an RPC of IF(M,A) goes on to OpenDaylight's session.
 *
 * <p>All fields that change, but for the volatile ones, belong to the event loop of the channel.
 */
final class RpcHandler extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(RpcHandler.class);
    private static final String NAME = "stateMigrationRpc";
    /** Requests that wait before reading pauses: more than any controller has outstanding. */
    private static final int MAX_QUEUE = 64;

    private final ArrayDeque<Object> queue = new ArrayDeque<>();
    private final Executor executor;
    private final RpcExecution execution;
    private final OperationalState state;
    private final RpcReplyWriter writer;
    private final String namespace;

    private boolean busy;
    private volatile long lastRequest = System.nanoTime();
    private volatile boolean hasRequests;

    RpcHandler(final AgentSchema model, final RpcExecution execution, final OperationalState state,
            final Executor executor) {
        this.execution = requireNonNull(execution);
        this.state = requireNonNull(state);
        this.executor = requireNonNull(executor);
        writer = new RpcReplyWriter(model.context());
        namespace = model.agentModule().localQNameModule().namespace().toString();
    }

    /**
     * Put this handler into a session that is being set up.
     *
     * @param channel channel of the session
     */
    void install(final Channel channel) {
        channel.pipeline().addAfter(MessageDecoder.HANDLER_NAME, NAME, this);
    }

    /** {@return {@link System#nanoTime()} of the last request, or of the creation of this handler} */
    long lastRequest() {
        return lastRequest;
    }

    /** {@return whether anything was ever asked} */
    boolean hasRequests() {
        return hasRequests;
    }

    @Override
    public void channelRead(final ChannelHandlerContext ctx, final Object msg) {
        lastRequest = System.nanoTime();
        if (msg instanceof HelloMessage) {
            ctx.fireChannelRead(msg);
            return;
        }
        hasRequests = true;
        queue.add(msg);
        if (queue.size() >= MAX_QUEUE) {
            ctx.channel().config().setAutoRead(false);
        }
        drain(ctx);
    }

    @Override
    public void channelInactive(final ChannelHandlerContext ctx) {
        queue.clear();
        ctx.fireChannelInactive();
    }

    /** The framing layer cannot tell any more where messages begin: RFC 6242, section 4.2, ends the session. */
    @Override
    public void exceptionCaught(final ChannelHandlerContext ctx, final Throwable cause) {
        LOG.warn("Closing the session with {}, which sent something that is not NETCONF: {}",
            ctx.channel().remoteAddress(), cause.getMessage());
        queue.clear();
        reply(ctx, new RpcReply(Map.of(), malformed("The framing of the message is broken, or a chunk is too large")))
            .addListener(ChannelFutureListener.CLOSE);
    }

    private void drain(final ChannelHandlerContext ctx) {
        while (!busy && !queue.isEmpty()) {
            dispatch(ctx, queue.poll());
        }
        if (queue.isEmpty()) {
            ctx.channel().config().setAutoRead(true);
        }
    }

    private void dispatch(final ChannelHandlerContext ctx, final Object msg) {
        switch (msg) {
            case NetconfMessage message -> dispatch(ctx, message);
            case Exception failure -> {
                LOG.debug("Malformed message from {}", ctx.channel().remoteAddress(), failure);
                reply(ctx, new RpcReply(Map.of(), malformed("The message is not well-formed XML")));
            }
            default -> ctx.fireChannelRead(msg);
        }
    }

    private void dispatch(final ChannelHandlerContext ctx, final NetconfMessage message) {
        final NetconfRequest request;
        try {
            request = NetconfRequest.of(message, namespace);
        } catch (RpcErrorException e) {
            LOG.debug("Refused a message of {}", ctx.channel().remoteAddress(), e);
            reply(ctx, new RpcReply(NetconfRequest.attributes(message), new RpcReply.Fault(e)));
            return;
        }
        final Runnable action = switch (request.kind()) {
            case AGENT -> () -> offload(ctx, request, () -> {
                final var body = execution.execute(request.operation());
                return () -> reply(ctx, new RpcReply(request.attributes(), body));
            });
            case GET -> () -> offload(ctx, request, () -> {
                state.refresh();
                return () -> ctx.fireChannelRead(message);
            });
            case SESSION -> () -> ctx.fireChannelRead(message);
        };
        action.run();
    }

    /** Work away from the event loop, whose result is work on it. */
    private interface Job {
        Runnable run();
    }

    private void offload(final ChannelHandlerContext ctx, final NetconfRequest request, final Job job) {
        busy = true;
        try {
            executor.execute(() -> {
                final var rest = guarded(ctx, request, job);
                ctx.channel().eventLoop().execute(() -> {
                    try {
                        rest.run();
                    } finally {
                        busy = false;
                        drain(ctx);
                    }
                });
            });
        } catch (RejectedExecutionException e) {
            LOG.warn("Closing the session with {}: the agent executes as many requests as it can, or is shutting down",
                ctx.channel().remoteAddress(), e);
            ctx.close();
        }
    }

    /** Whatever goes wrong ends this request only: it is answered, and the next one of the session is executed. */
    @SuppressWarnings("checkstyle:illegalCatch")
    private Runnable guarded(final ChannelHandlerContext ctx, final NetconfRequest request, final Job job) {
        try {
            return job.run();
        } catch (RuntimeException | Error e) {
            final var operation = request.operation().getLocalName();
            LOG.error("Request {} failed in a way that is not foreseen", operation, e);
            return () -> reply(ctx, new RpcReply(request.attributes(), new RpcReply.Fault(new RpcErrorException(
                ErrorType.APPLICATION, ErrorTag.OPERATION_FAILED,
                "The agent failed in '" + operation + "'; its log tells more"))));
        }
    }

    private ChannelFuture reply(final ChannelHandlerContext ctx, final RpcReply reply) {
        final var encoder = ctx.pipeline().get(MessageEncoder.class);
        if (encoder != null && encoder.writer() != writer) {
            encoder.setWriter(writer);
        }
        return ctx.channel().writeAndFlush(reply);
    }

    private static RpcReply.Fault malformed(final String message) {
        return new RpcReply.Fault(new RpcErrorException(ErrorType.RPC, ErrorTag.MALFORMED_MESSAGE, message));
    }
}
