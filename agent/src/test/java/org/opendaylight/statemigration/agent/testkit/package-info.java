// SPDX-License-Identifier: EPL-1.0
/**
 * For tests that need an agent: {@link org.opendaylight.statemigration.agent.soa.LocalAgent} over a table in memory,
 * whose State Host fails when it is told to, and whose time passes when it is told to.
 */
package org.opendaylight.statemigration.agent.testkit;
