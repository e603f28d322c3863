// SPDX-License-Identifier: EPL-1.0
/**
 * Which flows pass other State Hosts than before, and what has to move therefore: a pure function of what was and what
 * is. {@link org.opendaylight.statemigration.tde.relocation.RelocationPlanner} is the way in.
 */
package org.opendaylight.statemigration.tde.relocation;
