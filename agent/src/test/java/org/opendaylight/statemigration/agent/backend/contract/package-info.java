// SPDX-License-Identifier: EPL-1.0
/**
 * The contract of {@link org.opendaylight.statemigration.agent.backend.StateTable} as a suite of tests that each back
 * end passes. Whoever writes a back end extends {@link
 * org.opendaylight.statemigration.agent.backend.contract.StateTableContract}; {@code docs/backend.md} says how.
 */
package org.opendaylight.statemigration.agent.backend.contract;
