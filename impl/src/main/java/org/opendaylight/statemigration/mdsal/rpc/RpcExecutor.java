// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.mdsal.rpc;

import static java.util.Objects.requireNonNull;

import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.opendaylight.statemigration.ifmt.MigrationRejectedException;
import org.opendaylight.statemigration.mdsal.config.PolicyListener;
import org.opendaylight.yangtools.yang.common.ErrorTag;
import org.opendaylight.yangtools.yang.common.ErrorType;
import org.opendaylight.yangtools.yang.common.RpcResult;
import org.opendaylight.yangtools.yang.common.RpcResultBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers RPCs, each by the policy that is in the datastore when it comes. Each has a thread of its own: some of them
 * talk to State Hosts.
 */
public final class RpcExecutor implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RpcExecutor.class);

    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
        Thread.ofPlatform().daemon().name("state-migration-rpc-", 0).factory());
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

    public <T> ListenableFuture<RpcResult<T>> answer(final String rpc, final Request<T> request) {
        return Futures.submit(() -> run(rpc, request), threads);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    private <T> RpcResult<T> run(final String rpc, final Request<T> request) {
        try {
            policy.refresh();
            return RpcResultBuilder.success(request.run()).build();
        } catch (MigrationRejectedException e) {
            LOG.info("{} is refused: {}", rpc, e.getMessage());
            return failure(new ErrorTag(e.kind().errorTag()), e.getMessage());
        } catch (IllegalArgumentException e) {
            LOG.info("{} is refused: {}", rpc, e.getMessage());
            return failure(ErrorTag.INVALID_VALUE, e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return failure(ErrorTag.OPERATION_FAILED, "The controller is shutting down");
        }
    }

    private static <T> RpcResult<T> failure(final ErrorTag tag, final String message) {
        return RpcResultBuilder.<T>failed().withError(ErrorType.APPLICATION, tag, message).build();
    }
}
