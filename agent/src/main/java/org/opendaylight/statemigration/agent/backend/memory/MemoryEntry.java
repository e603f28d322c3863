// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.backend.memory;

import java.time.Instant;
import org.opendaylight.statemigration.flow.Flow;
import org.opendaylight.statemigration.flow.FlowKey;

/** An entry, with its flow as it was when it was written, and whether packets have changed it since. */
record MemoryEntry(Flow flow, long identity, Instant expires, boolean passed) {
    FlowKey key() {
        return flow.key();
    }
}
