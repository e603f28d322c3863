// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.transfer;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Keeps a bounded number of chunks between the thread that uploads and the thread that downloads. */
final class ChunkQueue {
    /** One on its way out while one is coming in. */
    private static final int MIN_ROOM = 2;
    /** Memory is bounded whatever a destination grants. */
    private static final int MAX_ROOM = 16;

    /** What is in the pipe. */
    sealed interface Item {
        /** A chunk. */
        record Next(QueuedChunk portion) implements Item {
        }

        /** All that there was when the source was last asked has gone in. */
        record Current() implements Item {
        }

        /** No further one. */
        record End() implements Item {
        }
    }

    private final LinkedBlockingQueue<Item> items = new LinkedBlockingQueue<>();
    private final Semaphore room = new Semaphore(MIN_ROOM);

    /** More room, if the destination grants it. */
    void widen(final int credit) {
        if (credit > MIN_ROOM) {
            room.release(Math.min(credit, MAX_ROOM) - MIN_ROOM);
        }
    }

    void put(final QueuedChunk queuedChunk) throws InterruptedException {
        add(new Item.Next(queuedChunk));
    }

    void current() throws InterruptedException {
        add(new Item.Current());
    }

    private void add(final Item item) throws InterruptedException {
        room.acquire();
        items.add(item);
    }

    void end() {
        items.add(new Item.End());
    }

    /** {@return the next item; empty if there is none for that long} */
    Optional<Item> take(final Duration patience) throws InterruptedException {
        final var item = Optional.ofNullable(items.poll(patience.toMillis(), TimeUnit.MILLISECONDS));
        if (item.isPresent()) {
            room.release();
        }
        return item;
    }
}
