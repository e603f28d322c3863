// SPDX-License-Identifier: EPL-1.0
/**
 * The configuration file of the daemon, in HOCON, to typed records. Whatever is wrong with the file ends in one {@link
 * org.opendaylight.statemigration.agent.config.section.ConfigurationException} with the file, the line, the key and a
 * sentence.
 */
package org.opendaylight.statemigration.agent.config;
