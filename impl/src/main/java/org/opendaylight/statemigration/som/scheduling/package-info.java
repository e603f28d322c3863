// SPDX-License-Identifier: EPL-1.0
/**
 * When migrations begin: the queue, the slots of policy and of State Hosts, and one migration of a VM at a time. Pure:
 * no clock, no thread.
 */
package org.opendaylight.statemigration.som.scheduling;
