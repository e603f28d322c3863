// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.lab.traffic;

/** The longest time between two answers, the present silence included. */
final class Gap {
    private long last = System.nanoTime();
    private long longest;

    synchronized void answer() {
        final long now = System.nanoTime();
        longest = Math.max(longest, now - last);
        last = now;
    }

    synchronized void reset() {
        longest = 0;
    }

    /** {@return for how many milliseconds there has been no answer} */
    synchronized double silence() {
        return (System.nanoTime() - last) / 1_000_000.0;
    }

    /** {@return the gap in milliseconds} */
    synchronized double millis() {
        return Math.max(longest, System.nanoTime() - last) / 1_000_000.0;
    }
}
