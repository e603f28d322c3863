// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.backend.linux.hold;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.opendaylight.statemigration.agent.backend.linux.netlink.KernelException;
import org.opendaylight.statemigration.lab.time.Await;
import org.opendaylight.statemigration.time.Backoff;

class QueueReaderTest {
    private static final Duration LONG = Duration.ofDays(1);

    private final AtomicInteger reads = new AtomicInteger();
    private Optional<Fault> fault = Optional.empty();

    /** What may go wrong. */
    enum Fault {
        KERNEL,
        NO_ROOM,
        RUNTIME_EXCEPTION,
        ERROR
    }

    @ParameterizedTest
    @EnumSource(value = Fault.class, names = "NO_ROOM", mode = EnumSource.Mode.EXCLUDE)
    void pausesGrowAsLongAsEveryReadFails(final Fault first) {
        final var reader = new QueueReader(1, this::read, new Backoff(Duration.ofMillis(1), Duration.ofMillis(10)));
        assertEquals(Duration.ZERO, reader.attempt());
        fault = Optional.of(first);
        assertEquals(List.of(1L, 2L, 4L, 8L, 10L, 10L), pauses(reader, 6));
        fault = Optional.empty();
        assertEquals(List.of(0L, 0L), pauses(reader, 2));
        fault = Optional.of(first);
        assertEquals(List.of(1L, 2L), pauses(reader, 2));
    }

    @Test
    void wantOfRoomIsNoFailureAsPacketsWaitToBeRead() {
        final var reader = new QueueReader(1, this::read, new Backoff(Duration.ofMillis(1), Duration.ofMillis(10)));
        fault = Optional.of(Fault.KERNEL);
        assertEquals(List.of(1L, 2L), pauses(reader, 2));
        fault = Optional.of(Fault.NO_ROOM);
        assertEquals(List.of(0L, 0L), pauses(reader, 2));
        fault = Optional.of(Fault.KERNEL);
        assertEquals(List.of(1L, 2L), pauses(reader, 2));
    }

    @Test
    void threadPausesAfterAFailureAndEndsAtOnce() throws Exception {
        final var reader = new QueueReader(1, () -> {
            fault = reads.get() < 2 ? Optional.empty() : Optional.of(Fault.KERNEL);
            read();
        }, new Backoff(LONG, LONG));
        reader.start();
        Await.until("the third read has failed", () -> reads.get() == 3);
        reader.end();
        assertTrue(reader.join(Await.BOUND));
        assertEquals(3, reads.get());
    }

    private static List<Long> pauses(final QueueReader reader, final int count) {
        return IntStream.range(0, count).mapToObj(i -> reader.attempt().toMillis()).toList();
    }

    private void read() throws KernelException {
        reads.incrementAndGet();
        switch (fault.orElse(null)) {
            case KERNEL -> throw new KernelException("read the queue", KernelException.EPERM);
            case NO_ROOM -> throw new KernelException("read the queue", KernelException.ENOBUFS);
            case RUNTIME_EXCEPTION -> throw new IllegalStateException("a bug");
            case ERROR -> throw new AssertionError("worse");
            case null -> {
                // Nothing has come
            }
        }
    }
}
