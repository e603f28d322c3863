// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.opendaylight.statemigration.agent.backend.BackendFeature;
import org.opendaylight.statemigration.agent.backend.memory.MemoryStateTable;
import org.opendaylight.statemigration.agent.soa.AgentSettings;
import org.opendaylight.statemigration.agent.soa.LocalAgent;
import org.opendaylight.statemigration.agent.soa.stage.AgentStage;
import org.opendaylight.statemigration.agent.soa.status.MigrationStatus;
import org.opendaylight.statemigration.agent.testkit.FaultyStateTable;
import org.opendaylight.statemigration.agent.testkit.ManualClock;
import org.opendaylight.statemigration.agent.testkit.ManualScheduler;
import org.opendaylight.statemigration.flow.Flow;
import org.opendaylight.statemigration.flow.FlowKey;
import org.opendaylight.statemigration.host.FunctionType;
import org.opendaylight.statemigration.host.HostProfile;
import org.opendaylight.statemigration.host.Role;
import org.opendaylight.statemigration.host.StateHostId;
import org.opendaylight.statemigration.ifma.AgentException;
import org.opendaylight.statemigration.ifma.Chunk;
import org.opendaylight.statemigration.ifma.FlowSelection;
import org.opendaylight.statemigration.ifma.MigrationId;
import org.opendaylight.statemigration.ifma.Refusal;
import org.opendaylight.statemigration.ifma.StateOrchestrationAgent;

/**
 * A State Host: the real agent over a table in memory. Between the master and the agent, requests and answers can be
 * lost, delayed or changed. Its time does not pass but when a test lets leases or migrations expire.
 */
public final class SimulatedStateHost implements StateOrchestrationAgent, AutoCloseable {
    /** What an agent can be asked. */
    public enum Request {
        PROFILE, GET_READY, FOLLOW, UPLOAD, UPLOAD_CHANGES, ASSESS, DOWNLOAD, COMMIT, RELEASE, ABORT
    }

    private record AimedFault(String prefix, Fault fault) {
    }

    /** A request as it came, with the identity of its migration. */
    public record Asked(Request request, String migration) {
    }

    /** Above any lease, and below the time after which a source forgets a migration it hears nothing of. */
    private static final Duration ANY_LEASE = Duration.ofSeconds(400);
    private static final Duration ANY_SOURCE = Duration.ofHours(2);

    private static final Fault NO_FAULT = Callable::call;

    private final StateHostId id;
    private final ManualClock clock = new ManualClock();
    private final Map<Request, AimedFault> faults = new ConcurrentHashMap<>();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private MemoryStateTable memory;
    private volatile FaultyStateTable table;
    private volatile ManualScheduler scheduler;
    private volatile LocalAgent agent;
    private volatile HostProfile.Limits limits = HostProfile.Limits.DEFAULT;
    private volatile Optional<HostProfile> told = Optional.empty();
    private volatile UnaryOperator<Upload> uploadChange = upload -> upload;
    private volatile UnaryOperator<Changes> changesChange = changes -> changes;
    private volatile Fault way = NO_FAULT;
    private volatile Duration lastLease;

    public SimulatedStateHost(final String id) {
        this.id = new StateHostId(id);
        open(EnumSet.allOf(BackendFeature.class));
    }

    public StateHostId id() {
        return id;
    }

    private void open(final Set<BackendFeature> features) {
        // Time-outs of flows do not run, so that flows can be compared
        final var frozen = clock.instant();
        memory = new MemoryStateTable(MemoryStateTable.DEFAULT_CAPACITY, MemoryStateTable.DEFAULT_PROTOCOLS, features,
            (InstantSource) () -> frozen);
        table = new FaultyStateTable(memory);
        start();
    }

    private void start() {
        if (scheduler != null) {
            scheduler.shutdownNow();
        }
        scheduler = new ManualScheduler();
        agent = new LocalAgent(new AgentSettings(id, Set.of(FunctionType.FIREWALL), EnumSet.allOf(Role.class),
            List.of(), Set.of(), limits), table, clock, scheduler);
    }

    /** {@return its profile with other limits} */
    public HostProfile profileWith(final HostProfile.Limits newLimits) {
        final var profile = agent.profile();
        return new HostProfile(id, profile.vendor(), profile.protocolVersions(), profile.functions(), profile.roles(),
            profile.representations(), profile.flowProtocols(), profile.addresses(), profile.natPools(),
            profile.follows(), profile.policyDigest(), newLimits);
    }

    /** It cannot report changes of flows. The table is empty again. */
    public void forgetHowToFollow() {
        open(EnumSet.complementOf(EnumSet.of(BackendFeature.CHANGES)));
    }

    /** It has this profile, with limits that it enforces. */
    public void tell(final HostProfile profile) {
        told = Optional.of(profile);
        if (!limits.equals(profile.limits())) {
            limits = profile.limits();
            start();
        }
    }

    public void fault(final Request request, final Fault fault) {
        fault(request, "", fault);
    }

    /** Concerns only migrations whose identity begins so. */
    public void fault(final Request request, final String prefix, final Fault fault) {
        faults.put(request, new AimedFault(prefix, fault));
    }

    /**
     * What happens to every request on its way, whatever else goes wrong, for good.
     *
     * @param newWay such as {@link Fault#slow}
     */
    public void way(final Fault newWay) {
        way = newWay;
    }

    public void heal() {
        faults.clear();
        table.heal();
        uploadChange = upload -> upload;
        changesChange = changes -> changes;
    }

    public void changeChanges(final UnaryOperator<Changes> change) {
        changesChange = change;
    }

    public void changeUploads(final UnaryOperator<Upload> change) {
        uploadChange = change;
    }

    public void accept(final Predicate<Flow> which) {
        table.accept(which);
    }

    /** Flows begin here, or packets change them. */
    public void put(final Collection<Flow> flows) {
        final var present = memory.flows().stream().map(Flow::key).collect(Collectors.toSet());
        final var sorted = flows.stream().collect(Collectors.partitioningBy(flow -> present.contains(flow.key())));
        memory.change(sorted.get(true));
        memory.seed(sorted.get(false));
    }

    public void end(final Collection<Flow> flows) {
        memory.end(flows.stream().map(Flow::key).toList());
    }

    public Set<Flow> flows() {
        return Set.copyOf(memory.flows());
    }

    public boolean holds() {
        return !memory.holds().isEmpty();
    }

    public Set<AgentStage> stages() {
        return agent.statuses().entries().stream().map(MigrationStatus::stage).collect(Collectors.toSet());
    }

    public List<Asked> asked() {
        return List.copyOf(asked);
    }

    public long asked(final Request request) {
        return asked.stream().filter(one -> one.request() == request).count();
    }

    public List<Request> requests() {
        return asked.stream().map(Asked::request).toList();
    }

    public Duration lastLease() {
        return lastLease;
    }

    /** All leases run out. */
    public void expireLeases() {
        clock.pass(ANY_LEASE);
        scheduler.run();
    }

    /** It has not heard of its migrations for long, or is another process that does not know of them. */
    public void forgetMigrations(final boolean restarted) {
        if (restarted) {
            memory.endHoldsAndFeeds();
            start();
        } else {
            clock.pass(ANY_SOURCE);
            scheduler.run();
        }
    }

    @Override
    public HostProfile profile() throws AgentException, InterruptedException {
        return ask(Request.PROFILE, "", () -> told.orElseGet(agent::profile));
    }

    @Override
    public Readiness getReady(final MigrationId migration, final FlowSelection selection, final Duration lease,
            final boolean hold) throws AgentException, InterruptedException {
        return ask(Request.GET_READY, migration.value(), () -> {
            lastLease = lease;
            return agent.getReady(migration, selection, lease, hold);
        });
    }

    @Override
    public Upload upload(final MigrationId migration, final FlowSelection selection, final int maxFlows,
            final Optional<String> cursor) throws AgentException, InterruptedException {
        return ask(Request.UPLOAD, migration.value(),
            () -> uploadChange.apply(agent.upload(migration, selection, maxFlows, cursor)));
    }

    @Override
    public void follow(final MigrationId migration, final FlowSelection selection)
            throws AgentException, InterruptedException {
        ask(Request.FOLLOW, migration.value(), () -> {
            agent.follow(migration, selection);
            return true;
        });
    }

    @Override
    public Changes uploadChanges(final MigrationId migration, final long sequence)
            throws AgentException, InterruptedException {
        return ask(Request.UPLOAD_CHANGES, migration.value(),
            () -> changesChange.apply(agent.uploadChanges(migration, sequence)));
    }

    @Override
    public List<Refusal> assess(final MigrationId migration, final FlowSelection selection, final Chunk chunk)
            throws AgentException, InterruptedException {
        return ask(Request.ASSESS, migration.value(), () -> agent.assess(migration, selection, chunk));
    }

    @Override
    public Download download(final MigrationId migration, final Chunk chunk)
            throws AgentException, InterruptedException {
        return ask(Request.DOWNLOAD, migration.value(), () -> agent.download(migration, chunk));
    }

    @Override
    public Commit commit(final MigrationId migration, final int chunks, final int flows)
            throws AgentException, InterruptedException {
        return ask(Request.COMMIT, migration.value(), () -> agent.commit(migration, chunks, flows));
    }

    @Override
    public Release release(final MigrationId migration, final List<FlowKey> keep)
            throws AgentException, InterruptedException {
        return ask(Request.RELEASE, migration.value(), () -> agent.release(migration, keep));
    }

    @Override
    public int abort(final MigrationId migration, final String reason) throws AgentException, InterruptedException {
        return ask(Request.ABORT, migration.value(), () -> agent.abort(migration, reason));
    }

    @Override
    public void close() {
        scheduler.shutdownNow();
    }

    @SuppressWarnings({"unchecked", "checkstyle:IllegalCatch"})
    private <T> T ask(final Request request, final String migration, final Callable<T> real)
            throws AgentException, InterruptedException {
        asked.add(new Asked(request, migration));
        try {
            final var aimed = faults.get(request);
            final var fault = aimed == null || !migration.startsWith(aimed.prefix) ? NO_FAULT : aimed.fault;
            return (T) way.answer(() -> fault.answer(real));
        } catch (AgentException | InterruptedException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
