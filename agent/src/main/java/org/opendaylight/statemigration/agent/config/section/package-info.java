// SPDX-License-Identifier: EPL-1.0
/**
 * Sections of the configuration file, as the agent and each back end read them. It knows no key. A key that nobody has
 * read is reported to the operator as unknown.
 */
package org.opendaylight.statemigration.agent.config.section;
