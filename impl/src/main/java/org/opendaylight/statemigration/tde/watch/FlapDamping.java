// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.tde.watch;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.opendaylight.statemigration.som.policy.Damping;

/**
 * Finds out which links change too often to be believed (RFC 2439, section 4.2). Each change costs a penalty, which
 * decays with time. Above one threshold the link is suppressed, below another one it counts again. The penalty has a
 * ceiling, so that a link which has become stable is ignored no longer than policy says.
 *
 * <p>Time comes from outside, and must not run backwards; where it does, no time has passed.
 */
final class FlapDamping {
    /** Below this a penalty says nothing any more. */
    private static final double FORGOTTEN = 1.0;

    private final Map<String, Penalty> penalties = new HashMap<>();
    private final Supplier<Damping> parameters;

    FlapDamping(final Supplier<Damping> parameters) {
        this.parameters = requireNonNull(parameters);
    }

    /**
     * A link has changed.
     *
     * @param linkId which one
     * @param cost the penalty
     * @param now when
     */
    void changed(final String linkId, final int cost, final Instant now) {
        final var rules = parameters.get();
        if (rules.enabled()) {
            final double before = penalties.getOrDefault(linkId, new Penalty(0, now, false)).at(now, rules);
            final double after = Math.min(before + cost, rules.ceiling());
            penalties.put(linkId, new Penalty(after, now,
                isSuppressed(linkId, now) || after >= rules.suppress()));
        }
    }

    /** {@return ids of links that are suppressed, and until when if they do not change again} */
    SortedMap<String, Instant> suppressed(final Instant now) {
        final var rules = parameters.get();
        final var suppressed = new TreeMap<String, Instant>();
        if (!rules.enabled()) {
            penalties.clear();
        }
        penalties.entrySet().removeIf(entry -> entry.getValue().at(now, rules) < FORGOTTEN);
        penalties.replaceAll((linkId, penalty) -> {
            final boolean holds = penalty.suppressed() && penalty.at(now, rules) >= rules.reuse();
            if (holds) {
                suppressed.put(linkId, penalty.reuse(rules));
            }
            return holds == penalty.suppressed() ? penalty : new Penalty(penalty.at(now, rules), now, false);
        });
        return suppressed;
    }

    private boolean isSuppressed(final String linkId, final Instant now) {
        return Optional.ofNullable(penalties.get(linkId))
            .filter(penalty -> penalty.suppressed() && penalty.at(now, parameters.get()) >= parameters.get().reuse())
            .isPresent();
    }

    private record Penalty(double value, Instant since, boolean suppressed) {
        double at(final Instant now, final Damping rules) {
            final double passed = Math.max(0, Duration.between(since, now).toMillis());
            return value * Math.pow(2, -passed / rules.halfLife().toMillis());
        }

        Instant reuse(final Damping rules) {
            final double halfLives = Math.log(value / rules.reuse()) / Math.log(2);
            // One more, because then the penalty must have fallen below
            return since.plusMillis((long) (halfLives * rules.halfLife().toMillis()) + 1);
        }
    }
}
