// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.engine;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.concurrent.Executor;
import org.opendaylight.statemigration.som.worker.TaskScheduler;
import org.opendaylight.statemigration.som.worker.TaskScheduler.ScheduledTask;

/** Does something again and again while a condition holds. Used in one mailbox only. */
final class RepeatedCheck {
    private final Duration interval;
    private final Runnable check;
    private final Executor mailbox;
    private final TaskScheduler scheduler;
    private boolean active;
    private ScheduledTask next = () -> { };

    RepeatedCheck(final Duration interval, final Runnable check, final Executor mailbox,
            final TaskScheduler scheduler) {
        this.interval = requireNonNull(interval);
        this.check = requireNonNull(check);
        this.mailbox = requireNonNull(mailbox);
        this.scheduler = requireNonNull(scheduler);
    }

    /** Begin if the condition holds, end if not. */
    void runWhile(final boolean condition) {
        if (condition == active) {
            return;
        }
        active = condition;
        if (active) {
            schedule();
        } else {
            next.cancel();
        }
    }

    private void schedule() {
        next = scheduler.after(interval, () -> mailbox.execute(() -> {
            if (active) {
                schedule();
                check.run();
            }
        }));
    }
}
