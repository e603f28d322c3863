// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.tde.watch;

import java.time.Instant;
import java.util.List;
import org.opendaylight.statemigration.tde.refusal.TopologyRefusal;

/**
 * Learns which changes of topology could not be acted upon. Is called on the watcher's timer and must not block.
 */
public interface TopologyStatusListener {
    /** Stands for the VM where a refusal is about the topology as such. */
    String NO_VM = "-";

    /**
     * A change was not acted upon, or only in part. Takes the place of an earlier one for the same VM.
     *
     * @param topologyId the topology
     * @param vmName the VM, or {@link #NO_VM}
     * @param refusals why, at least one
     * @param at when
     */
    void refused(String topologyId, String vmName, List<TopologyRefusal> refusals, Instant at);

    /**
     * The topology is clear for that VM, or the VM is gone.
     *
     * @param topologyId the topology
     * @param vmName the VM, or {@link #NO_VM}
     */
    void cleared(String topologyId, String vmName);

    /**
     * A link changes too often to be believed, and counts as down.
     *
     * @param topologyId the topology
     * @param linkId id of the link
     * @param until when it counts again, unless it changes before that
     */
    void suppressed(String topologyId, String linkId, Instant until);

    /**
     * A link counts again.
     *
     * @param topologyId the topology
     * @param linkId id of the link
     */
    void released(String topologyId, String linkId);
}
