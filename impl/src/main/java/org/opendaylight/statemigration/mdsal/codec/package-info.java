// SPDX-License-Identifier: EPL-1.0
/**
 * Between the YANG bindings of the modules {@code statemigration-master} and {@code statemigration-topology} and the
 * values of the State Orchestration Master and the Topology Discovery Entity.
 */
package org.opendaylight.statemigration.mdsal.codec;
