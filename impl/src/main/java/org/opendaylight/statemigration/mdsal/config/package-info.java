// SPDX-License-Identifier: EPL-1.0
/**
 * Policy: what operators write to the configuration datastore, and what of it is in force.
 */
package org.opendaylight.statemigration.mdsal.config;
