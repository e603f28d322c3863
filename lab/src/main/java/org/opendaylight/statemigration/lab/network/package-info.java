// SPDX-License-Identifier: EPL-1.0
/**
 * Networks out of namespaces: Figure 1 of the draft, chains of State Hosts, pairs of firewalls. The firewalls are the
 * kernel's own.
 */
package org.opendaylight.statemigration.lab.network;
