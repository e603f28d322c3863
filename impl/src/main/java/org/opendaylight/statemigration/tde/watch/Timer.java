// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.tde.watch;

import java.time.Duration;

/**
 * Runs tasks later, never two at a time, and those that are due at once in the order given.
 */
@FunctionalInterface
public interface Timer {
    /**
     * Run a task.
     *
     * @param delay after how long
     * @param task the task
     * @return what takes it back, if it has not begun
     */
    Runnable after(Duration delay, Runnable task);
}
