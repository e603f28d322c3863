// SPDX-License-Identifier: EPL-1.0
/**
 * Batches: several VMs that move for one reason, such as an edge that is drained. Order and concurrency of their
 * migrations, and the progress of all together.
 */
package org.opendaylight.statemigration.som.batch;
