// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.lifecycle;

import static java.util.Objects.requireNonNull;

/**
 * Do a step. Whatever was being done for the leg at that side is to be given up first.
 *
 * @param leg position of the leg, beginning with 0
 * @param step what to do
 * @param attempt how often it has been tried with this one, beginning with 1
 */
public record Command(int leg, Step step, int attempt) {
    public Command {
        requireNonNull(step);
    }
}
