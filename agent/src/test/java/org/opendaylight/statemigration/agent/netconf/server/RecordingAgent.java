// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.netconf.server;

import com.google.common.net.InetAddresses;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.opendaylight.statemigration.flow.Flow;
import org.opendaylight.statemigration.flow.FlowKey;
import org.opendaylight.statemigration.flow.Identifiers;
import org.opendaylight.statemigration.flow.Labels;
import org.opendaylight.statemigration.flow.ProtocolState;
import org.opendaylight.statemigration.flow.TcpEnd;
import org.opendaylight.statemigration.flow.TcpState;
import org.opendaylight.statemigration.flow.Tuple;
import org.opendaylight.statemigration.flow.VirtualNetwork;
import org.opendaylight.statemigration.host.FunctionType;
import org.opendaylight.statemigration.host.HostProfile;
import org.opendaylight.statemigration.host.IpPrefix;
import org.opendaylight.statemigration.host.Representation;
import org.opendaylight.statemigration.host.Role;
import org.opendaylight.statemigration.host.StateHostId;
import org.opendaylight.statemigration.ifma.AgentException;
import org.opendaylight.statemigration.ifma.Chunk;
import org.opendaylight.statemigration.ifma.FlowSelection;
import org.opendaylight.statemigration.ifma.HoldKind;
import org.opendaylight.statemigration.ifma.MigrationId;
import org.opendaylight.statemigration.ifma.Refusal;
import org.opendaylight.statemigration.ifma.RefusalReason;
import org.opendaylight.statemigration.ifma.StateOrchestrationAgent;

/**
 * An agent that writes down what it is asked and answers as it is told: the only way to see each error and a slow RPC
 * on the wire.
 */
final class RecordingAgent implements StateOrchestrationAgent {
    static final HostProfile PROFILE = new HostProfile(new StateHostId("fw-1"), "test agent", List.of("1.0"),
        Set.of(FunctionType.FIREWALL, FunctionType.NAT), Set.of(Role.SOURCE, Role.DESTINATION),
        Set.of(Representation.YANG_LIST), Set.of(6, 17), Set.of(InetAddresses.forString("192.0.2.1")),
        List.of(IpPrefix.parse("203.0.113.0/24")), true, Optional.of("00".repeat(32)), HostProfile.Limits.DEFAULT);

    final ConcurrentLinkedQueue<List<Object>> calls = new ConcurrentLinkedQueue<>();
    /** Thrown by every call, if not null. */
    volatile AgentException failure;
    /** Release waits for it. */
    volatile CountDownLatch gate = new CountDownLatch(0);

    static Flow flow(final int index) {
        final var original = new Tuple(InetAddresses.forString("10.0.0.5"), InetAddresses.forString("198.51.100.7"),
            new Identifiers.Ports(10_000 + index, 443));
        return Flow.builder(new FlowKey(Optional.of(new VirtualNetwork.Vnid(7)), 6, original), original.inverse())
            .protocolState(new ProtocolState.Tcp(TcpState.ESTABLISHED, new TcpEnd(OptionalInt.of(7), true, false),
                new TcpEnd(OptionalInt.of(8), true, false)))
            .seenReply(true)
            .assured(true)
            .timeout(300)
            .mark(5)
            .labels(Labels.of(new byte[] {1, 2}))
            .helper(Optional.of("ftp"))
            .build();
    }

    static List<Flow> flows(final int count) {
        return IntStream.range(0, count).mapToObj(RecordingAgent::flow).toList();
    }

    private void called(final Object... call) throws AgentException {
        calls.add(List.of(call));
        if (failure != null) {
            throw failure;
        }
    }

    @Override
    public HostProfile profile() {
        return PROFILE;
    }

    @Override
    public Readiness getReady(final MigrationId migration, final FlowSelection selection, final Duration lease,
            final boolean hold) throws AgentException {
        called("get-ready", migration, selection, lease, hold);
        return new Readiness(HoldKind.QUEUE, 1000, 4);
    }

    @Override
    public Upload upload(final MigrationId migration, final FlowSelection selection, final int maxFlows,
            final Optional<String> cursor) throws AgentException {
        called("upload", migration, selection, maxFlows, cursor);
        return new Upload(3, Optional.of(Chunk.of(migration, 1, flows(3))), Optional.of("c2"),
            List.of(new Omission(RefusalReason.UNSUPPORTED_PROTOCOL, 50, 2)));
    }

    @Override
    public void follow(final MigrationId migration, final FlowSelection selection) throws AgentException {
        called("follow", migration, selection);
    }

    @Override
    public Changes uploadChanges(final MigrationId migration, final long sequence) throws AgentException {
        called("upload-changes", migration, sequence);
        return new Changes(2, Optional.of(Chunk.of(migration, sequence, flows(2), List.of(flow(7).key()))), true,
            List.of(new Omission(RefusalReason.UNSUPPORTED_PROTOCOL, 50, 1)));
    }

    @Override
    public List<Refusal> assess(final MigrationId migration, final FlowSelection selection, final Chunk chunk)
            throws AgentException {
        called("assess", migration, selection, chunk);
        return List.of(new Refusal(0, RefusalReason.POLICY_DENIED, "Not here"));
    }

    @Override
    public Download download(final MigrationId migration, final Chunk chunk) throws AgentException {
        called("download", migration, chunk);
        return new Download(chunk.flows().size() - 1, List.of(new Refusal(1, RefusalReason.COLLISION, "Taken")));
    }

    @Override
    public Commit commit(final MigrationId migration, final int chunks, final int flows) throws AgentException {
        called("commit", migration, chunks, flows);
        return new Commit(flows, 1);
    }

    @Override
    public Release release(final MigrationId migration, final List<FlowKey> keep)
            throws AgentException, InterruptedException {
        called("release", migration, keep);
        gate.await();
        return new Release(5, 2);
    }

    @Override
    public int abort(final MigrationId migration, final String reason) throws AgentException {
        called("abort", migration, reason);
        return 9;
    }
}
