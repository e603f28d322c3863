// SPDX-License-Identifier: EPL-1.0
/**
 * Creates, changes and assesses entries, finds out why the kernel refused one, and clears flags needed only at first.
 */
package org.opendaylight.statemigration.agent.backend.linux.write;
