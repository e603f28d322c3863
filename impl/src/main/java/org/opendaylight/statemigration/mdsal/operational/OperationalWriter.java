// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.mdsal.operational;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.opendaylight.mdsal.binding.api.DataBroker;
import org.opendaylight.mdsal.binding.api.NotificationPublishService;
import org.opendaylight.mdsal.binding.api.WriteTransaction;
import org.opendaylight.mdsal.common.api.LogicalDatastoreType;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123.StateMigration;
import org.opendaylight.yangtools.binding.DataObjectIdentifier;
import org.opendaylight.yangtools.binding.Notification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what operators see, the operational datastore and notifications, in the order in which it happened. Nobody
 * waits for it.
 */
public final class OperationalWriter implements AutoCloseable {
    /** Everything that is shown stands below it. */
    public static final DataObjectIdentifier<StateMigration> ROOT =
        DataObjectIdentifier.builder(StateMigration.class).build();

    private static final Logger LOG = LoggerFactory.getLogger(OperationalWriter.class);

    private final ExecutorService thread = Executors.newSingleThreadExecutor(
        Thread.ofPlatform().daemon().name("state-migration-writer").factory());
    private final DataBroker dataBroker;
    private final NotificationPublishService notifications;

    /** Something that is written. */
    @FunctionalInterface
    private interface Step {
        void run() throws InterruptedException, ExecutionException;
    }

    public OperationalWriter(final DataBroker dataBroker, final NotificationPublishService notifications) {
        this.dataBroker = requireNonNull(dataBroker);
        this.notifications = requireNonNull(notifications);
    }

    /**
     * Change the operational datastore.
     *
     * @param change what to change
     */
    public void write(final Consumer<WriteTransaction> change) {
        inOrder(() -> {
            final var tx = dataBroker.newWriteOnlyTransaction();
            change.accept(tx);
            tx.commit().get();
        });
    }

    /**
     * Publish a notification.
     *
     * @param notification the notification
     */
    public void publish(final Notification<?> notification) {
        inOrder(() -> notifications.putNotification(notification));
    }

    /** What was shown is taken away: without a master it would be a lie. */
    @Override
    public void close() {
        write(tx -> tx.delete(LogicalDatastoreType.OPERATIONAL, ROOT));
        thread.close();
    }

    private void inOrder(final Step step) {
        try {
            thread.execute(() -> run(step));
        } catch (RejectedExecutionException e) {
            LOG.debug("Closed", e);
        }
    }

    private static void run(final Step step) {
        try {
            step.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            LOG.warn("Cannot show the newest state", e.getCause());
        }
    }
}
