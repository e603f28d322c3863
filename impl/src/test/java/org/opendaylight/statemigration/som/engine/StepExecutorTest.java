// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.opendaylight.statemigration.som.transfer.StepTask;
import org.opendaylight.statemigration.som.worker.Workers;

/** The test is the mailbox: what is posted runs when the test says so. */
@Timeout(30)
class StepExecutorTest {
    private final LinkedBlockingQueue<Runnable> posted = new LinkedBlockingQueue<>();
    private final Workers workers = new Workers();
    private final StepExecutor stepExecutor = new StepExecutor(() -> workers.steps().of("host"), posted::add,
        workers.scheduler());
    private final List<String> heard = new ArrayList<>();

    @AfterEach
    void close() {
        workers.close();
    }

    private void runPosted() throws InterruptedException {
        posted.take().run();
    }

    /** Something that is one piece. */
    @FunctionalInterface
    private interface Work {
        void run() throws Exception;
    }

    private void begin(final Work work, final Consumer<Optional<Throwable>> ended) {
        stepExecutor.begin(() -> {
            work.run();
            return StepTask.Next.DONE;
        }, Duration.ZERO, ended);
    }

    private void hear(final String name, final Optional<Throwable> outcome) {
        heard.add(name + outcome.map(e -> " " + e.getMessage()).orElse(""));
    }

    @Test
    void outcomeIsHeardInTheMailbox() throws Exception {
        begin(() -> { }, outcome -> hear("good", outcome));
        runPosted();
        begin(() -> {
            throw new IllegalStateException("so what");
        }, outcome -> hear("bad", outcome));
        runPosted();
        assertEquals(List.of("good", "bad so what"), heard);
    }

    @Test
    void newWorkDisplacesOldWorkAndWaitsUntilItHasStopped() throws Exception {
        final var started = new CountDownLatch(1);
        final var trace = new LinkedBlockingQueue<String>();
        begin(() -> {
            started.countDown();
            try {
                new CountDownLatch(1).await();
            } finally {
                trace.add("old ended");
            }
        }, outcome -> hear("old", outcome));
        started.await();
        begin(() -> trace.add("new begun"), outcome -> hear("new", outcome));
        runPosted();
        assertEquals(List.of("new"), heard);
        assertEquals(List.of("old ended", "new begun"), List.copyOf(trace));
    }

    @Test
    void outcomeThatWasOnItsWayWhenTheWorkWasDisplacedIsNotHeard() throws Exception {
        begin(() -> { }, outcome -> hear("old", outcome));
        final var late = posted.take();
        begin(() -> { }, outcome -> hear("new", outcome));
        late.run();
        runPosted();
        assertEquals(List.of("new"), heard);
    }

    @Test
    void deadlineGivesUpTheWork() throws Exception {
        final var interrupted = new CountDownLatch(1);
        begin(() -> {
            try {
                new CountDownLatch(1).await();
            } finally {
                interrupted.countDown();
            }
        }, outcome -> hear("work", outcome));
        stepExecutor.deadline(Duration.ofMillis(10), () -> heard.add("late"));
        runPosted();
        assertTrue(interrupted.await(5, TimeUnit.SECONDS));
        assertEquals(List.of("late"), heard);
    }

    @Test
    void deadlineThatWasReplacedOrClearedInTheLastMomentDoesNotPass() throws Exception {
        begin(() -> new CountDownLatch(1).await(), outcome -> hear("work", outcome));
        stepExecutor.deadline(Duration.ZERO, () -> heard.add("first"));
        final var first = posted.take();
        stepExecutor.deadline(Duration.ZERO, () -> heard.add("second"));
        final var second = posted.take();
        stepExecutor.clearDeadline();
        first.run();
        second.run();
        assertEquals(List.of(), heard);
    }

    @Test
    void stepHoldsNoThreadBetweenItsPieces() throws Exception {
        final var threads = new LinkedBlockingQueue<Integer>();
        final var pieces = new AtomicInteger();
        stepExecutor.begin(() -> {
            threads.add(pieces.incrementAndGet());
            return pieces.get() == 3 ? StepTask.Next.DONE : new StepTask.Next.Within(Duration.ofMinutes(10));
        }, Duration.ZERO, outcome -> hear("waiting", outcome));
        for (int piece = 1; piece <= 3; piece++) {
            assertEquals(piece, threads.take());
            stepExecutor.wake();
        }
        runPosted();
        assertEquals(List.of("waiting"), heard);
    }

    @Test
    void wakeThatComesWhileAPieceRunsIsNotLost() throws Exception {
        final var pieces = new AtomicInteger();
        stepExecutor.begin(() -> {
            if (pieces.incrementAndGet() == 2) {
                return StepTask.Next.DONE;
            }
            stepExecutor.wake();
            return new StepTask.Next.Within(Duration.ofMinutes(10));
        }, Duration.ZERO, outcome -> hear("woken", outcome));
        runPosted();
        assertEquals(List.of("woken"), heard);
    }

    @Test
    void stepGoesOnWhenItsTimeHasCome() throws Exception {
        final var pieces = new AtomicInteger();
        stepExecutor.begin(() -> pieces.incrementAndGet() == 3 ? StepTask.Next.DONE
            : new StepTask.Next.Within(Duration.ofMillis(1)), Duration.ZERO, outcome -> hear("timed", outcome));
        runPosted();
        assertEquals(3, pieces.get());
    }

    @Test
    void errorEndsTheStepAndNothingElse() throws Exception {
        begin(() -> {
            throw new OutOfMemoryError("unable to create native thread");
        }, outcome -> hear("first", outcome));
        runPosted();
        begin(() -> { }, outcome -> hear("second", outcome));
        runPosted();
        assertEquals(List.of("first unable to create native thread", "second"), heard);
    }

    @Test
    void stepThatWaitsAndIsDisplacedRunsNoMore() throws Exception {
        final var pieces = new AtomicInteger();
        final var ran = new CountDownLatch(1);
        stepExecutor.begin(() -> {
            pieces.incrementAndGet();
            ran.countDown();
            return new StepTask.Next.Within(Duration.ofMillis(200));
        }, Duration.ZERO, outcome -> hear("old", outcome));
        assertTrue(ran.await(20, TimeUnit.SECONDS));
        begin(() -> { }, outcome -> hear("new", outcome));
        runPosted();
        stepExecutor.wake();
        assertEquals(List.of("new"), heard);
        assertEquals(1, pieces.get());
    }
}
