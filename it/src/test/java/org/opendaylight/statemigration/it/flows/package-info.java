// SPDX-License-Identifier: EPL-1.0
/** Whatever a firewall keeps of a VM, moved through the controller with real packets. */
package org.opendaylight.statemigration.it.flows;
