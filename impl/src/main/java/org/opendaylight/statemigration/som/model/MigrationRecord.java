// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.model;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.opendaylight.statemigration.flow.FlowKey;
import org.opendaylight.statemigration.ifma.HoldKind;
import org.opendaylight.statemigration.ifma.MigrationId;
import org.opendaylight.statemigration.ifma.RefusalReason;
import org.opendaylight.statemigration.ifmt.StateMigrationNotification;

/**
 * What the master shows of a migration; YANG list {@code migration} says what each means.
 *
 * @param id identity
 * @param notification what started it
 * @param phase phase of the whole
 * @param failure why it did not complete
 * @param retryOf the failed migration that this one tries again
 * @param notifiedAt when it became known
 * @param endedAt when it reached a final phase
 * @param preCopy if it was announced: when, and what became of that
 * @param legs one per leg of the notification, in its order; the leg number is the position, beginning with 1
 */
public record MigrationRecord(MigrationId id, StateMigrationNotification notification, Phase phase,
        Optional<Failure> failure, Optional<MigrationId> retryOf, Instant notifiedAt, Optional<Instant> endedAt,
        Optional<PreCopy> preCopy, List<LegRecord> legs) {
    public MigrationRecord {
        requireNonNull(id);
        requireNonNull(notification);
        requireNonNull(phase);
        requireNonNull(failure);
        requireNonNull(retryOf);
        requireNonNull(notifiedAt);
        requireNonNull(endedAt);
        requireNonNull(preCopy);
        legs = List.copyOf(legs);
    }

    /** {@return whether it is about a VM that has yet to move} */
    public boolean isPreCopy() {
        return preCopy.filter(plan -> plan.switchedOverAt().isEmpty()).isPresent();
    }

    /** {@return whether some flows were left behind, as policy permits} */
    public boolean isPartial() {
        return phase == Phase.COMPLETED && legs.stream().map(LegRecord::counts)
            .anyMatch(counts -> counts.refused() > 0 || counts.omitted() > 0);
    }

    /**
     * An announced move.
     *
     * @param announcedAt when it was announced
     * @param switchedOverAt when the VM was notified to have moved
     * @param switchover how long it took from then until every destination had committed
     */
    public record PreCopy(Instant announcedAt, Optional<Instant> switchedOverAt, Optional<Duration> switchover) {
        public PreCopy {
            requireNonNull(announcedAt);
            requireNonNull(switchedOverAt);
            requireNonNull(switchover);
        }

        public PreCopy switchedOver(final Instant now) {
            return switchedOverAt.isPresent() ? this : new PreCopy(announcedAt, Optional.of(now), Optional.empty());
        }

        public PreCopy committed(final Instant now) {
            return switchover.isPresent() ? this
                : new PreCopy(announcedAt, switchedOverAt, switchedOverAt.map(at -> Duration.between(at, now)));
        }
    }

    /**
     * What the master shows of a leg.
     *
     * @param leg between which State Hosts
     * @param phase its phase
     * @param hold how the destination held packets
     * @param counts how many flows
     * @param rounds what was done to keep a copy current; empty where none is made before the VM moves
     * @param refusals the first of the flows that the destination did not take
     * @param timings how long it was in each phase it has left
     * @param failure why it did not complete
     * @param restoration what is told of a checkpoint that took the place of a dead source
     */
    public record LegRecord(StateMigrationNotification.Leg leg, Phase phase, Optional<HoldKind> hold, Counts counts,
            Optional<Rounds> rounds, List<RefusedFlow> refusals, Map<Phase, Duration> timings,
            Optional<Failure> failure, Optional<Restoration> restoration) {
        public LegRecord {
            requireNonNull(leg);
            requireNonNull(phase);
            requireNonNull(hold);
            requireNonNull(counts);
            requireNonNull(rounds);
            refusals = List.copyOf(refusals);
            timings = Map.copyOf(timings);
            requireNonNull(failure);
            requireNonNull(restoration);
        }

        public LegRecord(final StateMigrationNotification.Leg leg, final Phase phase, final Optional<HoldKind> hold,
                final Counts counts, final Optional<Rounds> rounds, final List<RefusedFlow> refusals,
                final Map<Phase, Duration> timings, final Optional<Failure> failure) {
            this(leg, phase, hold, counts, rounds, refusals, timings, failure, Optional.empty());
        }
    }

    /**
     * How many flows of a leg.
     *
     * @param total that the source has to hand over
     * @param uploaded that came from the source
     * @param accepted that the destination has created, those that have ended not counted
     * @param refused that the destination did not take
     * @param omitted entries that the source could not hand over
     * @param verified that were read back at the destination and found right
     * @param released deleted at the source
     * @param gone ended by themselves at the source before the release
     * @param chunks chunks transferred
     */
    public record Counts(int total, int uploaded, int accepted, int refused, int omitted, int verified, int released,
            int gone, int chunks) {
        /** None yet. */
        public static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0, 0, 0, 0);
    }

    /**
     * What was done to keep a copy current.
     *
     * @param count how often the source was asked what has changed
     * @param updated flows that were new or had changed
     * @param ended flows that had ended
     */
    public record Rounds(int count, int updated, int ended) {
        /** None yet. */
        public static final Rounds NONE = new Rounds(0, 0, 0);
    }

    /**
     * A flow that the destination did not take.
     *
     * @param key the flow
     * @param reason why, for programs
     * @param detail why, for people
     */
    public record RefusedFlow(FlowKey key, RefusalReason reason, String detail) {
        /** How many are shown of a leg. */
        public static final int MAX_SHOWN = 100;

        public RefusedFlow {
            requireNonNull(key);
            requireNonNull(reason);
            requireNonNull(detail);
        }
    }
}
