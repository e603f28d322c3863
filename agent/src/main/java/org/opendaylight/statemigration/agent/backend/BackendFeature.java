// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.backend;

/**
 * What a back end may or may not be able to do. A back end declares what it can; the agent asks it for nothing else and
 * tells the controller so, and the contract suite expects a refusal of everything that is not declared.
 */
public enum BackendFeature {
    /** It reports changes of entries: {@link StateTable#follow}. Without it, the State Host cannot pre-copy flows. */
    CHANGES,
    /** It holds packets: {@link StateTable#hold}. Without it, packets may create entries before their flows arrive. */
    HOLD,
    /** It restores translations of addresses and ports. Without it, translated flows are refused. */
    TRANSLATION,
    /** It restores helpers, masters and expectations. Without it, flows that have any are refused. */
    HELPERS,
    /** It keeps flows of virtual networks apart. Without it, only flows of no virtual network are accepted. */
    VIRTUAL_NETWORKS
}
