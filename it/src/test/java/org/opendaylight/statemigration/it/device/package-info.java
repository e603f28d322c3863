// SPDX-License-Identifier: EPL-1.0
/**
 * A State Host of another make: served by OpenDaylight's NETCONF test tool, written against the YANG modules and
 * docs/device.md alone. Nothing of the agent is in it.
 */
package org.opendaylight.statemigration.it.device;
