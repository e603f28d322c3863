// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.opendaylight.statemigration.flow.FlowKey;
import org.opendaylight.statemigration.host.FunctionType;
import org.opendaylight.statemigration.host.HostProfile;
import org.opendaylight.statemigration.host.Representation;
import org.opendaylight.statemigration.host.Role;
import org.opendaylight.statemigration.host.StateHostId;
import org.opendaylight.statemigration.ifma.Chunk;
import org.opendaylight.statemigration.ifma.FlowSelection;
import org.opendaylight.statemigration.ifma.HoldKind;
import org.opendaylight.statemigration.ifma.MigrationId;
import org.opendaylight.statemigration.ifma.Refusal;
import org.opendaylight.statemigration.ifma.StateOrchestrationAgent;

/** A State Host without flows that remembers nothing, so that there can be thousands of them. */
final class IdleAgent implements StateOrchestrationAgent {
    private final StateHostId id;
    private final Runnable asked;

    /**
     * A State Host.
     *
     * @param id identity
     * @param asked called with each request, on the thread that asks
     */
    IdleAgent(final StateHostId id, final Runnable asked) {
        this.id = id;
        this.asked = asked;
    }

    @Override
    public HostProfile profile() {
        asked.run();
        return new HostProfile(id, "Idle", List.of("1.0"), Set.of(FunctionType.FIREWALL),
            Set.of(Role.SOURCE, Role.DESTINATION), Set.of(Representation.YANG_LIST), Set.of(6, 17), Set.of(),
            List.of(), true, Optional.empty(), HostProfile.Limits.DEFAULT);
    }

    @Override
    public Readiness getReady(final MigrationId migration, final FlowSelection selection, final Duration lease,
            final boolean hold) {
        asked.run();
        return new Readiness(hold ? HoldKind.QUEUE : HoldKind.NONE, 1000, 2);
    }

    @Override
    public Upload upload(final MigrationId migration, final FlowSelection selection, final int maxFlows,
            final Optional<String> cursor) {
        asked.run();
        return new Upload(0, Optional.empty(), Optional.empty(), List.of());
    }

    @Override
    public void follow(final MigrationId migration, final FlowSelection selection) {
        asked.run();
    }

    @Override
    public Changes uploadChanges(final MigrationId migration, final long sequence) {
        asked.run();
        return new Changes(0, Optional.empty(), false, List.of());
    }

    @Override
    public List<Refusal> assess(final MigrationId migration, final FlowSelection selection, final Chunk chunk) {
        asked.run();
        return List.of();
    }

    @Override
    public Download download(final MigrationId migration, final Chunk chunk) {
        asked.run();
        return new Download(chunk.flows().size(), List.of());
    }

    @Override
    public Commit commit(final MigrationId migration, final int chunks, final int flows) {
        asked.run();
        return new Commit(flows, 0);
    }

    @Override
    public Release release(final MigrationId migration, final List<FlowKey> keep) {
        asked.run();
        return new Release(0, 0);
    }

    @Override
    public int abort(final MigrationId migration, final String reason) {
        asked.run();
        return 0;
    }
}
