// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.mdsal.operational;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.spy;
import static org.mockito.Mockito.verify;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.opendaylight.mdsal.binding.api.DataBroker;
import org.opendaylight.mdsal.binding.api.NotificationPublishService;
import org.opendaylight.mdsal.binding.api.WriteTransaction;
import org.opendaylight.mdsal.binding.testutils.DataBrokerTestModule;
import org.opendaylight.mdsal.common.api.LogicalDatastoreType;
import org.opendaylight.statemigration.codec.TimeCodec;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123.StateMigrationNotified;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123.state.migration.RefusedChange;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123.state.migration.RefusedChangeBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123.state.migration.RefusedChangeKey;
import org.opendaylight.yangtools.binding.DataObjectIdentifier;
import org.opendaylight.yangtools.binding.Notification;

@Timeout(60)
class OperationalWriterTest {
    private final DataBroker datastore = new DataBrokerTestModule(true).getDataBroker();
    private final DataBroker broker = spy(datastore);
    private final NotificationPublishService notifications = mock(NotificationPublishService.class);
    private final List<WriteTransaction> transactions = Collections.synchronizedList(new ArrayList<>());
    private OperationalWriter writer;

    @BeforeEach
    void open() {
        doAnswer(call -> {
            final var tx = spy(datastore.newWriteOnlyTransaction());
            transactions.add(tx);
            return tx;
        }).when(broker).newWriteOnlyTransaction();
        writer = new OperationalWriter(broker, notifications);
    }

    @AfterEach
    void close() {
        writer.close();
    }

    private static DataObjectIdentifier<RefusedChange> path(final int number) {
        return OperationalWriter.ROOT.toBuilder().child(RefusedChange.class, key(number)).build();
    }

    private static RefusedChangeKey key(final int number) {
        return new RefusedChangeKey("dc1", "vm" + number);
    }

    private static Supplier<RefusedChange> data(final int number, final String detail) {
        return () -> new RefusedChangeBuilder().withKey(key(number)).setDetail(detail)
            .setAt(TimeCodec.encode(Instant.EPOCH)).build();
    }

    private List<String> shown() throws Exception {
        try (var tx = datastore.newReadOnlyTransaction()) {
            return tx.read(LogicalDatastoreType.OPERATIONAL, OperationalWriter.ROOT).get()
                .map(root -> root.nonnullRefusedChange().values().stream()
                    .map(one -> one.getVmName() + " " + one.getDetail()).sorted().toList())
                .orElse(List.of());
        }
    }

    /** Returns when all that was put before is written. */
    private void flush() throws InterruptedException {
        final var published = new CountDownLatch(1);
        final Notification<?> last = mock(StateMigrationNotified.class);
        doAnswer(call -> {
            published.countDown();
            return null;
        }).when(notifications).offerNotification(any(), anyInt(), any());
        writer.publish(last);
        assertTrue(published.await(20, TimeUnit.SECONDS));
    }

    /** The writer is busy until the gate opens. */
    private CountDownLatch busy() throws InterruptedException {
        final var begun = new CountDownLatch(1);
        final var gate = new CountDownLatch(1);
        writer.put(path(0), () -> {
            begun.countDown();
            try {
                gate.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return data(0, "").get();
        });
        begun.await();
        return gate;
    }

    @Test
    void dataThatCannotBeMadeKeepNothingElseBack() throws Exception {
        final var gate = busy();
        writer.put(path(1), data(1, "one"));
        writer.put(path(2), () -> {
            throw new IllegalStateException("A bug");
        });
        writer.put(path(3), data(3, "three"));
        gate.countDown();
        flush();
        assertEquals(List.of("vm0 ", "vm1 one", "vm3 three"), shown());
    }

    @Test
    void entryThatTheDatastoreDoesNotTakeKeepsNothingElseBack() throws Exception {
        final var gate = busy();
        writer.put(path(1), data(1, "one"));
        writer.put(path(2), () -> new RefusedChangeBuilder().withKey(key(2)).build());
        writer.put(path(3), data(3, "three"));
        gate.countDown();
        flush();
        assertEquals(List.of("vm0 ", "vm1 one", "vm3 three"), shown());
    }

    @Test
    void errorEndsOneTransactionWhichIsNotLeftOpen() throws Exception {
        writer.put(path(1), () -> {
            throw new StackOverflowError("on purpose");
        });
        flush();
        verify(transactions.getFirst()).cancel();
        verify(transactions.getFirst(), never()).commit();
        writer.put(path(2), data(2, "two"));
        flush();
        assertEquals(List.of("vm2 two"), shown());
    }

    @Test
    void onlyTheNewestOfAListEntryIsWrittenAndAllInOneTransaction() throws Exception {
        final var gate = busy();
        final var made = new AtomicInteger();
        for (int round = 0; round < 100; round++) {
            final var detail = "round " + round;
            for (int number = 1; number <= 5; number++) {
                final int entry = number;
                writer.put(path(number), () -> {
                    made.incrementAndGet();
                    return data(entry, detail).get();
                });
            }
        }
        writer.delete(path(5));
        gate.countDown();
        flush();
        assertEquals(List.of("vm0 ", "vm1 round 99", "vm2 round 99", "vm3 round 99", "vm4 round 99"), shown());
        assertEquals(4, made.get());
        assertEquals(2, transactions.size());
    }

    @Test
    void notificationComesAfterWhatWasPutBeforeIt() throws Exception {
        final var gate = busy();
        final var seen = new ArrayList<List<String>>();
        final var published = new CountDownLatch(2);
        doAnswer(call -> {
            seen.add(shown());
            published.countDown();
            return null;
        }).when(notifications).offerNotification(any(), anyInt(), any());
        // More than fit into one transaction
        for (int number = 1; number <= 1500; number++) {
            writer.put(path(number), data(number, "first"));
        }
        writer.publish(mock(StateMigrationNotified.class));
        writer.put(path(1), data(1, "second"));
        writer.publish(mock(StateMigrationNotified.class));
        gate.countDown();
        assertTrue(published.await(20, TimeUnit.SECONDS));
        assertEquals(1501, seen.getFirst().size());
        assertTrue(seen.getLast().contains("vm1 second"));
    }

    @Test
    void closingDeletesEverythingAndTakesNothingFurther() throws Exception {
        writer.put(path(1), data(1, "one"));
        writer.close();
        writer.put(path(2), data(2, "two"));
        assertEquals(List.of(), shown());
    }
}
