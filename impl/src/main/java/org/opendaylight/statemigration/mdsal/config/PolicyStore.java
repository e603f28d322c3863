// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.mdsal.config;

import static java.util.Objects.requireNonNull;

import java.util.function.Supplier;
import org.opendaylight.statemigration.som.policy.Policy;

/**
 * The policy in force: always the newest, read without waiting. Until one has been read nobody is authorized.
 */
public final class PolicyStore implements Supplier<Policy> {
    private volatile Policy current = Policy.DEFAULT;

    @Override
    public Policy get() {
        return current;
    }

    void replace(final Policy policy) {
        current = requireNonNull(policy);
    }
}
