/**
 * State Orchestration Agents as processes.
 */
package org.opendaylight.statemigration.it.agents;
