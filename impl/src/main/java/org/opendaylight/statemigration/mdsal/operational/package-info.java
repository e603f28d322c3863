// SPDX-License-Identifier: EPL-1.0
/**
 * What the State Orchestration Master shows in the operational datastore, and its YANG notifications.
 */
package org.opendaylight.statemigration.mdsal.operational;
