// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class SimulationTest {
    private final Simulation simulation = new Simulation();
    private final List<String> trace = new ArrayList<>();

    @AfterEach
    void close() {
        simulation.close();
    }

    @Test
    void timePassesForTasksThatSleepAndInNoTimeOfTheTest() {
        simulation.start(() -> {
            sleep(Duration.ofHours(2));
            trace.add("two");
        });
        simulation.start(() -> {
            sleep(Duration.ofHours(1));
            trace.add("one");
        });
        simulation.after(Duration.ofMinutes(90), () -> trace.add("timer"));
        final var begin = simulation.clock().instant();
        simulation.advance(Duration.ofMinutes(119));
        assertEquals(List.of("one", "timer"), trace);
        simulation.advance(Duration.ofMinutes(1));
        assertEquals(List.of("one", "timer", "two"), trace);
        assertEquals(begin.plus(Duration.ofHours(2)), simulation.clock().instant());
    }

    private void sleep(final Duration time) {
        try {
            simulation.sleep(time);
        } catch (InterruptedException e) {
            trace.add("interrupted");
        }
    }

    @Test
    void taskThatWaitsIsInterrupted() {
        final var thread = new CompletableFuture<Thread>();
        simulation.start(() -> {
            thread.complete(Thread.currentThread());
            sleep(Duration.ofDays(1));
            trace.add("goes on " + Thread.currentThread().isInterrupted());
        });
        simulation.run();
        simulation.start(() -> {
            thread.resultNow().interrupt();
            trace.add("interrupts");
        });
        simulation.run();
        assertEquals(List.of("interrupts", "interrupted", "goes on false"), trace);
    }

    @Test
    void latchLetsTasksAndTheTestPass() throws Exception {
        final var gate = simulation.latch(1);
        final var passed = simulation.latch(2);
        for (int task = 0; task < 2; task++) {
            simulation.start(() -> {
                try {
                    gate.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                trace.add("passed");
                passed.countDown();
            });
        }
        simulation.advance(Duration.ofMinutes(1));
        assertEquals(List.of(), trace);
        gate.countDown();
        passed.await();
        assertEquals(List.of("passed", "passed"), trace);
    }

    @Test
    void conditionThatNeverHoldsFailsTheTest() {
        assertTrue(assertThrows(AssertionError.class, () -> simulation.awaitTrue("pigs fly", () -> false))
            .getMessage().contains("pigs fly"));
    }

    @Test
    void taskThatHoldsAMonitorMustNotWait() {
        simulation.start(() -> {
            synchronized (trace) {
                sleep(Duration.ofSeconds(1));
            }
        });
        assertTrue(assertThrows(AssertionError.class, simulation::run).getMessage().contains("ArrayList"));
    }

    @Test
    void timerMustNotWait() {
        simulation.after(Duration.ZERO, () -> sleep(Duration.ofSeconds(1)));
        assertThrows(AssertionError.class, simulation::run);
    }

    @Test
    void whatATaskThrowsFailsTheTest() {
        simulation.start(() -> {
            throw new IllegalStateException("A bug");
        });
        assertTrue(assertThrows(AssertionError.class, simulation::run).getMessage().contains("A bug"));
    }

    @Test
    void seedDeterminesTheOrder() {
        final var orders = new HashSet<List<String>>();
        for (long seed = 0; seed < 50; seed++) {
            final var order = order(seed);
            assertEquals(order, order(seed));
            orders.add(order);
        }
        assertTrue(orders.size() > 40, orders::toString);
        assertNotEquals(order(1), order(2));
    }

    private List<String> order(final long seed) {
        trace.clear();
        try (var shuffled = new Simulation(seed)) {
            for (int number = 0; number < 6; number++) {
                final var name = "task " + number;
                shuffled.start(() -> {
                    trace.add(name);
                    try {
                        shuffled.sleep(Duration.ofMillis(1));
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                    trace.add(name + " goes on");
                });
            }
            shuffled.advance(Duration.ofSeconds(1));
        }
        return List.copyOf(trace);
    }

    @Test
    void closingInterruptsWhatWaitsAndRunsNothingFurther() {
        simulation.start(() -> {
            sleep(Duration.ofDays(1));
            simulation.start(() -> trace.add("too late"));
            sleep(Duration.ofDays(1));
        });
        simulation.after(Duration.ofSeconds(1), () -> trace.add("too late"));
        simulation.run();
        simulation.close();
        simulation.start(() -> trace.add("too late"));
        simulation.advance(Duration.ofDays(3));
        assertEquals(List.of("interrupted", "interrupted"), trace);
        assertFalse(Thread.getAllStackTraces().keySet().stream().anyMatch(thread -> thread instanceof TaskThread task
            && task.simulation() == simulation && task.isWaiting()));
    }
}
