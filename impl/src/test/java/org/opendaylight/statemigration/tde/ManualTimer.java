// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.tde;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.opendaylight.statemigration.tde.watch.Timer;

/** Time passes when told to. */
public final class ManualTimer implements Timer {
    private final List<Task> tasks = new ArrayList<>();
    private long now;

    @Override
    public Runnable after(final Duration delay, final Runnable task) {
        final var pending = new Task(now + delay.toMillis(), task);
        tasks.add(pending);
        return () -> tasks.removeIf(other -> other == pending);
    }

    public boolean isIdle() {
        return tasks.isEmpty();
    }

    public Instant instant() {
        return Instant.ofEpochMilli(now);
    }

    public void advance(final long millis) {
        final long end = now + millis;
        while (true) {
            final var next = tasks.stream().filter(task -> task.at <= end).min(Comparator.comparing(Task::at));
            if (next.isEmpty()) {
                now = end;
                return;
            }
            now = next.orElseThrow().at;
            tasks.remove(next.orElseThrow());
            next.orElseThrow().run.run();
        }
    }

    private record Task(long at, Runnable run) {
    }
}
