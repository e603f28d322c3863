// SPDX-License-Identifier: EPL-1.0
/**
 * Topologies as values: the snapshot of one, what is inconsistent in it, and the inventory of its VMs. Pure.
 */
package org.opendaylight.statemigration.tde.topology;
