package org.opendaylight.statemigration.som;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.opendaylight.statemigration.ifma.HoldKind;
import org.opendaylight.statemigration.ifma.MigrationId;
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
 * @param legs one per leg of the notification, in its order; the leg number is the position, beginning with 1
 */
public record MigrationRecord(MigrationId id, StateMigrationNotification notification, Phase phase,
        Optional<Failure> failure, Optional<MigrationId> retryOf, Instant notifiedAt, Optional<Instant> endedAt,
        List<LegRecord> legs) {
    public MigrationRecord {
        requireNonNull(id);
        requireNonNull(notification);
        requireNonNull(phase);
        requireNonNull(failure);
        requireNonNull(retryOf);
        requireNonNull(notifiedAt);
        requireNonNull(endedAt);
        legs = List.copyOf(legs);
    }

    /**
     * What the master shows of a leg.
     *
     * @param leg between which State Hosts
     * @param phase its phase
     * @param hold how the destination held packets
     * @param counts how many flows
     * @param timings how long it was in each phase it has left
     * @param failure why it did not complete
     */
    public record LegRecord(StateMigrationNotification.Leg leg, Phase phase, Optional<HoldKind> hold, Counts counts,
            Map<Phase, Duration> timings, Optional<Failure> failure) {
        public LegRecord {
            requireNonNull(leg);
            requireNonNull(phase);
            requireNonNull(hold);
            requireNonNull(counts);
            timings = Map.copyOf(timings);
            requireNonNull(failure);
        }
    }

    /**
     * How many flows of a leg.
     *
     * @param total that the source has to hand over
     * @param uploaded that came from the source
     * @param accepted that the destination created
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
}
