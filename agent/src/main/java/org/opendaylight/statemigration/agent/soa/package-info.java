// SPDX-License-Identifier: EPL-1.0
/**
 * The core of the State Orchestration Agent: what every method of
 * {@link org.opendaylight.statemigration.ifma.StateOrchestrationAgent} does at a State Host, over any
 * {@link org.opendaylight.statemigration.agent.backend.StateTable}. {@link
 * org.opendaylight.statemigration.agent.soa.LocalAgent} is the entry point. Nothing here depends on NETCONF.
 *
 * <p>Calls of one migration are executed one after the other, calls of different migrations in parallel. Package
 * {@code stage} says which call may follow which; {@code SourceSession} and {@code DestinationSession} execute them.
 *
 * <p>Lock order: the lock of a {@code LocalMigration}, then the monitor of {@code OpenMigrationQuota} or of
 * {@code MemoryMigrationStatuses}, then the locks of the back end. No thread takes the locks of two migrations.
 */
package org.opendaylight.statemigration.agent.soa;
