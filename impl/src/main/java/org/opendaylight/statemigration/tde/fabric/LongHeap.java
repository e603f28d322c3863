// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.tde.fabric;

import java.util.Arrays;

/** A priority queue of numbers without boxes, smallest first. */
final class LongHeap {
    private static final int INITIAL = 256;

    private long[] values = new long[INITIAL];
    private int size;

    boolean isEmpty() {
        return size == 0;
    }

    void add(final long value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, 2 * size);
        }
        int at = size++;
        while (at > 0 && values[at - 1 >> 1] > value) {
            values[at] = values[at - 1 >> 1];
            at = at - 1 >> 1;
        }
        values[at] = value;
    }

    /** {@return the smallest, which is taken away; there must be one} */
    long poll() {
        final long smallest = values[0];
        final long last = values[--size];
        int at = 0;
        int child = 1;
        while (child < size) {
            if (child + 1 < size && values[child + 1] < values[child]) {
                child++;
            }
            if (values[child] >= last) {
                break;
            }
            values[at] = values[child];
            at = child;
            child = 2 * at + 1;
        }
        values[at] = last;
        return smallest;
    }
}
