// SPDX-License-Identifier: EPL-1.0
/**
 * Calls of the operating system that Java does not offer.
 */
package org.opendaylight.statemigration.lab.kernel;
