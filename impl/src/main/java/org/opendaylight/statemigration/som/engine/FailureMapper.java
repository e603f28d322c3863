// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.engine;

import java.time.Duration;
import org.opendaylight.statemigration.host.StateHostId;
import org.opendaylight.statemigration.ifma.AgentException;
import org.opendaylight.statemigration.som.lifecycle.MigrationEvent;
import org.opendaylight.statemigration.som.lifecycle.Step;
import org.opendaylight.statemigration.som.model.Failure;
import org.opendaylight.statemigration.som.transfer.StepFailedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What it means that a step ended with an exception. The reason is that of the exception: who found the failure knows
 * it, the step does not tell it.
 */
final class FailureMapper {
    private static final Logger LOG = LoggerFactory.getLogger(FailureMapper.class);

    private FailureMapper() {
        // Hidden on purpose
    }

    static MigrationEvent.StepFailed of(final int leg, final Step step, final StateHostId host,
            final Throwable cause) {
        return switch (cause) {
            case StepFailedException refused -> new MigrationEvent.StepFailed(leg, step, refused.failure(), true);
            case AgentException told -> new MigrationEvent.StepFailed(leg, step,
                Failure.of(told, request(step, host)), told.kind() != AgentException.Kind.NO_ANSWER);
            default -> {
                LOG.error("Step {} at State Host {} failed in an unexpected way", step, host, cause);
                yield new MigrationEvent.StepFailed(leg, step,
                    new Failure.ControllerFailed(request(step, host)), false);
            }
        };
    }

    static Failure tooSlow(final Step step, final StateHostId host, final Duration limit) {
        return new Failure.TooSlow(request(step, host), limit);
    }

    private static AgentException.Request request(final Step step, final StateHostId host) {
        return new AgentException.Request(host, step.text());
    }
}
