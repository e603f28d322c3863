// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.model;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;
import org.opendaylight.statemigration.ifma.MigrationId;
import org.opendaylight.statemigration.ifmt.Rejection;

/**
 * What the master shows of a batch; YANG list {@code batch} says what each means.
 *
 * @param id identity
 * @param cause why these VMs move
 * @param announced whether they were about to move, instead of having moved
 * @param concurrency how many may be under way, or be copied for the first time, at one time; empty for what policy
 *     permits
 * @param startedAt when it was submitted
 * @param endedAt when the last migration ended
 * @param members one for each VM, in the order in which they begin
 */
public record BatchRecord(BatchId id, String cause, boolean announced, OptionalInt concurrency, Instant startedAt,
        Optional<Instant> endedAt, List<Member> members) {
    public BatchRecord {
        requireNonNull(id);
        requireNonNull(cause);
        requireNonNull(concurrency);
        requireNonNull(startedAt);
        requireNonNull(endedAt);
        members = List.copyOf(members);
    }

    /** What became of one VM of the batch. */
    public sealed interface Member {
        /** {@return the VM, for people} */
        String vm();
    }

    /**
     * It has a migration.
     *
     * @param vm the VM
     * @param migration the migration
     * @param phase how far it is
     */
    public record Migrating(String vm, MigrationId migration, Phase phase) implements Member {
        public Migrating {
            requireNonNull(vm);
            requireNonNull(migration);
            requireNonNull(phase);
        }
    }

    /**
     * It has none.
     *
     * @param vm the VM
     * @param why what the master has against it
     */
    public record Rejected(String vm, Rejection why) implements Member {
        public Rejected {
            requireNonNull(vm);
            requireNonNull(why);
        }
    }

    /**
     * Count migrations.
     *
     * @param phases which phases
     * @return how many members have a migration in one of them
     */
    public int count(final Predicate<Phase> phases) {
        return (int) members.stream()
            .filter(member -> member instanceof Migrating migrating && phases.test(migrating.phase()))
            .count();
    }

    /** {@return members without a migration} */
    public int rejected() {
        return (int) members.stream().filter(Rejected.class::isInstance).count();
    }

    public boolean isOver() {
        return count(phase -> !phase.isFinal()) == 0;
    }
}
