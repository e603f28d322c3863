/**
 * The Topology Discovery Entity (section 4 of the draft): finds which flows pass other State Hosts than before.
 * {@link org.opendaylight.statemigration.tde.RelocationFinder} is a pure function of what was and what is,
 * {@link org.opendaylight.statemigration.tde.SettlingTopologyWatcher} calls it once per burst of changes and notifies
 * the master over IF(M,T).
 */
package org.opendaylight.statemigration.tde;
