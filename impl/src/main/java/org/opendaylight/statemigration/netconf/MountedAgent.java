// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.netconf;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.opendaylight.mdsal.binding.api.DataBroker;
import org.opendaylight.mdsal.binding.api.MountPoint;
import org.opendaylight.mdsal.binding.api.RpcService;
import org.opendaylight.mdsal.common.api.LogicalDatastoreType;
import org.opendaylight.statemigration.codec.ProfileCodec;
import org.opendaylight.statemigration.codec.ReplyCodec;
import org.opendaylight.statemigration.codec.RequestCodec;
import org.opendaylight.statemigration.flow.FlowKey;
import org.opendaylight.statemigration.host.HostProfile;
import org.opendaylight.statemigration.ifma.AgentException;
import org.opendaylight.statemigration.ifma.Chunk;
import org.opendaylight.statemigration.ifma.FlowSelection;
import org.opendaylight.statemigration.ifma.MigrationId;
import org.opendaylight.statemigration.ifma.Refusal;
import org.opendaylight.statemigration.ifma.StateOrchestrationAgent;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.Abort;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.Assess;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.AssessOutputBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.Follow;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.FollowOutputBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.GetReady;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.StateHost;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.UploadChanges;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.state.host.Profile;
import org.opendaylight.yangtools.binding.DataObjectIdentifier;
import org.opendaylight.yangtools.binding.Rpc;
import org.opendaylight.yangtools.binding.RpcInput;
import org.opendaylight.yangtools.binding.RpcOutput;
import org.opendaylight.yangtools.yang.common.RpcResult;

/**
 * An agent behind a NETCONF mount point. The mount point is looked up at each call, so a session that took the place of
 * another one is used at once.
 */
final class MountedAgent implements StateOrchestrationAgent {
    /** Longer than NETCONF waits for an answer: the thread comes back even if that does not end the request. */
    private static final Duration REQUEST_TIMEOUT = Duration.ofMinutes(10);

    private static final DataObjectIdentifier<Profile> PROFILE =
        DataObjectIdentifier.builder(StateHost.class).child(Profile.class).build();

    private final String name;
    private final MountLookup mounts;

    /** Finds the mount point of a device, if there is one. */
    @FunctionalInterface
    interface MountLookup {
        Optional<MountPoint> find();
    }

    MountedAgent(final String name, final MountLookup mounts) {
        this.name = requireNonNull(name);
        this.mounts = requireNonNull(mounts);
    }

    @Override
    public HostProfile profile() throws AgentException, InterruptedException {
        try (var tx = service(DataBroker.class).newReadOnlyTransaction()) {
            final var profile = await(tx.read(LogicalDatastoreType.OPERATIONAL, PROFILE));
            return decode(ProfileCodec::decode, profile.orElseThrow(() -> new AgentException(
                AgentException.Kind.INVALID_ANSWER, "there is nothing at state-host/profile")));
        }
    }

    @Override
    public Readiness getReady(final MigrationId migration, final FlowSelection selection, final Duration lease,
            final boolean hold) throws AgentException, InterruptedException {
        return call(GetReady.class, RequestCodec.getReady(migration, selection, lease, hold),
            ReplyCodec::decodeReadiness);
    }

    @Override
    public Upload upload(final MigrationId migration, final FlowSelection selection,
            final int maxFlows, final Optional<String> cursor) throws AgentException, InterruptedException {
        return call(org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.Upload.class,
            RequestCodec.upload(migration, selection, maxFlows, cursor), ReplyCodec::decodeUpload);
    }

    @Override
    public void follow(final MigrationId migration, final FlowSelection selection)
            throws AgentException, InterruptedException {
        call(Follow.class, RequestCodec.follow(migration, selection), output -> output,
            Optional.of(new FollowOutputBuilder().build()));
    }

    @Override
    public Changes uploadChanges(final MigrationId migration, final long sequence)
            throws AgentException, InterruptedException {
        return call(UploadChanges.class, RequestCodec.uploadChanges(migration, sequence), ReplyCodec::decodeChanges);
    }

    @Override
    public List<Refusal> assess(final MigrationId migration, final FlowSelection selection, final Chunk chunk)
            throws AgentException, InterruptedException {
        // Where nothing is refused the output has no content, and OpenDaylight makes a bare <ok/> of that
        return call(Assess.class, RequestCodec.assess(migration, selection, chunk), ReplyCodec::decodeAssessment,
            Optional.of(new AssessOutputBuilder().build()));
    }

    @Override
    public Download download(final MigrationId migration, final Chunk chunk)
            throws AgentException, InterruptedException {
        return call(org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.Download.class,
            RequestCodec.download(migration, chunk), ReplyCodec::decodeDownload);
    }

    @Override
    public Commit commit(final MigrationId migration, final int chunks, final int flows)
            throws AgentException, InterruptedException {
        return call(org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.Commit.class,
            RequestCodec.commit(migration, chunks, flows), ReplyCodec::decodeCommit);
    }

    @Override
    public Release release(final MigrationId migration, final List<FlowKey> keep)
            throws AgentException, InterruptedException {
        return call(org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.Release.class,
            RequestCodec.release(migration, keep), ReplyCodec::decodeRelease);
    }

    @Override
    public int abort(final MigrationId migration, final String reason) throws AgentException, InterruptedException {
        return call(Abort.class, RequestCodec.abort(migration, reason), ReplyCodec::decodeAbort);
    }

    @Override
    public String toString() {
        return "agent of " + name;
    }

    private <I extends RpcInput, O extends RpcOutput, T> T call(final Class<? extends Rpc<I, O>> rpc, final I input,
            final Function<O, T> decoder) throws AgentException, InterruptedException {
        return call(rpc, input, decoder, Optional.empty());
    }

    private <I extends RpcInput, O extends RpcOutput, T> T call(final Class<? extends Rpc<I, O>> rpc, final I input,
            final Function<O, T> decoder, final Optional<O> bareOk) throws AgentException, InterruptedException {
        final RpcResult<O> result = await(service(RpcService.class).getRpc(rpc).invoke(input));
        final var output = result.isSuccessful() ? Optional.ofNullable(result.getResult()).or(() -> bareOk)
            : Optional.<O>empty();
        return decode(decoder, output.orElseThrow(() -> RpcFailures.exception(result.getErrors())));
    }

    private <S extends org.opendaylight.mdsal.binding.api.BindingService> S service(final Class<S> type)
            throws AgentException {
        return mounts.find().flatMap(mount -> mount.getService(type)).orElseThrow(() -> new AgentException(
            AgentException.Kind.NO_ANSWER, "it is not connected"));
    }

    private static <T> T await(final Future<T> future) throws AgentException, InterruptedException {
        try {
            return future.get(REQUEST_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new AgentException(AgentException.Kind.NO_ANSWER, "there was no answer within "
                + REQUEST_TIMEOUT.toMinutes() + " minutes", e);
        } catch (ExecutionException e) {
            throw new AgentException(AgentException.Kind.NO_ANSWER, "the request could not be sent, or the session"
                + " ended", e);
        }
    }

    private static <O, T> T decode(final Function<? super O, T> decoder, final O output) throws AgentException {
        try {
            return decoder.apply(output);
        } catch (IllegalArgumentException e) {
            throw new AgentException(AgentException.Kind.INVALID_ANSWER, e.getMessage(), e);
        } catch (IllegalStateException | NoSuchElementException e) {
            throw new AgentException(AgentException.Kind.INVALID_ANSWER, "something is missing in it", e);
        }
    }
}
