// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.flow;

/**
 * Packets and octets in one direction: metadata, never restored.
 *
 * @param packets packets, unsigned 64 bits
 * @param octets octets, unsigned 64 bits
 */
public record Counters(long packets, long octets) {
    /** Nothing counted. */
    public static final Counters NONE = new Counters(0, 0);
}
