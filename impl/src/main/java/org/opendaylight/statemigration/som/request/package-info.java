// SPDX-License-Identifier: EPL-1.0
/**
 * Notifications from Topology Discovery Entities outside the controller (section 5 of the draft, IF(M,T) F1): which VM
 * they mean, and whether the same request was received before.
 */
package org.opendaylight.statemigration.som.request;
