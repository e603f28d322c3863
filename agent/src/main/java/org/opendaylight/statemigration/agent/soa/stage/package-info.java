// SPDX-License-Identifier: EPL-1.0
/**
 * The stages of a migration at one State Host and all transitions between them, as a pure function without clock,
 * lock or input and output. They are leaf {@code stage} of YANG module {@code statemigration-agent}.
 */
package org.opendaylight.statemigration.agent.soa.stage;
