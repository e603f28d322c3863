// SPDX-License-Identifier: EPL-1.0
/**
 * The graph of a topology: network virtualization edges, State Hosts, devices and links, and the routes between edges.
 * Pure functions of one topology.
 */
package org.opendaylight.statemigration.tde.fabric;
