// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.transfer;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * How the flows of a leg are handed over.
 *
 * @param preCopy whether they are copied before the VM moves, and the copy is kept current
 * @param interval how often it is asked what has changed
 * @param partial whether flows that cannot be handed over may stay behind
 */
public record TransferOptions(boolean preCopy, Duration interval, boolean partial) {
    public TransferOptions {
        requireNonNull(interval);
    }
}
