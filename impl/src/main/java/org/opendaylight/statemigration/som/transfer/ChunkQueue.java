// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.transfer;

import static java.util.Objects.requireNonNull;

import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;

/**
 * The chunks of a leg between upload and download: no more than the destination grants, and no more than memory is
 * meant for. Nobody waits in it: who finds it full or empty is told when it is not any more.
 */
final class ChunkQueue {
    /** One on its way out while one is coming in. */
    private static final int MIN_CREDIT = 2;
    /** Memory is bounded whatever a destination grants. */
    private static final int MAX_CREDIT = 16;

    /** What is in the queue. */
    sealed interface Item {
        /** A chunk. */
        record Next(QueuedChunk chunk) implements Item {
        }

        /** All that there was when the source was last asked has gone in. */
        record Current() implements Item {
        }

        /** No further one. */
        record End() implements Item {
        }
    }

    private final Queue<Item> items = new ArrayDeque<>();
    private final Runnable filled;
    private final Runnable drained;
    private int credit = MIN_CREDIT;

    /**
     * An empty queue.
     *
     * @param filled called after an item has gone in, without a lock
     * @param drained called after there is credit again, without a lock
     */
    ChunkQueue(final Runnable filled, final Runnable drained) {
        this.filled = requireNonNull(filled);
        this.drained = requireNonNull(drained);
    }

    /** Take more chunks at one time, if the destination grants it. */
    void grantCredit(final int granted) {
        synchronized (this) {
            credit = Math.min(Math.max(granted, MIN_CREDIT), MAX_CREDIT);
        }
        drained.run();
    }

    /** {@return whether the next chunk may be uploaded} */
    synchronized boolean hasCredit() {
        return items.size() < credit;
    }

    /** Put in a chunk, for which there is credit. */
    void put(final QueuedChunk chunk) {
        add(new Item.Next(chunk));
    }

    /** Say that all there was when the source was last asked has gone in. */
    void putCurrent() {
        add(new Item.Current());
    }

    /** Say that nothing follows. */
    void putEnd() {
        add(new Item.End());
    }

    private void add(final Item item) {
        synchronized (this) {
            items.add(item);
        }
        filled.run();
    }

    /** {@return the next item; empty if there is none yet} */
    Optional<Item> poll() {
        final Optional<Item> item;
        synchronized (this) {
            item = Optional.ofNullable(items.poll());
        }
        if (item.isPresent()) {
            drained.run();
        }
        return item;
    }
}
