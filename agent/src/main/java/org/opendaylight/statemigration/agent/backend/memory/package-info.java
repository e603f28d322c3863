// SPDX-License-Identifier: EPL-1.0
/**
 * A State Host that keeps its table in memory: for hosts without root, for demonstrations and for tests. It behaves
 * as a real one does (collisions, time-outs, a full table, holds), but no packet passes through it.
 */
package org.opendaylight.statemigration.agent.backend.memory;
