// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.mdsal.operational;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.opendaylight.mdsal.binding.api.DataBroker;
import org.opendaylight.mdsal.binding.api.NotificationPublishService;
import org.opendaylight.mdsal.common.api.LogicalDatastoreType;
import org.opendaylight.statemigration.mdsal.operational.TransactionWriter.Edit;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123.StateMigration;
import org.opendaylight.yangtools.binding.DataObject;
import org.opendaylight.yangtools.binding.DataObjectIdentifier;
import org.opendaylight.yangtools.binding.Notification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what operators see: the operational datastore and notifications. Nobody waits for it, and it never has more to
 * write than there are list entries: of what is put at one path only the newest is written. All that has come since
 * the last transaction is written in one. A notification is published after everything that was put before it.
 *
 * <p>Its monitor guards what has yet to be written. It is not held over a transaction or the publication of a
 * notification, and no other lock is taken under it.
 */
public final class OperationalWriter implements AutoCloseable {
    /** Everything that is shown stands below it. */
    public static final DataObjectIdentifier<StateMigration> ROOT =
        DataObjectIdentifier.builder(StateMigration.class).build();

    private static final Logger LOG = LoggerFactory.getLogger(OperationalWriter.class);
    /** How long a transaction, or the publication of a notification, may take. */
    private static final Duration STEP_TIMEOUT = Duration.ofSeconds(10);
    /** How long closing waits for what has yet to be written. */
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);
    private static final int MAX_NOTIFICATIONS = 10_000;
    private static final int MAX_CHANGES_PER_TRANSACTION = 1_000;

    private final Map<DataObjectIdentifier<?>, Change> changes = new LinkedHashMap<>();
    private final List<Publication> publications = new ArrayList<>();
    private final TransactionWriter writer;
    private final NotificationPublishService notifications;
    private final Thread thread;
    /** Numbers changes in the order in which they came. */
    private long count;
    private long dropped;
    private boolean closed;

    /**
     * What is to be done at a path.
     *
     * @param number of the first change at that path that has yet to be written
     */
    private record Change(long number, Edit edit) {
    }

    /**
     * What is to be published.
     *
     * @param after number of the last change before it
     */
    private record Publication(long after, Notification<?> notification) {
    }

    /**
     * What the thread does next.
     *
     * @param edits what to change in one transaction
     * @param notifications what to publish afterwards
     */
    private record Work(List<Edit> edits, List<Notification<?>> notifications) {
    }

    /**
     * A writer with a thread of its own.
     *
     * @param dataBroker the datastore
     * @param notifications publishes notifications
     */
    public OperationalWriter(final DataBroker dataBroker, final NotificationPublishService notifications) {
        writer = new TransactionWriter(dataBroker, STEP_TIMEOUT);
        this.notifications = requireNonNull(notifications);
        thread = Thread.ofPlatform().daemon().name("state-migration-writer").start(this::run);
    }

    /**
     * Put something into the operational datastore, in place of whatever is there.
     *
     * @param <T> type of the data
     * @param path where
     * @param data makes the data; called when they are written, unless something newer is
     */
    public <T extends DataObject> void put(final DataObjectIdentifier<T> path, final Supplier<T> data) {
        change(path, tx -> tx.put(LogicalDatastoreType.OPERATIONAL, path, data.get()));
    }

    /**
     * Delete something from the operational datastore.
     *
     * @param path where it is, if it is
     */
    public void delete(final DataObjectIdentifier<?> path) {
        change(path, tx -> tx.delete(LogicalDatastoreType.OPERATIONAL, path));
    }

    /**
     * Publish a notification. If ten thousand others wait to be published it is dropped, which is logged.
     *
     * @param notification the notification
     */
    public synchronized void publish(final Notification<?> notification) {
        if (closed) {
            LOG.debug("Closed before {} was published", notification.implementedInterface());
        } else if (publications.size() >= MAX_NOTIFICATIONS) {
            dropped++;
        } else {
            publications.add(new Publication(count, notification));
            notifyAll();
        }
    }

    /**
     * Write what has yet to be written and then delete everything: without a master it would not be true. Takes no
     * longer than a bound.
     */
    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            delete(ROOT);
            closed = true;
            notifyAll();
        }
        try {
            if (!thread.join(CLOSE_TIMEOUT)) {
                LOG.warn("What is shown of state migration could not be deleted within {} s",
                    CLOSE_TIMEOUT.toSeconds());
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void change(final DataObjectIdentifier<?> path, final Edit edit) {
        if (closed) {
            LOG.debug("Closed before {} was written", path);
            return;
        }
        count++;
        final var former = changes.get(path);
        changes.put(path, new Change(former == null ? count : former.number(), edit));
        notifyAll();
    }

    private void run() {
        try {
            for (var work = next(); work.isPresent(); work = next()) {
                perform(work.orElseThrow());
            }
        } catch (InterruptedException e) {
            LOG.debug("Closed before all was written", e);
        }
    }

    /** {@return what to do next; empty when all is done and nothing will follow} */
    private synchronized Optional<Work> next() throws InterruptedException {
        while (changes.isEmpty() && publications.isEmpty()) {
            if (closed) {
                return Optional.empty();
            }
            // For work, without a limit: nobody waits for this thread
            wait();
        }
        final var edits = new ArrayList<Edit>();
        final var taken = changes.values().iterator();
        while (taken.hasNext() && edits.size() < MAX_CHANGES_PER_TRANSACTION) {
            edits.add(taken.next().edit());
            taken.remove();
        }
        final long next = changes.isEmpty() ? Long.MAX_VALUE : changes.values().iterator().next().number();
        final var ready = publications.stream().takeWhile(one -> one.after() < next).toList();
        publications.subList(0, ready.size()).clear();
        if (dropped > 0) {
            LOG.warn("{} notifications were not published, as too many others waited", dropped);
            dropped = 0;
        }
        return Optional.of(new Work(edits, ready.stream().<Notification<?>>map(Publication::notification).toList()));
    }

    // Errors too: what comes later is to be shown although this cannot be
    @SuppressWarnings("checkstyle:IllegalCatch")
    private void perform(final Work work) throws InterruptedException {
        writer.write(work.edits());
        for (var notification : work.notifications()) {
            try {
                publishNow(notification);
            } catch (InterruptedException e) {
                throw e;
            } catch (Throwable e) {
                LOG.error("{} could not be published", notification.implementedInterface(), e);
            }
        }
    }

    private void publishNow(final Notification<?> notification) throws InterruptedException {
        if (notifications.offerNotification(notification, (int) STEP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                == NotificationPublishService.REJECTED) {
            LOG.warn("{} could not be published: its listeners are too slow", notification.implementedInterface());
        }
    }
}
