// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.soa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.net.InetAddresses;
import java.net.InetAddress;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.function.Executable;
import org.opendaylight.statemigration.agent.backend.memory.MemoryStateTable;
import org.opendaylight.statemigration.agent.soa.stage.AgentStage;
import org.opendaylight.statemigration.agent.soa.status.MigrationStatus;
import org.opendaylight.statemigration.agent.testkit.FaultyStateTable;
import org.opendaylight.statemigration.agent.testkit.ManualClock;
import org.opendaylight.statemigration.agent.testkit.ManualScheduler;
import org.opendaylight.statemigration.flow.Flow;
import org.opendaylight.statemigration.flow.FlowKey;
import org.opendaylight.statemigration.flow.RandomFlows;
import org.opendaylight.statemigration.host.FunctionType;
import org.opendaylight.statemigration.host.HostProfile;
import org.opendaylight.statemigration.host.IpPrefix;
import org.opendaylight.statemigration.host.Role;
import org.opendaylight.statemigration.host.StateHostId;
import org.opendaylight.statemigration.host.VmIdentity;
import org.opendaylight.statemigration.ifma.AgentException;
import org.opendaylight.statemigration.ifma.AgentException.Kind;
import org.opendaylight.statemigration.ifma.Chunk;
import org.opendaylight.statemigration.ifma.FlowSelection;
import org.opendaylight.statemigration.ifma.MigrationId;

/** An agent over a table in memory that can be made to fail, and time that passes when told to. */
public final class AgentFixture implements AutoCloseable {
    public static final MigrationId M1 = new MigrationId("m-1");
    public static final MigrationId M2 = new MigrationId("m-2");
    static final MigrationId M3 = new MigrationId("m-3");
    static final InetAddress VM_ADDRESS = InetAddresses.forString("10.1.1.1");
    static final InetAddress POOL_ADDRESS = InetAddresses.forString("198.51.100.7");
    public static final FlowSelection VM = selection("10.1.1.1");
    public static final Duration LEASE = Duration.ofSeconds(30);
    static final HostProfile.Limits LIMITS = new HostProfile.Limits(10, 40, 3, 60);

    final ManualClock clock = new ManualClock();
    final ManualScheduler scheduler = new ManualScheduler();
    final MemoryStateTable memory = new MemoryStateTable(clock);
    final FaultyStateTable table = new FaultyStateTable(memory);
    public final LocalAgent agent;

    public AgentFixture() {
        this(EnumSet.allOf(Role.class));
    }

    AgentFixture(final Set<Role> roles) {
        agent = new LocalAgent(new AgentSettings(new StateHostId("fw-1"), Set.of(FunctionType.FIREWALL), roles,
            List.of(IpPrefix.parse("198.51.100.0/24")), Set.of(InetAddresses.forString("192.0.2.1")), LIMITS), table,
            clock, scheduler);
    }

    static FlowSelection selection(final String... addresses) {
        return FlowSelection.of(new VmIdentity(
            Set.of(addresses).stream().map(InetAddresses::forString).collect(Collectors.toSet()),
            Optional.empty()));
    }

    /** Flows of the VM. */
    public static List<Flow> flows(final int count) {
        return new RandomFlows(42).of(Optional.empty(), VM_ADDRESS, POOL_ADDRESS, count);
    }

    /** The flow with so many seconds left. */
    static Flow lasting(final Flow flow, final long seconds) {
        return flow.toBuilder().timeout(seconds).build();
    }

    static List<FlowKey> keys(final List<Flow> flows) {
        return flows.stream().map(Flow::key).toList();
    }

    static AgentException refused(final Kind kind, final String message, final Executable call) {
        final var e = assertThrows(AgentException.class, call);
        assertEquals(kind, e.kind(), e.getMessage());
        assertTrue(e.getMessage().contains(message), e.getMessage());
        return e;
    }

    static Chunk chunk(final int sequence, final List<Flow> flows) {
        return Chunk.of(M1, sequence, flows);
    }

    /** Let a migration take over these flows in one chunk, without commit. */
    public void importing(final List<Flow> flows) throws Exception {
        agent.getReady(M1, VM, LEASE, true);
        assertEquals(flows.size(), agent.download(M1, chunk(1, flows)).accepted());
    }

    /** Let a migration hand over all flows, without release. */
    void exported(final List<Flow> flows) throws Exception {
        memory.seed(flows);
        var answer = agent.upload(M1, VM, 10, Optional.empty());
        while (answer.nextCursor().isPresent()) {
            answer = agent.upload(M1, VM, 10, answer.nextCursor());
        }
    }

    /** Let time pass, and the agent see it. */
    public void pass(final Duration time) {
        clock.pass(time);
        scheduler.run();
    }

    AgentStage stage(final MigrationId migration) {
        return entry(migration).stage();
    }

    MigrationStatus entry(final MigrationId migration) {
        return agent.statuses().entries().stream().filter(entry -> entry.migration().equals(migration)).findFirst()
            .orElseThrow();
    }

    void assertNothingLeft() {
        assertEquals(List.of(), memory.flows());
        assertEquals(List.of(), memory.holds());
    }

    @Override
    public void close() {
        agent.close();
        scheduler.shutdownNow();
    }
}
