// SPDX-License-Identifier: EPL-1.0
/**
 * The State Orchestration Master (section 4 of the draft): registers State Hosts, and migrates the state of flows from
 * one to another. {@link org.opendaylight.statemigration.som.StateOrchestrationMaster} is the way in; the packages
 * below it have a role each. Plain Java: it sees agents through {@link org.opendaylight.statemigration.ifma}, is
 * notified through
 * {@link org.opendaylight.statemigration.ifmt}, and shows what it knows through
 * {@link org.opendaylight.statemigration.som.model.MasterListener}.
 */
package org.opendaylight.statemigration.som;
