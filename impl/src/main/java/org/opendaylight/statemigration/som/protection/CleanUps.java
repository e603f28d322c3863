package org.opendaylight.statemigration.som.protection;

import static java.util.Objects.requireNonNull;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.opendaylight.statemigration.ifma.AgentException;
import org.opendaylight.statemigration.ifma.FlowSelection;
import org.opendaylight.statemigration.som.MasterObserver;
import org.opendaylight.statemigration.som.registry.RegisteredHost;
import org.opendaylight.statemigration.som.transfer.Bounds;
import org.opendaylight.statemigration.som.transfer.Eraser;
import org.opendaylight.statemigration.som.transfer.StepFailedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What State Hosts that were dead have to delete when they come back: flows that were restored elsewhere, which would
 * be pinholes there. Tried again until done, or until the machine's flows pass the host again.
 */
final class CleanUps {
    private static final Logger LOG = LoggerFactory.getLogger(CleanUps.class);

    private final Map<CheckpointKey, CleanUpRecord> pending = new LinkedHashMap<>();
    private final Set<CheckpointKey> underWay = new HashSet<>();
    private final Shelter around;
    private final MasterObserver observer;
    private final Predicate<CheckpointKey> passesAgain;

    /**
     * No clean-ups yet.
     *
     * @param around what clean-ups need
     * @param observer sees them
     * @param passesAgain whether flows of a machine pass a State Host now
     */
    CleanUps(final Shelter around, final MasterObserver observer, final Predicate<CheckpointKey> passesAgain) {
        this.around = requireNonNull(around);
        this.observer = requireNonNull(observer);
        this.passesAgain = requireNonNull(passesAgain);
    }

    synchronized void add(final CheckpointKey key) {
        show(new CleanUpRecord(key, around.clock().instant(), "Waits until State Host " + key.host() + " is back"));
    }

    /** Do what can be done now. */
    void attend() {
        for (var one : list()) {
            around.connected(one.key().host()).ifPresent(host -> begin(one, host));
        }
    }

    private synchronized List<CleanUpRecord> list() {
        return List.copyOf(pending.values());
    }

    private synchronized void begin(final CleanUpRecord one, final RegisteredHost host) {
        if (passesAgain.test(one.key())) {
            LOG.info("Nothing is deleted of {}: its flows pass there again", one.key());
            done(one.key());
        } else if (underWay.add(one.key())) {
            Thread.ofPlatform().daemon().name("clean-up-of-" + one.key()).start(() -> erase(one, host));
        }
    }

    private void erase(final CleanUpRecord one, final RegisteredHost host) {
        final var key = one.key();
        final var profile = host.state().profile().orElseThrow();
        try {
            final int erased = new Eraser(around.newId().apply("x"), FlowSelection.of(key.vm()), key.host(),
                Bounds.of(around.policy().get(), profile, profile)).erase(host.agent().orElseThrow());
            LOG.info("{} flows of {} were deleted, which had been restored elsewhere", erased, key);
            done(key);
        } catch (AgentException | StepFailedException e) {
            LOG.warn("Flows of {} were restored elsewhere and are still to be deleted: {}", key, e.getMessage());
            failed(new CleanUpRecord(key, one.since(), "Tried again soon: " + e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void failed(final CleanUpRecord record) {
        underWay.remove(record.key());
        if (pending.containsKey(record.key())) {
            show(record);
        }
    }

    private synchronized void done(final CheckpointKey key) {
        underWay.remove(key);
        if (pending.remove(key) != null) {
            observer.cleanUpDone(key);
        }
    }

    private void show(final CleanUpRecord record) {
        pending.put(record.key(), record);
        observer.cleanUpChanged(record);
    }
}
