/**
 * The State Orchestration Master as operators see it: YANG module {@code statemigration-master} in the controller's
 * datastores, RPCs and notifications. Thin adapters around {@link org.opendaylight.statemigration.som}.
 */
package org.opendaylight.statemigration.mdsal;
