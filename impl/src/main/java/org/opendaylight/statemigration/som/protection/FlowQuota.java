// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.protection;

import static java.util.Objects.requireNonNull;

import java.util.function.IntSupplier;

/** How many flows all checkpoints together may have. Its monitor is an innermost lock. */
final class FlowQuota {
    private final IntSupplier limit;
    private long taken;

    FlowQuota(final IntSupplier limit) {
        this.limit = requireNonNull(limit);
    }

    /**
     * Take more or fewer than before.
     *
     * @param before what the caller has
     * @param now what it wants to have
     * @return whether it has it; if not, it has what it had
     */
    synchronized boolean change(final int before, final int now) {
        if (now > before && taken - before + now > limit.getAsInt()) {
            return false;
        }
        taken += now - before;
        return true;
    }
}
