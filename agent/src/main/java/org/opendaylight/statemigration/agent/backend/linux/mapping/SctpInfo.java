// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.backend.linux.mapping;

/**
 * SCTP state as the kernel tells it.
 *
 * @param state number of the state; 0 for none
 * @param originalTag verification tag of the original direction
 * @param replyTag verification tag of the reply direction
 */
public record SctpInfo(int state, long originalTag, long replyTag) {
}
