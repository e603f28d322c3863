// SPDX-License-Identifier: EPL-1.0
/**
 * What the kernel keeps of flows, read without any code of the product, and what must be true of it after a
 * migration.
 */
package org.opendaylight.statemigration.lab.judge;
