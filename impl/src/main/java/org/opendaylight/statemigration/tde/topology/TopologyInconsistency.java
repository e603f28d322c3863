// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.tde.topology;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * Something in a topology that cannot be so. It concerns flows of that VM, or flows that pass that node, and no
 * others.
 *
 * @param vmName the VM that it is about, if it is about one
 * @param sentence what is wrong, for an operator
 */
public record TopologyInconsistency(Optional<String> vmName, String sentence) {
    public TopologyInconsistency {
        requireNonNull(vmName);
        requireNonNull(sentence);
    }
}
