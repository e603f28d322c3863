// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The test is the serial executor: what is posted runs when the test says so. */
@Timeout(30)
class StepExecutorTest {
    private final LinkedBlockingQueue<Runnable> posted = new LinkedBlockingQueue<>();
    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
    private final StepExecutor stepExecutor = new StepExecutor("test", posted::add, scheduler);
    private final List<String> heard = new ArrayList<>();

    @AfterEach
    void close() {
        scheduler.shutdownNow();
    }

    private void runPosted() throws InterruptedException {
        posted.take().run();
    }

    private void hear(final String name, final Optional<Exception> outcome) {
        heard.add(name + outcome.map(e -> " " + e.getMessage()).orElse(""));
    }

    @Test
    void outcomeIsHeardOnTheSerialExecutor() throws Exception {
        stepExecutor.begin(() -> { }, outcome -> hear("good", outcome));
        runPosted();
        stepExecutor.begin(() -> {
            throw new IllegalStateException("so what");
        }, outcome -> hear("bad", outcome));
        runPosted();
        assertEquals(List.of("good", "bad so what"), heard);
    }

    @Test
    void newWorkDisplacesOldWorkAndWaitsUntilItHasStopped() throws Exception {
        final var started = new CountDownLatch(1);
        final var trace = new LinkedBlockingQueue<String>();
        stepExecutor.begin(() -> {
            started.countDown();
            try {
                new CountDownLatch(1).await();
            } finally {
                trace.add("old ended");
            }
        }, outcome -> hear("old", outcome));
        started.await();
        stepExecutor.begin(() -> trace.add("new begun"), outcome -> hear("new", outcome));
        runPosted();
        runPosted();
        assertEquals(List.of("new"), heard);
        assertEquals(List.of("old ended", "new begun"), List.copyOf(trace));
    }

    @Test
    void outcomeThatWasOnItsWayWhenTheWorkWasDisplacedIsNotHeard() throws Exception {
        stepExecutor.begin(() -> { }, outcome -> hear("old", outcome));
        final var late = posted.take();
        stepExecutor.begin(() -> { }, outcome -> hear("new", outcome));
        late.run();
        runPosted();
        assertEquals(List.of("new"), heard);
    }

    @Test
    void deadlineGivesUpTheWork() throws Exception {
        final var interrupted = new CountDownLatch(1);
        stepExecutor.begin(() -> {
            try {
                new CountDownLatch(1).await();
            } finally {
                interrupted.countDown();
            }
        }, outcome -> hear("work", outcome));
        stepExecutor.deadline(Duration.ofMillis(10), () -> heard.add("late"));
        runPosted();
        assertTrue(interrupted.await(5, TimeUnit.SECONDS));
        runPosted();
        assertEquals(List.of("late"), heard);
    }

    @Test
    void deadlineThatWasReplacedOrClearedInTheLastMomentDoesNotPass() throws Exception {
        stepExecutor.begin(() -> new CountDownLatch(1).await(), outcome -> hear("work", outcome));
        stepExecutor.deadline(Duration.ZERO, () -> heard.add("first"));
        final var first = posted.take();
        stepExecutor.deadline(Duration.ZERO, () -> heard.add("second"));
        final var second = posted.take();
        stepExecutor.clearDeadline();
        first.run();
        second.run();
        assertEquals(List.of(), heard);
    }
}
