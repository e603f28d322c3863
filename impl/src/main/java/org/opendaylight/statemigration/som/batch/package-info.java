/**
 * Batches: several virtual machines that move for one reason, such as an edge that is drained. Order and concurrency of
 * their migrations, and how far they are all together.
 */
package org.opendaylight.statemigration.som.batch;
