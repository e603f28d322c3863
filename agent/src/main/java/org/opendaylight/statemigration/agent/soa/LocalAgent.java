// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.soa;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.opendaylight.statemigration.agent.backend.BackendFeature;
import org.opendaylight.statemigration.agent.backend.StateTable;
import org.opendaylight.statemigration.agent.soa.stage.StageEvent;
import org.opendaylight.statemigration.agent.soa.status.MemoryMigrationStatuses;
import org.opendaylight.statemigration.agent.soa.status.MigrationStatuses;
import org.opendaylight.statemigration.agent.task.GuardedTask;
import org.opendaylight.statemigration.flow.FlowKey;
import org.opendaylight.statemigration.host.HostProfile;
import org.opendaylight.statemigration.host.Representation;
import org.opendaylight.statemigration.host.Role;
import org.opendaylight.statemigration.ifma.AgentException;
import org.opendaylight.statemigration.ifma.AgentException.Kind;
import org.opendaylight.statemigration.ifma.Chunk;
import org.opendaylight.statemigration.ifma.FlowSelection;
import org.opendaylight.statemigration.ifma.MigrationId;
import org.opendaylight.statemigration.ifma.Refusal;
import org.opendaylight.statemigration.ifma.StateOrchestrationAgent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The State Orchestration Agent of one State Host, as YANG module {@code statemigration-agent} describes it. Calls of
 * one migration wait for each other, those of different migrations do not. Every call does at once whatever the lease
 * of its migration asks for; besides, all leases are looked at twice a second.
 */
public final class LocalAgent implements StateOrchestrationAgent, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LocalAgent.class);
    private static final Duration SWEEP = Duration.ofMillis(500);
    private static final int MAX_FLOWS = 10_000;

    private final StateHostContext host;
    private final LocalMigrations migrations;
    private final ScheduledFuture<?> sweeper;

    /**
     * Begin to serve a State Host.
     *
     * @param settings what the operator decided
     * @param table the State Host's table; stays the caller's to close, after the agent
     * @param clock the time
     * @param scheduler looks after the leases; stays the caller's to shut down, after the agent
     */
    public LocalAgent(final AgentSettings settings, final StateTable table, final InstantSource clock,
            final ScheduledExecutorService scheduler) {
        host = new StateHostContext(settings, new StateTableAccess(table), new MemoryMigrationStatuses(), clock);
        migrations = new LocalMigrations(host);
        sweeper = scheduler.scheduleWithFixedDelay(new GuardedTask("look after leases", migrations::sweep),
            SWEEP.toMillis(), SWEEP.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** {@return the list of migrations, to look at and to listen to} */
    public MigrationStatuses statuses() {
        return host.statuses();
    }

    @Override
    public HostProfile profile() {
        final var settings = host.settings();
        final var capabilities = host.table().capabilities();
        return new HostProfile(settings.hostId(), capabilities.vendor(), List.of(HostProfile.PROTOCOL_VERSION),
            settings.functions(), settings.roles(), EnumSet.allOf(Representation.class), capabilities.flowProtocols(),
            settings.addresses(), settings.natPools(),
            settings.roles().contains(Role.SOURCE) && host.table().has(BackendFeature.CHANGES),
            capabilities.policyDigest(), settings.limits());
    }

    @Override
    public Readiness getReady(final MigrationId migration, final FlowSelection selection, final Duration lease,
            final boolean hold) throws AgentException, InterruptedException {
        requireRole(Role.DESTINATION);
        requireLease(lease);
        return migrations.with(migration, it -> it.perform(StageEvent.GET_READY, () -> {
            final var side = it.destination(() -> {
                migrations.quota().enter(migration, Role.DESTINATION, selection.vm(), !hold);
                return new DestinationSession(host, migration, selection);
            });
            return side.getReady(selection, lease, hold);
        }));
    }

    @Override
    public Upload upload(final MigrationId migration, final FlowSelection selection, final int maxFlows,
            final Optional<String> cursor) throws AgentException, InterruptedException {
        requireRole(Role.SOURCE);
        if (maxFlows < 1 || maxFlows > MAX_FLOWS) {
            throw new AgentException(Kind.INVALID_VALUE, "Largest number of flows in a chunk " + maxFlows
                + " is not in the range 1.." + MAX_FLOWS);
        }
        return migrations.with(migration, it -> it.perform(StageEvent.UPLOAD, () -> {
            final var side = it.source(() -> {
                if (cursor.isPresent()) {
                    throw new AgentException(Kind.DATA_MISSING, "Migration " + migration
                        + " is not known at this State Host: begin without cursor");
                }
                migrations.quota().enter(migration, Role.SOURCE, selection.vm(), false);
                return SourceSession.begin(host, migration, selection, maxFlows);
            });
            if (cursor.isEmpty()) {
                side.list(maxFlows);
            }
            return side.upload(selection, cursor);
        }));
    }

    @Override
    public void follow(final MigrationId migration, final FlowSelection selection)
            throws AgentException, InterruptedException {
        requireRole(Role.SOURCE);
        if (!host.table().has(BackendFeature.CHANGES)) {
            throw new AgentException(Kind.OPERATION_FAILED, "State Host " + host.settings().hostId()
                + " cannot report changes of flows, so flows cannot be pre-copied from it");
        }
        migrations.with(migration, it -> it.perform(StageEvent.FOLLOW, () -> {
            final var side = it.source(() -> {
                migrations.quota().enter(migration, Role.SOURCE, selection.vm(), true);
                return SourceSession.follow(host, migration, selection);
            });
            side.follow(selection);
            return side;
        }));
    }

    @Override
    public Changes uploadChanges(final MigrationId migration, final long sequence)
            throws AgentException, InterruptedException {
        return migrations.with(migration,
            it -> it.perform(StageEvent.UPLOAD_CHANGES, () -> it.source().uploadChanges(sequence)));
    }

    @Override
    public List<Refusal> assess(final MigrationId migration, final FlowSelection selection, final Chunk chunk)
            throws AgentException {
        requireRole(Role.DESTINATION);
        final var admission = ChunkAdmission.of(chunk, new FlowValidator(selection, host.settings().natPools()),
            Set.of(),
            host.settings().limits());
        return admission.refusals(host.table().assess(admission.admittedFlows()));
    }

    @Override
    public Download download(final MigrationId migration, final Chunk chunk)
            throws AgentException, InterruptedException {
        requireNonNull(chunk);
        return migrations.with(migration, it -> it.perform(StageEvent.DOWNLOAD, () ->
            it.destination().download(chunk)));
    }

    @Override
    public Commit commit(final MigrationId migration, final int chunks, final int flows)
            throws AgentException, InterruptedException {
        return migrations.with(migration,
            it -> it.perform(StageEvent.COMMIT, () -> it.destination().commit(Integer.toUnsignedLong(chunks), flows)));
    }

    @Override
    public Release release(final MigrationId migration, final List<FlowKey> keep)
            throws AgentException, InterruptedException {
        return migrations.with(migration, it -> it.perform(StageEvent.RELEASE, () -> it.source().release(keep)));
    }

    @Override
    public int abort(final MigrationId migration, final String reason) throws AgentException, InterruptedException {
        LOG.info("Abort of migration {} asked for: {}", migration, printable(reason));
        return migrations.with(migration, it -> it.undo(StageEvent.ABORT));
    }

    /** Undo all migrations that are neither committed nor released, and accept no more. */
    @Override
    public void close() {
        sweeper.cancel(false);
        migrations.close();
    }

    private void requireRole(final Role role) throws AgentException {
        if (!host.settings().roles().contains(role)) {
            throw new AgentException(Kind.ACCESS_DENIED, "This State Host"
                + " is not configured to be the " + (role == Role.SOURCE ? "source" : "destination")
                + " of migrations");
        }
    }

    private void requireLease(final Duration lease) throws AgentException {
        if (lease.isNegative() || lease.isZero()) {
            throw new AgentException(Kind.INVALID_VALUE, "A lease of " + lease.toSeconds() + " s is no lease");
        }
        final int longest = host.settings().limits().holdLease();
        if (lease.compareTo(Duration.ofSeconds(longest)) > 0) {
            throw new AgentException(Kind.RESOURCE_DENIED, "A lease of " + lease.toSeconds() + " s is longer than the "
                + longest + " s that this State Host permits");
        }
    }

    private static String printable(final String text) {
        return text.replaceAll("\\p{Cntrl}", " ");
    }
}
