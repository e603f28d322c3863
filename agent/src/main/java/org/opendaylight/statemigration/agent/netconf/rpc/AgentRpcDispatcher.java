// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.netconf.rpc;

import static java.util.Objects.requireNonNull;

import org.opendaylight.statemigration.codec.ReplyCodec;
import org.opendaylight.statemigration.codec.RequestCodec;
import org.opendaylight.statemigration.ifma.AgentException;
import org.opendaylight.statemigration.ifma.StateOrchestrationAgent;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.AbortInput;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.AssessInput;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.CommitInput;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.DownloadInput;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.FollowInput;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.FollowOutputBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.GetReadyInput;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.ReleaseInput;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.UploadChangesInput;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.UploadInput;
import org.opendaylight.yangtools.binding.DataObject;
import org.opendaylight.yangtools.binding.RpcOutput;

/** Calls the agent for each RPC of module {@code statemigration-agent}. */
public final class AgentRpcDispatcher {
    /** A call of the agent with an input that is decoded. */
    @FunctionalInterface
    interface Call {
        RpcOutput invoke() throws AgentException, InterruptedException;
    }

    private final StateOrchestrationAgent agent;

    public AgentRpcDispatcher(final StateOrchestrationAgent agent) {
        this.agent = requireNonNull(agent);
    }

    /**
     * Decode an input.
     *
     * @param input the input
     * @return the call it asks for
     * @throws IllegalArgumentException if the input contradicts itself; the message is for people
     */
    Call decode(final DataObject input) {
        return switch (input) {
            case GetReadyInput in -> getReady(in);
            case UploadInput in -> upload(in);
            case FollowInput in -> follow(in);
            case UploadChangesInput in -> uploadChanges(in);
            case AssessInput in -> assess(in);
            case DownloadInput in -> download(in);
            case CommitInput in -> commit(in);
            case ReleaseInput in -> release(in);
            case AbortInput in -> abort(in);
            default -> throw new IllegalArgumentException("The agent does not serve this RPC");
        };
    }

    private Call getReady(final GetReadyInput in) {
        final var migration = RequestCodec.migrationId(in);
        final var selection = RequestCodec.selection(in);
        final var lease = RequestCodec.lease(in);
        final boolean hold = RequestCodec.hold(in);
        return () -> ReplyCodec.encodeReadiness(agent.getReady(migration, selection, lease, hold));
    }

    private Call upload(final UploadInput in) {
        final var migration = RequestCodec.migrationId(in);
        final var selection = RequestCodec.selection(in);
        final int maxFlows = RequestCodec.maxFlows(in);
        final var cursor = RequestCodec.cursor(in);
        return () -> ReplyCodec.encodeUpload(agent.upload(migration, selection, maxFlows, cursor));
    }

    private Call follow(final FollowInput in) {
        final var migration = RequestCodec.migrationId(in);
        final var selection = RequestCodec.selection(in);
        return () -> {
            agent.follow(migration, selection);
            return new FollowOutputBuilder().build();
        };
    }

    private Call uploadChanges(final UploadChangesInput in) {
        final var migration = RequestCodec.migrationId(in);
        final long sequence = RequestCodec.sequence(in);
        return () -> ReplyCodec.encodeChanges(agent.uploadChanges(migration, sequence));
    }

    private Call assess(final AssessInput in) {
        final var migration = RequestCodec.migrationId(in);
        final var selection = RequestCodec.selection(in);
        final var chunk = RequestCodec.assessedChunk(in);
        return () -> ReplyCodec.encodeAssessment(agent.assess(migration, selection, chunk));
    }

    private Call download(final DownloadInput in) {
        final var migration = RequestCodec.migrationId(in);
        final var chunk = RequestCodec.downloadedChunk(in);
        return () -> ReplyCodec.encodeDownload(agent.download(migration, chunk));
    }

    private Call commit(final CommitInput in) {
        final var migration = RequestCodec.migrationId(in);
        final int chunks = RequestCodec.chunks(in);
        final int flows = RequestCodec.flows(in);
        return () -> ReplyCodec.encodeCommit(agent.commit(migration, chunks, flows));
    }

    private Call release(final ReleaseInput in) {
        final var migration = RequestCodec.migrationId(in);
        final var keep = RequestCodec.kept(in);
        return () -> ReplyCodec.encodeRelease(agent.release(migration, keep));
    }

    private Call abort(final AbortInput in) {
        final var migration = RequestCodec.migrationId(in);
        final var reason = RequestCodec.reason(in);
        return () -> ReplyCodec.encodeAbort(agent.abort(migration, reason));
    }
}
