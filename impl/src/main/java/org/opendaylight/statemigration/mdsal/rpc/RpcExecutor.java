// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.mdsal.rpc;

import static java.util.Objects.requireNonNull;

import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import com.google.common.util.concurrent.ListenableFutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.opendaylight.statemigration.ifmt.MigrationRejectedException;
import org.opendaylight.statemigration.ifmt.Rejection;
import org.opendaylight.statemigration.ifmt.RequestRejection;
import org.opendaylight.statemigration.mdsal.config.PolicyListener;
import org.opendaylight.statemigration.som.worker.WorkerPool;
import org.opendaylight.yangtools.yang.common.ErrorTag;
import org.opendaylight.yangtools.yang.common.ErrorType;
import org.opendaylight.yangtools.yang.common.RpcResult;
import org.opendaylight.yangtools.yang.common.RpcResultBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers RPCs, each by the policy that is in the datastore when its turn comes. A few threads do so, as some RPCs talk
 * to State Hosts; what waits for them is bounded.
 */
public final class RpcExecutor implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RpcExecutor.class);

    private static final int THREADS = 16;
    /** A plan may take as long as a transfer, and others do not wait for it. */
    private static final int THREADS_PER_RPC = 8;
    private static final int MAX_OPEN = 10_000;

    private final WorkerPool threads = new WorkerPool("state-migration-rpc", THREADS, THREADS_PER_RPC);
    private final AtomicInteger open = new AtomicInteger();
    private final PolicyListener policy;

    public RpcExecutor(final PolicyListener policy) {
        this.policy = requireNonNull(policy);
    }

    /** Something that the master is asked to do. */
    @FunctionalInterface
    public interface Request<T> {
        /**
         * Do it.
         *
         * @return the output
         * @throws MigrationRejectedException if it is not done
         * @throws InterruptedException if interrupted
         */
        T run() throws MigrationRejectedException, InterruptedException;
    }

    /**
     * Answer an RPC.
     *
     * @param <T> type of the output
     * @param rpc its name
     * @param request what it asks for
     * @return the answer; an error at once if too many others wait for theirs
     */
    public <T> ListenableFuture<RpcResult<T>> answer(final String rpc, final Request<T> request) {
        if (open.incrementAndGet() > MAX_OPEN) {
            open.decrementAndGet();
            return Futures.immediateFuture(rejected(rpc, new RequestRejection.TooManyRequests(MAX_OPEN)));
        }
        // Who has the answer may ask again: the place is free by then
        final var answer = ListenableFutureTask.create(() -> {
            try {
                return run(rpc, request);
            } finally {
                open.decrementAndGet();
            }
        });
        threads.of(rpc).execute(answer);
        return Futures.nonCancellationPropagating(answer);
    }

    @Override
    public void close() {
        threads.close();
    }

    private <T> RpcResult<T> run(final String rpc, final Request<T> request) {
        try {
            policy.refresh();
            return RpcResultBuilder.success(request.run()).build();
        } catch (MigrationRejectedException e) {
            return rejected(rpc, e.rejection());
        } catch (IllegalArgumentException e) {
            LOG.info("{} is refused: {}", rpc, e.getMessage());
            return failure(ErrorTag.INVALID_VALUE, e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return failure(ErrorTag.OPERATION_FAILED, "The controller is shutting down");
        }
    }

    private static <T> RpcResult<T> rejected(final String rpc, final Rejection rejection) {
        LOG.info("{} is refused: {}", rpc, rejection.detail());
        return failure(new ErrorTag(rejection.kind().errorTag()), rejection.detail());
    }

    private static <T> RpcResult<T> failure(final ErrorTag tag, final String message) {
        return RpcResultBuilder.<T>failed().withError(ErrorType.APPLICATION, tag, message).build();
    }
}
