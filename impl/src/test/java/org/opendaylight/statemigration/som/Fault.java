// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.opendaylight.statemigration.ifma.AgentException;
import org.opendaylight.statemigration.ifma.FailureReason;
import org.opendaylight.statemigration.som.worker.Latch;
import org.opendaylight.statemigration.som.worker.Simulation;

/** What goes wrong, or otherwise differently, when a {@link SimulatedStateHost} is asked something. */
@FunctionalInterface
public interface Fault {
    /**
     * Answer in place of the agent.
     *
     * @param real what the agent would do
     * @return the answer
     * @throws Exception as the agent might
     */
    Object answer(Callable<?> real) throws Exception;

    /** {@return plain no, without effect} */
    static Fault refusing(final AgentException.Kind kind) {
        return real -> {
            throw new AgentException(kind, "It does not work (" + kind + ")");
        };
    }

    /** {@return plain no, without effect, that says what failed} */
    static Fault refusing(final AgentException.Kind kind, final FailureReason reason) {
        return real -> {
            throw new AgentException(kind, reason, "It does not work");
        };
    }

    /** {@return without effect and without an answer} */
    static Fault silence() {
        return real -> {
            Simulation.current().sleepForEver();
            return null;
        };
    }

    /** {@return done, but the answer is lost for ever} */
    static Fault doneInSilence() {
        return real -> {
            real.call();
            Simulation.current().sleepForEver();
            return null;
        };
    }

    /** {@return done, but the answer is lost and that is noticed} */
    static Fault answerLost() {
        return real -> {
            real.call();
            throw new AgentException(AgentException.Kind.NO_ANSWER, "The answer was lost");
        };
    }

    /** {@return not done, and it is noticed that there will be no answer} */
    static Fault requestLost() {
        return refusing(AgentException.Kind.NO_ANSWER);
    }

    /** {@return done when the gate opens, even if nobody waits for the answer any more} */
    static Fault late(final Latch gate) {
        return real -> underWay(() -> {
            gate.await();
            return real.call();
        });
    }

    /** {@return done after a time, even if nobody waits for the answer any more, and answered after a time} */
    static Fault slow(final Supplier<Duration> time) {
        return real -> {
            final var simulation = Simulation.current();
            final var there = time.get();
            final var back = time.get();
            return underWay(() -> {
                simulation.sleep(there);
                final var answer = real.call();
                simulation.sleep(back);
                return answer;
            });
        };
    }

    /** Have a request go its way whatever becomes of who asks, who waits for the answer. */
    @SuppressWarnings({"checkstyle:illegalCatch", "checkstyle:avoidHidingCauseException"})
    private static Object underWay(final Callable<?> request) throws Exception {
        final var answer = new CompletableFuture<Object>();
        final var simulation = Simulation.current();
        simulation.start(() -> {
            try {
                answer.complete(request.call());
            } catch (Exception e) {
                answer.completeExceptionally(e);
            }
        });
        simulation.await(answer::isDone);
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw (Exception) e.getCause();
        }
    }

    /** {@return tells that it was asked, and waits for the gate} */
    static Fault waitingFor(final Latch asked, final Latch gate) {
        return real -> {
            asked.countDown();
            gate.await();
            return real.call();
        };
    }

    /** {@return done, and tells so, but the answer waits for the gate} */
    static Fault doneWaitingFor(final Latch done, final Latch gate) {
        return real -> {
            final var answer = real.call();
            done.countDown();
            gate.await();
            return answer;
        };
    }

    /** {@return a bug in the adapter} */
    static Fault bug() {
        return real -> {
            throw new IllegalStateException("A bug");
        };
    }

    /** {@return this one for so many times, then none} */
    default Fault times(final int count) {
        final var left = new AtomicInteger(count);
        return real -> left.getAndDecrement() > 0 ? answer(real) : real.call();
    }

    /** {@return none for so many times, then this one} */
    default Fault after(final int count) {
        final var left = new AtomicInteger(count);
        return real -> left.getAndDecrement() > 0 ? real.call() : answer(real);
    }
}
