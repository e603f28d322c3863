// SPDX-License-Identifier: EPL-1.0
/**
 * State Hosts: which are there, what they say they are, and what policy lets them do (IF(M,A) F1 and F2, section 5 of
 * the draft).
 */
package org.opendaylight.statemigration.som.registry;
