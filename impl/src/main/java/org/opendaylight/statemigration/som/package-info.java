/**
 * The State Orchestration Master (section 4 of the draft): registers State Hosts, and migrates the state of flows from
 * one to another. Plain Java: it sees agents through {@link org.opendaylight.statemigration.ifma}, is notified through
 * {@link org.opendaylight.statemigration.ifmt}, and shows what it knows through
 * {@link org.opendaylight.statemigration.som.MasterObserver}.
 */
package org.opendaylight.statemigration.som;
