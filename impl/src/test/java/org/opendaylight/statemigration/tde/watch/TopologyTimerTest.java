// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.tde.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import org.opendaylight.statemigration.tde.ManualTimer;

class TopologyTimerTest {
    private final ManualTimer clock = new ManualTimer();
    private final Queue<Runnable> threads = new ArrayDeque<>();
    private final TopologyTimer timer = new TopologyTimer(clock, threads::add);
    private final List<String> ran = new ArrayList<>();
    private final Runnable one = () -> ran.add("one");
    private final Runnable other = () -> ran.add("other");

    @Test
    void tasksThatWaitAreBoundedByTheirKinds() {
        for (int i = 0; i < 1000; i++) {
            timer.after(Duration.ofMillis(2), other);
            timer.after(Duration.ofMillis(1), one);
            clock.advance(5);
            assertEquals(1, threads.size());
        }
        runAll();
        assertEquals(List.of("one", "other"), ran);
        timer.after(Duration.ZERO, one);
        clock.advance(0);
        runAll();
        assertEquals(List.of("one", "other", "one"), ran);
    }

    @Test
    void taskIsTakenBackAlsoWhenItsTimeHasCome() {
        final var takeBack = timer.after(Duration.ofMillis(1), one);
        timer.after(Duration.ofMillis(1), other);
        clock.advance(1);
        takeBack.run();
        runAll();
        assertEquals(List.of("other"), ran);
    }

    @Test
    void taskThatThrowsKeepsBackNoOther() {
        timer.after(Duration.ZERO, () -> {
            throw new IllegalStateException("It does not work");
        });
        timer.after(Duration.ZERO, one);
        clock.advance(0);
        assertThrows(IllegalStateException.class, threads.remove()::run);
        runAll();
        assertEquals(List.of("one"), ran);
    }

    private void runAll() {
        for (var next = threads.poll(); next != null; next = threads.poll()) {
            next.run();
        }
    }
}
