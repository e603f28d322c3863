// SPDX-License-Identifier: EPL-1.0
/**
 * Requests to {@code nf_conntrack} and its answers and events: encoding, decoding, sending and receiving. Knows
 * entries and expectations, but not what a migration does with them.
 */
package org.opendaylight.statemigration.agent.backend.linux.conntrack;
