// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class WorkerPoolTest {
    private static final int SIZE = 4;

    private final WorkerPool pool = new WorkerPool("test", SIZE, 2);

    @AfterEach
    void close() {
        pool.close();
    }

    @Test
    void threadsHaveANameAndAreNoMoreThanTheSize() throws InterruptedException {
        final var names = ConcurrentHashMap.<String>newKeySet();
        final var done = new CountDownLatch(200);
        for (int count = 0; count < 200; count++) {
            pool.execute(() -> {
                names.add(Thread.currentThread().getName());
                done.countDown();
            });
        }
        assertTrue(done.await(20, TimeUnit.SECONDS));
        assertTrue(names.size() <= SIZE, names::toString);
        assertTrue(names.stream().allMatch(name -> name.startsWith("test-")), names::toString);
    }

    @Test
    void threadSurvivesWhateverATaskThrows() throws InterruptedException {
        for (int count = 0; count < SIZE; count++) {
            for (var failure : List.of(new IllegalStateException("A bug"), new StackOverflowError("Deep"),
                    new OutOfMemoryError("unable to create native thread"))) {
                pool.of("key").execute(() -> SneakyThrow.of(failure));
            }
        }
        final var done = new CountDownLatch(1);
        pool.of("key").execute(done::countDown);
        assertTrue(done.await(20, TimeUnit.SECONDS));
    }

    @Test
    void oneKeyHoldsNoMoreThreadsThanItMay() throws InterruptedException {
        final var gate = new CountDownLatch(1);
        final var begun = new CountDownLatch(2);
        final var running = new AtomicInteger();
        final var most = new AtomicInteger();
        final var done = new CountDownLatch(10);
        for (int count = 0; count < 10; count++) {
            pool.of("stuck").execute(() -> {
                most.accumulateAndGet(running.incrementAndGet(), Math::max);
                begun.countDown();
                MailboxTest.awaitQuietly(gate);
                running.decrementAndGet();
                done.countDown();
            });
        }
        assertTrue(begun.await(20, TimeUnit.SECONDS));
        final var other = new CountDownLatch(1);
        pool.of("other").execute(other::countDown);
        assertTrue(other.await(20, TimeUnit.SECONDS), "Others go on");
        gate.countDown();
        assertTrue(done.await(20, TimeUnit.SECONDS));
        assertEquals(2, most.get());
    }

    @Test
    void poolThatIsClosedTakesTasksAndRunsNone() {
        pool.close();
        final var ran = new AtomicInteger();
        pool.execute(ran::incrementAndGet);
        pool.of("key").execute(ran::incrementAndGet);
        assertEquals(0, ran.get());
    }
}
