// SPDX-License-Identifier: EPL-1.0
/**
 * IF(M,A) over NETCONF: the master's end. {@link org.opendaylight.statemigration.netconf.StateHostMounts} finds the
 * State Hosts among the controller's NETCONF devices,
 * {@link org.opendaylight.statemigration.netconf.MountedAgent} calls them.
 */
package org.opendaylight.statemigration.netconf;
