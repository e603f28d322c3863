// SPDX-License-Identifier: EPL-1.0
/**
 * Waiting for events, so that no test depends on how fast or how busy a machine is.
 */
package org.opendaylight.statemigration.lab.time;
