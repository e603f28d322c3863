// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.lifecycle;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * What an event leads to.
 *
 * @param state the new state
 * @param commands what to do now, in this order
 */
public record Transition(MigrationState state, List<Command> commands) {
    public Transition {
        requireNonNull(state);
        commands = List.copyOf(commands);
    }
}
