// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.protection;

import static java.util.Objects.requireNonNull;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.opendaylight.statemigration.flow.Flow;
import org.opendaylight.statemigration.flow.FlowKey;
import org.opendaylight.statemigration.host.HostProfile;
import org.opendaylight.statemigration.host.Role;
import org.opendaylight.statemigration.host.StateHostId;
import org.opendaylight.statemigration.host.VmIdentity;
import org.opendaylight.statemigration.ifma.FlowSelection;
import org.opendaylight.statemigration.ifma.MigrationId;
import org.opendaylight.statemigration.ifmt.VmInventory;
import org.opendaylight.statemigration.som.model.CheckpointKey;
import org.opendaylight.statemigration.som.model.CheckpointRecord;
import org.opendaylight.statemigration.som.model.MasterListener;
import org.opendaylight.statemigration.som.model.Restoration;
import org.opendaylight.statemigration.som.model.SafeListener;
import org.opendaylight.statemigration.som.policy.Policy;
import org.opendaylight.statemigration.som.registry.StateHostRegistry;
import org.opendaylight.statemigration.som.worker.Mailbox;
import org.opendaylight.statemigration.som.worker.TaskScheduler;
import org.opendaylight.statemigration.som.worker.TimerThread;
import org.opendaylight.statemigration.som.worker.WorkerPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Protects the flows that policy wants protected: keeps a checkpoint of each VM at each State Host, gives it to
 * migrations whose source is dead, and has the dead host clean up when it is back.
 *
 * <p>It has 34 threads, however many checkpoints there are: 32 for requests to State Hosts, two of which work for one
 * State Host at most; one that does the rest every second and when a State Host returns; and a timer. Locks, in the
 * order in which they are taken: the monitor of {@link CheckpointTable}, of {@link StaleFlowCleaner}, or of a
 * {@link Checkpoint}, one at a time; then those of {@link FailureDetector}, {@link CheckpointSlots}, {@link FlowQuota}
 * and the registry, one at a time; then those of the pool and the timer. None is held over a request to a State Host or
 * a call of the listener.
 */
public final class CheckpointManager implements FailoverSources, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CheckpointManager.class);
    private static final Duration TICK = Duration.ofSeconds(1);
    private static final int REQUEST_THREADS = 32;
    private static final int REQUESTS_PER_HOST = 2;
    /** Of so many checkpoints the times and counts are shown anew at each tick. */
    private static final int UPDATES_PER_TICK = 500;

    private final AtomicLong numbers = new AtomicLong();
    private final CheckpointTable table = new CheckpointTable();
    private final Map<StateHostId, FailureDetector> failureDetectors = new ConcurrentHashMap<>();
    private final CheckpointSlots slots = new CheckpointSlots();
    private final Executor mailbox;
    private final ProtectionContext context;
    private final FlowQuota quota;
    private final ProtectionTargets targets;
    private final StaleFlowCleaner cleaner;
    private final RecordPublisher publisher;
    private final Runnable shutdown;
    private volatile boolean closed;

    /**
     * A manager with the clock of the system and threads of its own. Protects nothing before {@link #init()}.
     *
     * @param registry the State Hosts
     * @param policy the policy at present
     * @param listener sees checkpoints and clean-ups
     * @param inventory the VMs that topologies show
     */
    public CheckpointManager(final StateHostRegistry registry, final Supplier<Policy> policy,
            final MasterListener listener, final VmInventory inventory) {
        this(registry, policy, listener, inventory,
            new WorkerPool("state-checkpoint", REQUEST_THREADS, REQUESTS_PER_HOST),
            new WorkerPool("state-protection", 1, 1), new TimerThread("state-protection-timer"));
    }

    private CheckpointManager(final StateHostRegistry registry, final Supplier<Policy> policy,
            final MasterListener listener, final VmInventory inventory, final WorkerPool requests,
            final WorkerPool thread, final TimerThread timer) {
        this(registry, policy, listener, inventory, InstantSource.system(), requests, thread, timer, () -> {
            timer.close();
            thread.close();
            requests.close();
        });
    }

    /**
     * A manager with threads of somebody else.
     *
     * @param registry the State Hosts
     * @param policy the policy at present
     * @param listener sees checkpoints and clean-ups
     * @param inventory the VMs that topologies show
     * @param clock what time it is
     * @param requests runs requests to State Hosts; the key is the State Host
     * @param thread runs the rest
     * @param scheduler hands over what is due
     * @param shutdown called when it is closed
     */
    public CheckpointManager(final StateHostRegistry registry, final Supplier<Policy> policy,
            final MasterListener listener, final VmInventory inventory, final InstantSource clock,
            final WorkerPool requests, final Executor thread, final TaskScheduler scheduler,
            final Runnable shutdown) {
        requireNonNull(policy);
        this.shutdown = requireNonNull(shutdown);
        mailbox = new Mailbox("state-protection", thread);
        context = new ProtectionContext(registry::find, policy, clock, prefix -> new MigrationId(
            "%s-%011x-%d".formatted(prefix, clock.millis(), numbers.incrementAndGet())), requests, scheduler);
        quota = new FlowQuota(() -> policy.get().protections().flows());
        targets = new ProtectionTargets(inventory);
        final var safeListener = SafeListener.of(listener);
        publisher = new RecordPublisher(safeListener, UPDATES_PER_TICK);
        cleaner = new StaleFlowCleaner(context, safeListener, targets::passes, this::failureDetector);
        registry.onReturn(host -> mailbox.execute(() -> returned(host)));
    }

    /** Begin to protect. */
    public void init() {
        mailbox.execute(this::tick);
    }

    @Override
    public Optional<FailoverSource> find(final StateHostId host, final FlowSelection selection) {
        final var vm = selection.vm();
        final Set<InetAddress> missing = new HashSet<>(vm.addresses());
        final var flows = new LinkedHashMap<FlowKey, Flow>();
        var oldest = Instant.MAX;
        var age = Duration.ZERO;
        HostProfile profile = null;
        for (var checkpoint : table.of(host)) {
            final var key = checkpoint.key();
            final var copy = checkpoint.copy();
            if (copy.isPresent() && key.vm().network().equals(vm.network())
                    && missing.removeAll(key.vm().addresses())) {
                final var one = copy.orElseThrow();
                one.flows().flows().stream().filter(selection::contains).forEach(flow -> flows.put(flow.key(), flow));
                oldest = one.takenAt().isBefore(oldest) ? one.takenAt() : oldest;
                final var its = checkpoint.age(one);
                age = its.compareTo(age) > 0 ? its : age;
                profile = one.profile();
            }
        }
        if (profile == null || !missing.isEmpty()) {
            return Optional.empty();
        }
        final var source = sourceOnly(profile);
        return Optional.of(new FailoverSource(source, new CheckpointAgent(source,
            List.copyOf(flows.values()), () -> cleaner.add(host, selection)),
            new Restoration(host, oldest, age, flows.size())));
    }

    @Override
    public boolean isSilent(final StateHostId host) {
        return !table.of(host).isEmpty() && failureDetector(host).isSilent();
    }

    @Override
    public void arrived(final StateHostId host, final VmIdentity vm) {
        cleaner.arrived(host, vm);
    }

    @Override
    public void cleanUpDuring(final VmLocks vmLocks) {
        cleaner.use(vmLocks);
    }

    @Override
    public void close() {
        closed = true;
        table.clear().forEach(entry -> entry.checkpoint().stop());
        shutdown.run();
    }

    private static HostProfile sourceOnly(final HostProfile profile) {
        return new HostProfile(profile.hostId(), profile.vendor(), profile.protocolVersions(), profile.functions(),
            Set.of(Role.SOURCE), profile.representations(), profile.flowProtocols(), profile.addresses(),
            profile.natPools(), false, profile.policyDigest(), profile.limits());
    }

    private FailureDetector failureDetector(final StateHostId host) {
        return failureDetectors.computeIfAbsent(host, unknown -> new FailureDetector(unknown, context));
    }

    private void returned(final StateHostId host) {
        failureDetector(host).sessionEnded();
        table.of(host).forEach(Checkpoint::wake);
        cleaner.tryAll();
    }

    private void tick() {
        if (closed) {
            return;
        }
        try {
            failureDetectors.values().forEach(FailureDetector::giveUpOverdue);
            adjust();
            cleaner.tryAll();
        } finally {
            context.scheduler().after(TICK, () -> mailbox.execute(this::tick));
        }
    }

    private void adjust() {
        final var wanted = targets.find(context.policy().get().protections().entries());
        final var now = context.clock().instant();
        final var made = table.want(wanted, now, key -> new Checkpoint(key, wanted.get(key).interval(), context, quota,
            slots, failureDetector(key.host())));
        made.forEach(checkpoint -> {
            LOG.info("The flows of {} are protected", checkpoint.key());
            checkpoint.wake();
        });
        final var records = new ArrayList<CheckpointRecord>();
        for (var entry : table.all()) {
            if (entry.isObsolete(now)) {
                forget(entry.checkpoint());
            } else {
                Optional.ofNullable(wanted.get(entry.key()))
                    .ifPresent(target -> entry.checkpoint().every(target.interval()));
                entry.checkpoint().wakeIfPossible();
                records.add(entry.checkpoint().show(entry.vmName()));
            }
        }
        publisher.publish(records);
    }

    private void forget(final Checkpoint checkpoint) {
        final CheckpointKey key = checkpoint.key();
        table.remove(key);
        checkpoint.stop();
        publisher.forget(key);
    }
}
