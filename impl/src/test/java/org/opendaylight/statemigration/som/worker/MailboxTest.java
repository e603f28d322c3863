// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class MailboxTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final WorkerPool pool = new WorkerPool("test", 4, 1);
    private final Mailbox mailbox = new Mailbox("test", pool);

    @AfterEach
    void close() {
        pool.close();
    }

    @Test
    void tasksRunInOrderAndOneAtATime() {
        final var order = new ArrayList<Integer>();
        final var busy = new AtomicBoolean();
        final var overlaps = new AtomicInteger();
        for (int count = 0; count < 1_000; count++) {
            final int number = count;
            mailbox.execute(() -> {
                if (!busy.compareAndSet(false, true)) {
                    overlaps.incrementAndGet();
                }
                order.add(number);
                busy.set(false);
            });
        }
        assertEquals(Optional.of(1_000), mailbox.ask(order::size, LIMIT));
        assertEquals(order.stream().sorted().toList(), order);
        assertEquals(0, overlaps.get());
    }

    @Test
    void whateverATaskThrowsEndsThatTaskOnly() {
        for (var failure : List.of(new IllegalStateException("A bug"), new StackOverflowError("Deep"),
                new OutOfMemoryError("unable to create native thread"))) {
            mailbox.execute(() -> SneakyThrow.of(failure));
        }
        assertEquals(Optional.of("goes on"), mailbox.ask(() -> "goes on", LIMIT));
    }

    @Test
    void poolThatCannotTakeATaskIsAskedAgainWithTheNextOne() {
        final var failing = new AtomicBoolean(true);
        final Queue<Runnable> given = new ArrayDeque<>();
        final var box = new Mailbox("test", task -> {
            if (failing.get()) {
                throw new OutOfMemoryError("unable to create native thread");
            }
            given.add(task);
        });
        final var done = new ArrayList<String>();
        box.execute(() -> done.add("first"));
        failing.set(false);
        box.execute(() -> done.add("second"));
        given.remove().run();
        assertEquals(List.of("first", "second"), done);
    }

    @Test
    void callerWhoAsksDoesTheWorkIfNoThreadIsFree() {
        final var box = new Mailbox("test", task -> { });
        final var done = new ArrayList<String>();
        box.execute(() -> done.add("before"));
        assertEquals(Optional.of(1), box.ask(done::size, LIMIT));
    }

    @Test
    void nobodyWaitsForAnAnswerLongerThanTheLimit() throws InterruptedException {
        final var begun = new CountDownLatch(1);
        final var gate = new CountDownLatch(1);
        mailbox.execute(() -> {
            begun.countDown();
            awaitQuietly(gate);
        });
        assertTrue(begun.await(10, TimeUnit.SECONDS));
        assertEquals(Optional.empty(), mailbox.ask(() -> "late", Duration.ofMillis(10)));
        gate.countDown();
        assertEquals(Optional.of("in time"), mailbox.ask(() -> "in time", LIMIT));
    }

    @Test
    void questionThatFailsHasNoAnswer() {
        assertEquals(Optional.empty(), mailbox.ask(() -> {
            throw new IllegalStateException("A bug");
        }, LIMIT));
    }

    @Test
    void noLockIsHeldWhileATaskRuns() {
        final var held = mailbox.ask(() -> Thread.holdsLock(mailbox), LIMIT);
        assertFalse(held.orElseThrow());
    }

    static void awaitQuietly(final CountDownLatch gate) {
        try {
            gate.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
