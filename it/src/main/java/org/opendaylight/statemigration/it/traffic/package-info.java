/**
 * Programs that run inside the virtual machines and notice when their connections suffer: {@code TrafficServer} in VM3,
 * {@code TrafficClient} in the others. {@code Traffic} starts them and asks them how they are.
 */
package org.opendaylight.statemigration.it.traffic;
