// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.lab.traffic;

import java.util.Arrays;
import java.util.Random;

/**
 * What is sent over bulk connections: a long block of bytes, again and again. A lost, repeated, swapped or changed byte
 * is found, since the length of the block is a prime number and no packet's size divides it.
 */
final class Pattern {
    private static final int PERIOD = 65_521;
    private static final byte[] BLOCK = block();

    private long position;

    private Pattern() {
        // Positions begin with 0
    }

    static Pattern start() {
        return new Pattern();
    }

    /** Fill a buffer with the bytes that follow. */
    void fill(final byte[] buffer) {
        for (int done = 0; done < buffer.length; ) {
            final int from = (int) (position % PERIOD);
            final int length = Math.min(PERIOD - from, buffer.length - done);
            System.arraycopy(BLOCK, from, buffer, done, length);
            done += length;
            position += length;
        }
    }

    /** {@return whether bytes are those that follow} */
    boolean matches(final byte[] buffer, final int count) {
        for (int done = 0; done < count; ) {
            final int from = (int) (position % PERIOD);
            final int length = Math.min(PERIOD - from, count - done);
            if (!Arrays.equals(BLOCK, from, from + length, buffer, done, done + length)) {
                return false;
            }
            done += length;
            position += length;
        }
        return true;
    }

    private static byte[] block() {
        final var block = new byte[PERIOD];
        // The seed is fixed: both ends need the same block
        new Random(4711).nextBytes(block);
        return block;
    }
}
