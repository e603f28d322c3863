// SPDX-License-Identifier: EPL-1.0
/**
 * State Hosts and VMs (section 4 of the draft): who they are and what they can do.
 */
package org.opendaylight.statemigration.host;
