// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.worker;

import static java.util.Objects.requireNonNull;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A fixed number of platform threads with a name, and a queue of what they have to do. All threads are started at once
 * and never end before the pool is closed: a system that has no more threads to give says so when the bundle starts,
 * not in the middle of a migration.
 *
 * <p>Of the tasks that have the same key only some run at one time, so that a State Host that does not answer cannot
 * hold all threads.
 *
 * <p>The queue has no bound of its own, so that whoever hands something over neither waits nor is turned away. Its
 * length is bounded by those who do: a step has one piece in it at a time, a mailbox one entry, a State Host one
 * reading of its profile, a checkpoint one request, a topology one task, and RPCs are counted.
 */
public final class WorkerPool implements Executor, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WorkerPool.class);

    private final String name;
    private final Executor threads;
    private final Runnable shutdown;
    private final int perKey;
    /** Guarded by itself. Keys of which no task runs have no entry. */
    private final Map<Object, KeyedTasks> keyed = new HashMap<>();

    /** Tasks with the same key. */
    private static final class KeyedTasks {
        private final Queue<Runnable> waiting = new ArrayDeque<>();
        private int running;
    }

    /**
     * A pool of threads.
     *
     * @param name beginning of the names of the threads
     * @param size how many threads
     * @param perKey how many of them may work for one key at one time
     */
    public WorkerPool(final String name, final int size, final int perKey) {
        this(name, started(name, size), perKey);
    }

    /**
     * A pool that has tasks run by somebody else, such as a test.
     *
     * @param name for the log
     * @param threads runs the tasks
     * @param perKey how many tasks of one key may run at one time
     */
    public WorkerPool(final String name, final Executor threads, final int perKey) {
        this(name, threads, () -> { }, perKey);
    }

    private WorkerPool(final String name, final ThreadPoolExecutor threads, final int perKey) {
        this(name, threads, threads::shutdownNow, perKey);
    }

    private WorkerPool(final String name, final Executor threads, final Runnable shutdown, final int perKey) {
        this.name = requireNonNull(name);
        this.threads = requireNonNull(threads);
        this.shutdown = shutdown;
        this.perKey = perKey;
    }

    private static ThreadPoolExecutor started(final String name, final int size) {
        final var pool = new ThreadPoolExecutor(size, size, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(),
            Thread.ofPlatform().daemon().name(name + "-", 1).factory());
        boolean complete = false;
        try {
            pool.prestartAllCoreThreads();
            complete = true;
        } finally {
            if (!complete) {
                pool.shutdownNow();
            }
        }
        return pool;
    }

    /**
     * Run a task as soon as a thread is free. Nothing happens once the pool is closed.
     *
     * @param task what to run; what it throws is logged
     */
    @Override
    public void execute(final Runnable task) {
        requireNonNull(task);
        try {
            threads.execute(() -> SafeTask.run(name, task));
        } catch (RejectedExecutionException e) {
            LOG.debug("{} is closed", name, e);
        }
    }

    /**
     * Run tasks of one kind, no more than the pool permits at one time and in order.
     *
     * @param key what the tasks have in common
     * @return runs such tasks
     */
    public Executor of(final Object key) {
        requireNonNull(key);
        return task -> executeFor(key, task);
    }

    private void executeFor(final Object key, final Runnable task) {
        synchronized (keyed) {
            final var tasks = keyed.computeIfAbsent(key, unknown -> new KeyedTasks());
            if (tasks.running == perKey) {
                tasks.waiting.add(task);
                return;
            }
            tasks.running++;
        }
        start(key, task);
    }

    private void start(final Object key, final Runnable task) {
        execute(() -> {
            try {
                task.run();
            } finally {
                ended(key);
            }
        });
    }

    /** The next one goes to the end of the queue, behind those of other keys. */
    private void ended(final Object key) {
        final Runnable next;
        synchronized (keyed) {
            final var tasks = keyed.get(key);
            next = tasks.waiting.poll();
            if (next == null && --tasks.running == 0) {
                keyed.remove(key);
            }
        }
        if (next != null) {
            start(key, next);
        }
    }

    /** Interrupt what is running, and run nothing further. */
    @Override
    public void close() {
        shutdown.run();
    }
}
