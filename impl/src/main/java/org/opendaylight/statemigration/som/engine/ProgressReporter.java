// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.engine;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.opendaylight.statemigration.ifma.HoldKind;
import org.opendaylight.statemigration.ifma.MigrationId;
import org.opendaylight.statemigration.ifmt.StateMigrationNotification;
import org.opendaylight.statemigration.som.lifecycle.MigrationState;
import org.opendaylight.statemigration.som.model.Failure;
import org.opendaylight.statemigration.som.model.MasterListener;
import org.opendaylight.statemigration.som.model.MigrationRecord;
import org.opendaylight.statemigration.som.model.MigrationRecord.Counts;
import org.opendaylight.statemigration.som.model.MigrationRecord.LegRecord;
import org.opendaylight.statemigration.som.model.MigrationRecord.PreCopy;
import org.opendaylight.statemigration.som.model.MigrationRecord.RefusedFlow;
import org.opendaylight.statemigration.som.model.MigrationRecord.Rounds;
import org.opendaylight.statemigration.som.model.Phase;
import org.opendaylight.statemigration.som.model.Restoration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is told of a migration: when it was in which phase, and how far it is. Used in the migration's mailbox only,
 * except for {@link #record()}.
 */
final class ProgressReporter {
    private static final Logger LOG = LoggerFactory.getLogger(ProgressReporter.class);

    /**
     * What is known of a leg beside its state.
     *
     * @param counts how many flows
     * @param hold how the destination holds packets
     * @param rounds what was done to keep a copy current
     * @param refusals flows that the destination does not take
     * @param restoration what is told of a checkpoint that took the place of a dead source
     */
    record LegFigures(Counts counts, Optional<HoldKind> hold, Optional<Rounds> rounds, List<RefusedFlow> refusals,
            Optional<Restoration> restoration) {
        static final LegFigures NONE = new LegFigures(Counts.NONE, Optional.empty(), Optional.empty(), List.of(),
            Optional.empty());
    }

    private static final class LegTimes {
        private final Map<Phase, Duration> timings = new EnumMap<>(Phase.class);
        private Phase phase = Phase.NOTIFIED;
        private Instant since;

        LegTimes(final Instant since) {
            this.since = since;
        }

        boolean enter(final Phase next, final Instant now) {
            if (next == phase) {
                return false;
            }
            timings.merge(phase, Duration.between(since, now), Duration::plus);
            phase = next;
            since = now;
            return true;
        }
    }

    private final MasterListener listener;
    private final InstantSource clock;
    private final Duration progressInterval;
    private final List<LegTimes> legTimes;
    private volatile MigrationRecord shown;
    private Instant toldAt;

    ProgressReporter(final MigrationId id, final StateMigrationNotification notification,
            final Optional<MigrationId> retryOf, final boolean announced, final MasterContext context) {
        listener = context.listener();
        clock = context.clock();
        progressInterval = context.timings().progress();
        toldAt = clock.instant();
        legTimes = notification.legs().stream().map(leg -> new LegTimes(toldAt)).toList();
        shown = new MigrationRecord(requireNonNull(id), notification, Phase.NOTIFIED, Optional.empty(), retryOf,
            toldAt, Optional.empty(), announced ? Optional.of(new PreCopy(toldAt, Optional.empty(), Optional.empty()))
                : Optional.empty(), notification.legs().stream()
                .map(leg -> new LegRecord(leg, Phase.NOTIFIED, Optional.empty(), Counts.NONE, Optional.empty(),
                    List.of(), Map.of(), Optional.empty()))
                .toList());
    }

    /** {@return what is shown at present; from any thread} */
    MigrationRecord record() {
        return shown;
    }

    /** Tell that there is a migration. */
    void begin() {
        listener.migrationChanged(shown);
        listener.phaseEntered(shown.id(), OptionalInt.empty(), Phase.NOTIFIED, toldAt, Optional.empty());
        listener.migrationNotified(shown);
        LOG.info("Migration {} of {}{}: {}", shown.id(), shown.notification().vm(),
            shown.isPreCopy() ? ", which is about to move" : "", shown.notification().legs());
    }

    /** Tell how far it is, if something has changed beside counts. */
    void update(final MigrationState state, final List<LegFigures> figures) {
        final var now = clock.instant();
        final var before = shown;
        final var entered = new ArrayList<Integer>();
        for (int leg = 0; leg < legTimes.size(); leg++) {
            if (legTimes.get(leg).enter(state.legs().get(leg).phase(), now)) {
                entered.add(leg);
            }
        }
        final var next = next(state, figures, now);
        if (entered.isEmpty() && next.phase() == before.phase() && next.failure().equals(before.failure())
                && next.preCopy().equals(before.preCopy())) {
            return;
        }
        tell(next, now);
        if (before.isPreCopy() && !next.isPreCopy()) {
            LOG.info("What was announced as migration {} has happened", next.id());
            listener.migrationNotified(next);
        }
        for (int leg : entered) {
            final var entry = next.legs().get(leg);
            listener.phaseEntered(next.id(), OptionalInt.of(leg + 1), entry.phase(), now, entry.failure());
        }
        if (next.phase() != before.phase()) {
            listener.phaseEntered(next.id(), OptionalInt.empty(), next.phase(), now, next.failure());
            LOG.info("Migration {} is {} {}", next.id(), next.phase(), next.failure().map(Failure::detail).orElse(""));
        }
    }

    /** Tell the counts, if that was not done lately. */
    void progressed(final MigrationState state, final List<LegFigures> figures) {
        final var now = clock.instant();
        if (!state.phase().isFinal() && !now.isBefore(toldAt.plus(progressInterval))) {
            tell(next(state, figures, now), now);
        }
    }

    private void tell(final MigrationRecord next, final Instant now) {
        shown = next;
        toldAt = now;
        listener.migrationChanged(next);
    }

    private MigrationRecord next(final MigrationState state, final List<LegFigures> figures, final Instant now) {
        final var legs = new ArrayList<LegRecord>();
        for (int leg = 0; leg < legTimes.size(); leg++) {
            final var current = state.legs().get(leg);
            legs.add(new LegRecord(shown.notification().legs().get(leg), current.phase(), figures.get(leg).hold(),
                figures.get(leg).counts(), figures.get(leg).rounds(), figures.get(leg).refusals(),
                legTimes.get(leg).timings, current.currentFailure(), figures.get(leg).restoration()));
        }
        final var phase = state.phase();
        return new MigrationRecord(shown.id(), shown.notification(), phase, state.currentFailure(), shown.retryOf(),
            shown.notifiedAt(), phase.isFinal() ? shown.endedAt().or(() -> Optional.of(now)) : Optional.empty(),
            shown.preCopy().map(before -> preCopy(before, state, now)), legs);
    }

    private static PreCopy preCopy(final PreCopy before, final MigrationState state, final Instant now) {
        if (state.preCopy() || state.failure().isPresent()) {
            return before;
        }
        return state.isDecided() ? before.switchedOver(now).committed(now) : before.switchedOver(now);
    }
}
