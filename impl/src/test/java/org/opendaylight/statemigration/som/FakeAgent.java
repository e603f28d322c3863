// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.opendaylight.statemigration.flow.Flow;
import org.opendaylight.statemigration.flow.FlowKey;
import org.opendaylight.statemigration.host.FunctionType;
import org.opendaylight.statemigration.host.HostProfile;
import org.opendaylight.statemigration.host.Representation;
import org.opendaylight.statemigration.host.Role;
import org.opendaylight.statemigration.host.StateHostId;
import org.opendaylight.statemigration.ifma.AgentException;
import org.opendaylight.statemigration.ifma.AgentException.Kind;
import org.opendaylight.statemigration.ifma.Chunk;
import org.opendaylight.statemigration.ifma.FlowSelection;
import org.opendaylight.statemigration.ifma.HoldKind;
import org.opendaylight.statemigration.ifma.MigrationId;
import org.opendaylight.statemigration.ifma.Refusal;
import org.opendaylight.statemigration.ifma.RefusalReason;
import org.opendaylight.statemigration.ifma.StateOrchestrationAgent;

/**
 * A State Host in memory that does what YANG module {@code statemigration-agent} says, until it is told to misbehave.
 */
public final class FakeAgent implements StateOrchestrationAgent {
    /** What it can be asked. */
    public enum Request {
        PROFILE, GET_READY, FOLLOW, UPLOAD, UPLOAD_CHANGES, ASSESS, DOWNLOAD, COMMIT, RELEASE, ABORT
    }

    /** How far a migration is here. */
    public enum Stage {
        OPEN, COMMITTED, RELEASED, ABORTED, EXPIRED
    }

    private static final class Journal {
        private final Role role;
        private Stage stage = Stage.OPEN;
        /** What the other end was told, of flows that have not ended. */
        private final Map<FlowKey, Flow> exported = new LinkedHashMap<>();
        private List<Flow> list = List.of();
        private Optional<FlowSelection> followed = Optional.empty();
        private boolean read;
        private int chunkSize;
        private long sequence;
        private Changes lastChanges;
        private final Map<FlowKey, Flow> created = new LinkedHashMap<>();
        private final Set<String> digests = new HashSet<>();
        private Download lastAnswer;
        private Commit commit;
        private Release release;
        private boolean held;

        Journal(final Role role) {
            this.role = role;
        }
    }

    private record Aimed(String prefix, Fault fault) {
    }

    /** A request as it came, with the identity of its migration. */
    public record Asked(Request request, String migration) {
    }

    private final StateHostId id;
    private final Map<FlowKey, Flow> table = new LinkedHashMap<>();
    private final Map<MigrationId, Journal> journals = new LinkedHashMap<>();
    private final Map<Request, Aimed> faults = new ConcurrentHashMap<>();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private volatile UnaryOperator<Upload> uploadChange = upload -> upload;
    private volatile UnaryOperator<Changes> changesChange = changes -> changes;
    private volatile Predicate<Flow> acceptable = flow -> true;
    private volatile boolean follows = true;
    private volatile HostProfile profile;
    private volatile Duration lastLease;

    public FakeAgent(final String id) {
        this.id = new StateHostId(id);
        profile = profileWith(HostProfile.Limits.DEFAULT);
    }

    public StateHostId id() {
        return id;
    }

    public HostProfile profileWith(final HostProfile.Limits limits) {
        return new HostProfile(id, "Fake", List.of("1.0"), Set.of(FunctionType.FIREWALL),
            Set.of(Role.SOURCE, Role.DESTINATION), Set.of(Representation.YANG_LIST), Set.of(6, 17), Set.of(),
            List.of(), follows, Optional.empty(), limits);
    }

    /** It cannot tell changes. */
    public void forgetHowToFollow() {
        follows = false;
        profile = profileWith(HostProfile.Limits.DEFAULT);
    }

    public void tell(final HostProfile newProfile) {
        profile = newProfile;
    }

    public void fault(final Request request, final Fault fault) {
        fault(request, "", fault);
    }

    /** Concerns only migrations whose identity begins so. */
    public void fault(final Request request, final String prefix, final Fault fault) {
        faults.put(request, new Aimed(prefix, fault));
    }

    public void heal() {
        faults.clear();
        uploadChange = upload -> upload;
        changesChange = changes -> changes;
        acceptable = flow -> true;
    }

    public void changeChanges(final UnaryOperator<Changes> change) {
        changesChange = change;
    }

    public void changeUploads(final UnaryOperator<Upload> change) {
        uploadChange = change;
    }

    public void accept(final Predicate<Flow> which) {
        acceptable = which;
    }

    public synchronized void put(final Collection<Flow> flows) {
        flows.forEach(flow -> table.put(flow.key(), flow));
    }

    public synchronized void end(final Collection<Flow> flows) {
        flows.forEach(flow -> table.remove(flow.key()));
    }

    public synchronized Set<Flow> flows() {
        return Set.copyOf(table.values());
    }

    public synchronized boolean holds() {
        return journals.values().stream().anyMatch(journal -> journal.held);
    }

    public synchronized Set<Stage> stages() {
        final var stages = new HashSet<Stage>();
        journals.values().forEach(journal -> stages.add(journal.stage));
        return stages;
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
    public synchronized void expireLeases() {
        journals.values().stream().filter(journal -> journal.role == Role.DESTINATION && journal.stage == Stage.OPEN)
            .forEach(journal -> undo(journal, Stage.EXPIRED));
    }

    /** It has not heard of its migrations for long, or is another one that does not know of them. */
    public synchronized void forgetMigrations(final boolean restarted) {
        if (restarted) {
            journals.clear();
        } else {
            journals.values().stream().filter(journal -> journal.stage == Stage.OPEN)
                .forEach(journal -> undo(journal, Stage.ABORTED));
        }
    }

    @Override
    public HostProfile profile() throws AgentException, InterruptedException {
        return ask(Request.PROFILE, "", () -> profile);
    }

    @Override
    public Readiness getReady(final MigrationId migration, final FlowSelection selection, final Duration lease,
            final boolean hold) throws AgentException, InterruptedException {
        return ask(Request.GET_READY, migration.value(), () -> {
            requireRoom(migration, !hold);
            final var journal = journal(migration, Role.DESTINATION, true);
            requireStage(journal, Stage.OPEN);
            journal.held |= hold;
            lastLease = lease;
            return new Readiness(journal.held ? HoldKind.QUEUE : HoldKind.NONE, profile.limits().flowsPerChunk(), 2);
        });
    }

    @Override
    public Upload upload(final MigrationId migration, final FlowSelection selection, final int maxFlows,
            final Optional<String> cursor) throws AgentException, InterruptedException {
        return ask(Request.UPLOAD, migration.value(), () -> {
            requireRoom(migration, false);
            final var journal = journal(migration, Role.SOURCE, cursor.isEmpty());
            requireStage(journal, Stage.OPEN);
            if (journal.chunkSize == 0) {
                journal.list = table.values().stream().filter(selection::contains).toList();
                journal.list.forEach(flow -> journal.exported.put(flow.key(), flow));
                journal.chunkSize = maxFlows;
            }
            final int from = cursor.map(Integer::parseInt).orElse(0);
            final int to = Math.min(from + journal.chunkSize, journal.list.size());
            journal.read = to == journal.list.size();
            journal.sequence = (to + journal.chunkSize - 1) / journal.chunkSize;
            return uploadChange.apply(new Upload(journal.list.size(),
                from == to ? Optional.empty() : Optional.of(Chunk.of(migration, from / journal.chunkSize + 1,
                    journal.list.subList(from, to))),
                to == journal.list.size() ? Optional.empty() : Optional.of(Integer.toString(to)), List.of()));
        });
    }

    @Override
    public void follow(final MigrationId migration, final FlowSelection selection)
            throws AgentException, InterruptedException {
        ask(Request.FOLLOW, migration.value(), () -> {
            if (!follows) {
                throw new AgentException(Kind.OPERATION_FAILED, "Changes cannot be told");
            }
            requireRoom(migration, true);
            final var journal = journal(migration, Role.SOURCE, true);
            requireStage(journal, Stage.OPEN);
            if (journal.chunkSize != 0) {
                throw new AgentException(Kind.INVALID_VALUE, "Follow goes before the first upload");
            }
            journal.followed = Optional.of(selection);
            return true;
        });
    }

    @Override
    public Changes uploadChanges(final MigrationId migration, final long sequence)
            throws AgentException, InterruptedException {
        return ask(Request.UPLOAD_CHANGES, migration.value(), () -> {
            final var journal = journal(migration, Role.SOURCE, false);
            requireStage(journal, Stage.OPEN);
            if (journal.followed.isEmpty() || !journal.read) {
                throw new AgentException(Kind.INVALID_VALUE, "Not followed, or not uploaded");
            }
            if (sequence == journal.sequence && journal.lastChanges != null) {
                return journal.lastChanges;
            }
            if (sequence != journal.sequence + 1) {
                throw new AgentException(Kind.INVALID_VALUE, "Sequence " + sequence + " after " + journal.sequence);
            }
            return changesChange.apply(changes(migration, journal));
        });
    }

    private Changes changes(final MigrationId migration, final Journal journal) {
        final var changed = table.values().stream().filter(journal.followed.orElseThrow()::contains)
            .filter(flow -> !flow.equals(journal.exported.get(flow.key()))).toList();
        final var ended = journal.exported.keySet().stream().filter(key -> !table.containsKey(key)).toList();
        final var flows = changed.stream().limit(journal.chunkSize).toList();
        final var keys = ended.stream().limit(journal.chunkSize).toList();
        flows.forEach(flow -> journal.exported.put(flow.key(), flow));
        keys.forEach(journal.exported::remove);
        if (flows.isEmpty() && keys.isEmpty()) {
            return new Changes(journal.exported.size(), Optional.empty(), false, List.of());
        }
        journal.sequence++;
        journal.lastChanges = new Changes(journal.exported.size(),
            Optional.of(Chunk.of(migration, journal.sequence, flows, keys)),
            flows.size() < changed.size() || keys.size() < ended.size(), List.of());
        return journal.lastChanges;
    }

    @Override
    public List<Refusal> assess(final MigrationId migration, final FlowSelection selection, final Chunk chunk)
            throws AgentException, InterruptedException {
        return ask(Request.ASSESS, migration.value(), () -> refusals(chunk));
    }

    @Override
    public Download download(final MigrationId migration, final Chunk chunk)
            throws AgentException, InterruptedException {
        return ask(Request.DOWNLOAD, migration.value(), () -> {
            final var journal = journal(migration, Role.DESTINATION, false);
            requireStage(journal, Stage.OPEN);
            if (!chunk.isIntact(migration)) {
                throw new AgentException(Kind.INVALID_VALUE, "Wrong digest");
            }
            if (!journal.digests.add(chunk.digest())) {
                return journal.lastAnswer;
            }
            if (chunk.sequence() != journal.digests.size()) {
                throw new AgentException(Kind.INVALID_VALUE, "Skipped sequence");
            }
            final var refused = refusals(chunk);
            final var refusedIndexes = refused.stream().map(Refusal::index).toList();
            for (int index = 0; index < chunk.flows().size(); index++) {
                final var flow = chunk.flows().get(index);
                if (!refusedIndexes.contains(index)) {
                    table.put(flow.key(), flow);
                    journal.created.put(flow.key(), flow);
                } else if (journal.created.remove(flow.key()) != null) {
                    table.remove(flow.key());
                }
            }
            for (var key : chunk.ended()) {
                if (journal.created.remove(key) != null) {
                    table.remove(key);
                }
            }
            journal.lastAnswer = new Download(chunk.flows().size() - refused.size(), refused);
            return journal.lastAnswer;
        });
    }

    @Override
    public Commit commit(final MigrationId migration, final int chunks, final int flows)
            throws AgentException, InterruptedException {
        return ask(Request.COMMIT, migration.value(), () -> {
            final var journal = journal(migration, Role.DESTINATION, false);
            if (journal.commit == null) {
                requireStage(journal, Stage.OPEN);
                if (chunks != journal.digests.size() || flows != journal.created.size()) {
                    throw new AgentException(Kind.INVALID_VALUE, "Other chunks came");
                }
                journal.stage = Stage.COMMITTED;
                journal.held = false;
                journal.commit = new Commit(flows, 0);
            }
            requireStage(journal, Stage.COMMITTED);
            return journal.commit;
        });
    }

    @Override
    public Release release(final MigrationId migration, final List<FlowKey> keep)
            throws AgentException, InterruptedException {
        return ask(Request.RELEASE, migration.value(), () -> {
            final var journal = journal(migration, Role.SOURCE, false);
            if (journal.release == null) {
                requireStage(journal, Stage.OPEN);
                final int before = table.size();
                keep.forEach(journal.exported::remove);
                journal.exported.keySet().forEach(table::remove);
                journal.stage = Stage.RELEASED;
                journal.release = new Release(before - table.size(),
                    journal.exported.size() - (before - table.size()));
            }
            return journal.release;
        });
    }

    @Override
    public int abort(final MigrationId migration, final String reason) throws AgentException, InterruptedException {
        return ask(Request.ABORT, migration.value(), () -> {
            final var journal = journals.computeIfAbsent(migration, unknown -> new Journal(Role.DESTINATION));
            if (journal.stage == Stage.RELEASED) {
                throw new AgentException(Kind.OPERATION_FAILED, "Released already");
            }
            return undo(journal, Stage.ABORTED);
        });
    }

    private int undo(final Journal journal, final Stage stage) {
        journal.created.keySet().forEach(table::remove);
        final int removed = journal.created.size();
        journal.created.clear();
        journal.exported.clear();
        journal.list = List.of();
        journal.held = false;
        journal.commit = null;
        journal.stage = stage;
        return removed;
    }

    private List<Refusal> refusals(final Chunk chunk) {
        final var refused = new ArrayList<Refusal>();
        for (int index = 0; index < chunk.flows().size(); index++) {
            if (!acceptable.test(chunk.flows().get(index))) {
                refused.add(new Refusal(index, RefusalReason.POLICY_DENIED, "Local policy"));
            }
        }
        return refused;
    }

    private void requireRoom(final MigrationId migration, final boolean beforehand) throws AgentException {
        final long open = journals.values().stream().filter(journal -> journal.stage == Stage.OPEN).count();
        final var limits = profile.limits();
        if (!journals.containsKey(migration)
                && open >= (beforehand ? limits.migrationsBeforehand() : limits.migrations())) {
            throw new AgentException(Kind.RESOURCE_DENIED, "There are " + open + " already");
        }
    }

    private Journal journal(final MigrationId migration, final Role role, final boolean create)
            throws AgentException {
        final var known = journals.get(migration);
        if (known == null && !create) {
            throw new AgentException(Kind.DATA_MISSING, "Not known here");
        }
        if (known != null && known.role != role && known.stage == Stage.OPEN) {
            throw new AgentException(Kind.INVALID_VALUE, "It is on the other side here");
        }
        return known != null ? known : journals.computeIfAbsent(migration, unknown -> new Journal(role));
    }

    private static void requireStage(final Journal journal, final Stage stage) throws AgentException {
        if (journal.stage != stage) {
            throw new AgentException(journal.stage == Stage.EXPIRED ? Kind.DATA_MISSING : Kind.OPERATION_FAILED,
                "It is " + journal.stage + " here");
        }
    }

    @SuppressWarnings({"unchecked", "checkstyle:IllegalCatch"})
    private <T> T ask(final Request request, final String migration, final Callable<T> real)
            throws AgentException, InterruptedException {
        asked.add(new Asked(request, migration));
        final Callable<T> locked = () -> {
            synchronized (this) {
                return real.call();
            }
        };
        try {
            final var aimed = faults.get(request);
            return aimed == null || !migration.startsWith(aimed.prefix) ? (T) locked.call()
                : (T) aimed.fault.answer(locked);
        } catch (AgentException | InterruptedException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
