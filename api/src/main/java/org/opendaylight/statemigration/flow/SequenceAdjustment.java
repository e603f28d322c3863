// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.flow;

/**
 * By how much a middlebox shifts the sequence numbers that one end of a TCP connection sends, because it has changed
 * the length of what the end has sent: an address in a command of FTP, for one. The other end's acknowledgements are
 * shifted back.
 *
 * @param position sequence number from which the later offset counts, unsigned 32 bits
 * @param offsetBefore octets added to sequence numbers before the position
 * @param offsetAfter octets added to those after it
 */
public record SequenceAdjustment(long position, int offsetBefore, int offsetAfter) {
    private static final long UINT32_MAX = 0xffffffffL;

    public SequenceAdjustment {
        if (position < 0 || position > UINT32_MAX) {
            throw new IllegalArgumentException("Position " + position + " is not an unsigned 32 bit number");
        }
    }
}
