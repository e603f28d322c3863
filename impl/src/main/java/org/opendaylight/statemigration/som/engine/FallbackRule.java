// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.engine;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.function.BiFunction;
import org.opendaylight.statemigration.host.StateHostId;
import org.opendaylight.statemigration.ifma.FailureReason;
import org.opendaylight.statemigration.ifma.FlowSelection;
import org.opendaylight.statemigration.som.model.MigrationRecord;
import org.opendaylight.statemigration.som.protection.FailoverSource;

/** Tells whether the flows of a VM whose migration failed can follow it in another way. */
final class FallbackRule {
    private final BiFunction<StateHostId, FlowSelection, Optional<FailoverSource>> failoverSources;

    /**
     * Second chances.
     *
     * @param failoverSources what takes the place of a source that is dead, if anything
     */
    FallbackRule(final BiFunction<StateHostId, FlowSelection, Optional<FailoverSource>> failoverSources) {
        this.failoverSources = requireNonNull(failoverSources);
    }

    /** {@return the other way, in words; empty if there is none, or the VM has not moved yet} */
    Optional<String> of(final MigrationRecord failed) {
        if (failed.isPreCopy()) {
            return Optional.empty();
        } else if (failed.preCopy().isPresent() && !isRefused(failed)) {
            return Optional.of("without its pre-copy");
        } else if (isRestorable(failed)) {
            return Optional.of("from the last checkpoint");
        }
        return Optional.empty();
    }

    /** What the destination refuses it refuses again. */
    private static boolean isRefused(final MigrationRecord record) {
        return record.failure().filter(failure -> failure.reason() == FailureReason.FLOWS_REFUSED).isPresent();
    }

    /** Its source may have died under it, and have left a checkpoint. */
    private boolean isRestorable(final MigrationRecord record) {
        final var notification = record.notification();
        return record.legs().stream().noneMatch(leg -> leg.restoration().isPresent())
            && notification.legs().stream().anyMatch(leg -> failoverSources.apply(leg.source(),
                new FlowSelection(notification.vm(), leg.peers())).isPresent());
    }
}
