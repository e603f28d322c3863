// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.protection;

import static java.util.Objects.requireNonNull;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
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
import org.opendaylight.statemigration.som.policy.Policy;
import org.opendaylight.statemigration.som.registry.StateHostRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Protects the flows that policy wants protected: keeps a checkpoint of each VM at each State Host, gives it to
 * migrations whose source is dead, and has the dead host clean up when it is back.
 */
public final class CheckpointManager implements FailoverSources, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CheckpointManager.class);
    private static final Duration TICK = Duration.ofSeconds(1);
    /** How long a checkpoint outlives the wish for it: the VM that has just moved away may be in need of it. */
    private static final Duration LINGER = Duration.ofMinutes(1);
    /** How long an orphaned one does. */
    private static final Duration ORPHAN_LINGER = Duration.ofHours(1);

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
        Thread.ofPlatform().daemon().name("state-protection").factory());
    private final AtomicLong numbers = new AtomicLong();
    private final Map<CheckpointKey, Entry> entries = new HashMap<>();
    private final ProtectionContext context;
    private final MasterListener listener;
    private final FlowQuota budget;
    private final CheckpointSlots checkpointSlots = new CheckpointSlots();
    private final ProtectionTargets protectionTargets;
    private final StaleFlowCleaner staleFlowCleaner;

    private static final class Entry {
        private final Checkpoint checkpoint;
        private Optional<String> vmName;
        private Instant wantedAt;
        private CheckpointRecord shown;

        Entry(final Checkpoint checkpoint, final Optional<String> vmName, final Instant wantedAt) {
            this.checkpoint = checkpoint;
            this.vmName = vmName;
            this.wantedAt = wantedAt;
        }
    }

    /**
     * A protector with the clock of the system. Protects nothing before {@link #init()}.
     *
     * @param registry the State Hosts
     * @param policy the policy at present
     * @param listener sees checkpoints and clean-ups
     * @param inventory the VMs that topologies show
     */
    public CheckpointManager(final StateHostRegistry registry, final Supplier<Policy> policy,
            final MasterListener listener,
            final VmInventory inventory) {
        this.listener = requireNonNull(listener);
        final var clock = InstantSource.system();
        context = new ProtectionContext(registry::find, requireNonNull(policy), clock, prefix -> new MigrationId(
            "%s-%011x-%d".formatted(prefix, clock.millis(), numbers.incrementAndGet())));
        budget = new FlowQuota(() -> policy.get().protections().flows());
        protectionTargets = new ProtectionTargets(inventory);
        staleFlowCleaner = new StaleFlowCleaner(context, listener, protectionTargets::passes);
        registry.onReturn(host -> thread.execute(this::attend));
    }

    /** Begin to protect. */
    public void init() {
        thread.scheduleWithFixedDelay(this::attend, 0, TICK.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public synchronized Optional<FailoverSource> find(final StateHostId host, final FlowSelection selection) {
        final var vm = selection.vm();
        final Set<InetAddress> missing = new HashSet<>(vm.addresses());
        final var flows = new LinkedHashMap<FlowKey, Flow>();
        var oldest = Instant.MAX;
        var age = Duration.ZERO;
        HostProfile profile = null;
        for (var entry : entries.values()) {
            final var key = entry.checkpoint.key();
            final var copy = entry.checkpoint.copy();
            if (copy.isPresent() && key.host().equals(host) && key.vm().network().equals(vm.network())
                    && missing.removeAll(key.vm().addresses())) {
                final var one = copy.orElseThrow();
                one.mirror().flows().stream().filter(selection::contains)
                    .forEach(flow -> flows.put(flow.key(), flow));
                oldest = one.takenAt().isBefore(oldest) ? one.takenAt() : oldest;
                age = entry.checkpoint.age(one).compareTo(age) > 0 ? entry.checkpoint.age(one) : age;
                profile = one.profile();
            }
        }
        if (profile == null || !missing.isEmpty()) {
            return Optional.empty();
        }
        final var source = sourceOnly(profile);
        return Optional.of(new FailoverSource(source, new CheckpointAgent(source,
            List.copyOf(flows.values()), () -> staleFlowCleaner.add(host, selection)),
            new Restoration(host, oldest, age, flows.size())));
    }

    @Override
    public synchronized boolean isSilent(final StateHostId host) {
        return entries.values().stream().map(entry -> entry.checkpoint)
            .anyMatch(checkpoint -> checkpoint.key().host().equals(host) && checkpoint.isSilent());
    }

    @Override
    public void arrived(final StateHostId host, final VmIdentity vm) {
        staleFlowCleaner.arrived(host, vm);
    }

    @Override
    public void cleanUpDuring(final VmLocks turns) {
        staleFlowCleaner.during(turns);
    }

    @Override
    public synchronized void close() {
        thread.shutdownNow();
        entries.values().forEach(entry -> entry.checkpoint.stop());
        entries.clear();
    }

    private static HostProfile sourceOnly(final HostProfile profile) {
        return new HostProfile(profile.hostId(), profile.vendor(), profile.protocolVersions(), profile.functions(),
            Set.of(Role.SOURCE), profile.representations(), profile.flowProtocols(), profile.addresses(),
            profile.natPools(), false, profile.policyDigest(), profile.limits());
    }

    // A defect must not end the protection
    @SuppressWarnings("checkstyle:IllegalCatch")
    private void attend() {
        try {
            adjust(protectionTargets.find(context.policy().get().protections().entries()));
            staleFlowCleaner.attend();
        } catch (RuntimeException e) {
            LOG.error("Protection does not do all it should", e);
        }
    }

    private synchronized void adjust(final Map<CheckpointKey, ProtectionTargets.Target> wanted) {
        final var now = context.clock().instant();
        wanted.forEach((key, target) -> {
            final var entry = entries.computeIfAbsent(key, unknown -> begin(key, target, now));
            entry.vmName = target.vmName();
            entry.wantedAt = now;
            entry.checkpoint.every(target.interval());
        });
        for (var key : List.copyOf(entries.keySet())) {
            final var entry = entries.get(key);
            final var linger = entry.checkpoint.isOrphaned() ? ORPHAN_LINGER : LINGER;
            if (now.isAfter(entry.wantedAt.plus(linger))) {
                entry.checkpoint.stop();
                entries.remove(key);
                listener.checkpointForgotten(key);
            } else {
                show(entry);
            }
        }
    }

    private Entry begin(final CheckpointKey key, final ProtectionTargets.Target target, final Instant now) {
        LOG.info("The flows of {} are protected", key);
        final var checkpoint = new Checkpoint(key, target.interval(), context, budget, checkpointSlots);
        checkpoint.start();
        return new Entry(checkpoint, target.vmName(), now);
    }

    private void show(final Entry entry) {
        final var record = entry.checkpoint.show(entry.vmName);
        if (!record.equals(entry.shown)) {
            entry.shown = record;
            listener.checkpointChanged(record);
        }
    }
}
