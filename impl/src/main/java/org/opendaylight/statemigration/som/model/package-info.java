// SPDX-License-Identifier: EPL-1.0
/**
 * What the State Orchestration Master shows of State Hosts, migrations, batches and checkpoints: immutable records, and
 * {@link org.opendaylight.statemigration.som.model.MasterListener}, which is told of each change of them.
 */
package org.opendaylight.statemigration.som.model;
