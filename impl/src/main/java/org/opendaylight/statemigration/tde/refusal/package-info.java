// SPDX-License-Identifier: EPL-1.0
/**
 * Why a change of topology is not acted upon, as data: each record is one reason, and its components name the nodes,
 * links, VMs and State Hosts that it is about. {@code RefusalText} makes the sentences of it, once, for operators.
 * Pure.
 */
package org.opendaylight.statemigration.tde.refusal;
