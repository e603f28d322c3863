// SPDX-License-Identifier: EPL-1.0
/**
 * Traffic that notices when it suffers: programs that run inside the VMs ({@code TrafficServer}, {@code TrafficClient};
 * {@code TrafficProcess} starts them and asks them), and connections of this process itself.
 */
package org.opendaylight.statemigration.lab.traffic;
