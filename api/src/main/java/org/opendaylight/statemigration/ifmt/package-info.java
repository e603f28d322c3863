// SPDX-License-Identifier: EPL-1.0
/**
 * IF(M,T), the interface between a Topology Discovery Entity and the State Orchestration Master (section 5 of the
 * draft).
 * The built-in entity calls the Java port, any other one the RPC {@code notify-state-migration} of YANG module
 * {@code statemigration-master}; both say the same.
 */
package org.opendaylight.statemigration.ifmt;
