// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.tde.watch;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.opendaylight.statemigration.flow.VirtualNetwork;
import org.opendaylight.statemigration.ifma.MigrationId;
import org.opendaylight.statemigration.ifmt.StateMigrationNotification;
import org.opendaylight.statemigration.tde.refusal.TopologyRefusal;
import org.opendaylight.statemigration.tde.relocation.Baseline;
import org.opendaylight.statemigration.tde.relocation.Decision;
import org.opendaylight.statemigration.tde.relocation.RelocationPlanner;
import org.opendaylight.statemigration.tde.topology.TopologySnapshot;
import org.opendaylight.statemigration.tde.topology.VirtualMachine;
import org.opendaylight.statemigration.time.Backoff;

/**
 * Moves that are planned, by VM. The legs are those that the VM would have if it alone were at its
 * planned edge now; if that changes before the move, it is announced anew. So is a plan that still stands where the
 * master rejected it, or its migration came to nothing; after ever longer pauses, and not for ever.
 */
final class PlannedMoves {
    /** How often a plan is announced at most. */
    static final int MAX_ATTEMPTS = 8;
    /** How long a plan is left alone after an announcement. */
    static final Backoff PAUSES = new Backoff(Duration.ofSeconds(10), Duration.ofMinutes(10));

    private final SortedMap<String, Announced> announced = new TreeMap<>();
    private final SortedMap<String, List<TopologyRefusal>> refused = new TreeMap<>();
    private final Map<String, Foreseen> foreseen = new HashMap<>();
    private final MasterClient masterClient;
    private TopologySnapshot looked;

    PlannedMoves(final MasterClient masterClient) {
        this.masterClient = requireNonNull(masterClient);
    }

    /** VMs that have moved to elsewhere than announced: call that off before their real move is notified. */
    void callOffStrays(final TopologySnapshot snapshot) {
        announced.entrySet().removeIf(entry -> {
            final var place = Optional.ofNullable(snapshot.vms().get(entry.getKey()))
                .flatMap(VirtualMachine::attachedTo);
            final var plan = entry.getValue();
            final boolean stray = !place.equals(Optional.of(plan.from())) && !place.equals(Optional.of(plan.to()));
            if (stray) {
                plan.migration().ifPresent(masterClient::callOff);
            }
            return stray;
        });
    }

    /**
     * Bring the announcements up to date.
     *
     * @param snapshot the topology, which shares with the one before what has not changed
     * @param notified VMs of which a move was just notified: what was announced for them has happened
     * @param now the time
     */
    void update(final TopologySnapshot snapshot, final Set<String> notified, final Instant now) {
        refused.clear();
        final var wanted = wanted(snapshot);
        announced.entrySet().removeIf(entry -> {
            final var plan = entry.getValue();
            final boolean stands = Optional.ofNullable(wanted.get(entry.getKey())).filter(plan::isFor).isPresent();
            if (!stands && !notified.contains(entry.getKey())) {
                plan.migration().ifPresent(masterClient::callOff);
            }
            return !stands;
        });
        final var fresh = new TreeMap<>(wanted);
        fresh.keySet().removeAll(announced.keySet());
        announce(fresh, now);
    }

    /** Announce again what still stands, and was in vain. */
    void again(final Instant now) {
        final var due = new TreeMap<String, Plan>();
        announced.forEach((name, known) -> {
            if (known.isOpen() && !now.isBefore(known.again())
                    && known.migration().map(masterClient::isLost).orElse(true)) {
                due.put(name, known.plan());
            }
        });
        announce(due, now);
    }

    /** {@return when to look whether something has to be announced again} */
    Optional<Instant> nextLook(final Instant now) {
        return announced.values().stream().filter(Announced::isOpen).map(Announced::again)
            .map(again -> again.isAfter(now) ? again : now.plus(PAUSES.initial())).min(Comparator.naturalOrder());
    }

    private void announce(final SortedMap<String, Plan> plans, final Instant now) {
        final var answers = masterClient.announce(plans.values().stream().map(Plan::notification).toList());
        int next = 0;
        for (var entry : plans.entrySet()) {
            final var before = announced.get(entry.getKey());
            final int attempts = before == null ? 1 : before.attempts() + 1;
            announced.put(entry.getKey(), new Announced(entry.getValue(), answers.get(next++), attempts,
                now.plus(PAUSES.after(attempts))));
        }
    }

    void callOffAll() {
        announced.values().forEach(plan -> plan.migration().ifPresent(masterClient::callOff));
        announced.clear();
    }

    /** {@return planned moves that could not be announced, and why} */
    List<TopologyRefusal> refused() {
        final var all = new ArrayList<TopologyRefusal>();
        refused.values().forEach(all::addAll);
        announced.forEach((name, plan) -> plan.answer().rejection()
            .ifPresent(rejection -> all.add(new TopologyRefusal.NotAnnounced(name, plan.to(), rejection))));
        return all;
    }

    private Map<String, Plan> wanted(final TopologySnapshot snapshot) {
        final var wanted = new TreeMap<String, Plan>();
        final var before = new HashMap<>(foreseen);
        if (looked == null || snapshot.fabric() != looked.fabric()) {
            before.clear();
        } else {
            final var changed = changedNetworks(looked, snapshot);
            before.values().removeIf(known -> changed.contains(known.vm().network()));
        }
        foreseen.clear();
        for (var vm : snapshot.vms().values()) {
            vm.plannedAttachment().filter(edge -> !vm.attachedTo().equals(Optional.of(edge)))
                .ifPresent(edge -> vm.attachedTo().ifPresent(from -> {
                    if (snapshot.fabric().edges().contains(edge)) {
                        final var known = before.get(vm.name());
                        final var next = known != null && known.vm().equals(vm) ? known
                            : foresee(snapshot, vm, from, edge);
                        foreseen.put(vm.name(), next);
                        next.plan().ifPresent(plan -> wanted.put(vm.name(), plan));
                        refused.put(vm.name(), next.refusals());
                    } else {
                        refused.put(vm.name(),
                            List.of(new TopologyRefusal.PlannedToNoEdge(vm.name(), edge)));
                    }
                }));
        }
        looked = snapshot;
        return wanted;
    }

    private static Set<Optional<VirtualNetwork>> changedNetworks(final TopologySnapshot before,
            final TopologySnapshot after) {
        final var changed = new HashSet<Optional<VirtualNetwork>>();
        Stream.of(before, after).flatMap(snapshot -> snapshot.vms().values().stream())
            .filter(vm -> !vm.isWhereItWas(before.vms().get(vm.name()))
                || !vm.isWhereItWas(after.vms().get(vm.name()))
                || before.isIncomplete(vm.network()) != after.isIncomplete(vm.network()))
            .forEach(vm -> changed.add(vm.network()));
        return changed;
    }

    private static Foreseen foresee(final TopologySnapshot snapshot, final VirtualMachine vm, final String from,
            final String to) {
        final var step = RelocationPlanner.find(Baseline.of(snapshot),
            snapshot.with(vm.attachedTo(Optional.of(to))));
        Optional<Plan> plan = Optional.empty();
        final var refusals = new ArrayList<TopologyRefusal>();
        for (var decision : step.decisions()) {
            switch (decision) {
                case Decision.Relocation relocation ->
                    plan = Optional.of(new Plan(from, to, relocation.notification()));
                case Decision.Refusal refusal -> refusals.add(
                    new TopologyRefusal.PlannedRefused(refusal.vmName(), to, refusal.refusal()));
            }
        }
        return new Foreseen(vm, plan, refusals);
    }

    /** What comes of a VM's plan. */
    private record Foreseen(VirtualMachine vm, Optional<Plan> plan, List<TopologyRefusal> refusals) {
    }

    /** A move that is planned. */
    private record Plan(String from, String to, StateMigrationNotification notification) {
    }

    /**
     * A move that was announced, or that the master rejected.
     *
     * @param plan the plan
     * @param answer what the master said last
     * @param attempts how often it was announced
     * @param again when it may be announced again
     */
    private record Announced(Plan plan, MasterClient.Answer answer, int attempts, Instant again) {
        boolean isOpen() {
            return attempts < MAX_ATTEMPTS;
        }

        boolean isFor(final Plan other) {
            return plan.equals(other);
        }

        String from() {
            return plan.from();
        }

        String to() {
            return plan.to();
        }

        Optional<MigrationId> migration() {
            return answer.migration();
        }
    }
}
