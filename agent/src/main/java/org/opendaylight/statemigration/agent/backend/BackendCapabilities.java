// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.backend;

import java.util.Optional;
import java.util.Set;

/**
 * What a State Host can do, as found out at start.
 *
 * @param vendor who made it and what it is
 * @param flowProtocols IP protocol numbers whose state it can export and restore
 * @param policyDigest lower case hexadecimal SHA-256 over its local policy, if it can tell
 */
public record BackendCapabilities(String vendor, Set<Integer> flowProtocols, Optional<String> policyDigest) {
    public BackendCapabilities {
        flowProtocols = Set.copyOf(flowProtocols);
    }
}
