// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.mdsal.rpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.Mockito.mock;

import com.google.common.util.concurrent.ListenableFuture;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.opendaylight.statemigration.ifmt.MigrationRejectedException;
import org.opendaylight.statemigration.ifmt.RequestRejection;
import org.opendaylight.statemigration.mdsal.config.PolicyListener;
import org.opendaylight.yangtools.yang.common.ErrorTag;
import org.opendaylight.yangtools.yang.common.RpcResult;

class RpcExecutorTest {
    private static final int MAX_OPEN = 10_000;
    private static final int MAX_AT_ONE_TIME = 8;
    private static final long LIMIT_SECONDS = 90;

    private final RpcExecutor executor = new RpcExecutor(mock(PolicyListener.class));
    private final CountDownLatch released = new CountDownLatch(1);
    private final AtomicInteger running = new AtomicInteger();

    @AfterEach
    void after() {
        released.countDown();
        executor.close();
    }

    @Test
    void rejectionIsAnErrorWithItsTagAndSentence() throws Exception {
        final var rejection = new RequestRejection.UnknownBatch("b-1");
        final var answer = get(executor.answer("cancel-batch", () -> {
            throw new MigrationRejectedException(rejection);
        }));
        assertFalse(answer.isSuccessful());
        final var error = answer.getErrors().iterator().next();
        assertEquals(ErrorTag.DATA_MISSING, error.getTag());
        assertEquals(rejection.detail(), error.getMessage());
    }

    @Test
    void requestsThatTakeLongHoldUpNoOthersAndAreBounded() throws Exception {
        final var entered = new CountDownLatch(MAX_AT_ONE_TIME);
        final var open = new ArrayList<ListenableFuture<RpcResult<String>>>();
        for (int i = 0; i < MAX_OPEN - 1; i++) {
            open.add(executor.answer("plan", () -> {
                running.incrementAndGet();
                entered.countDown();
                released.await();
                return "planned";
            }));
        }
        assertTrue(entered.await(LIMIT_SECONDS, TimeUnit.SECONDS));
        assertEquals("cancelled", get(executor.answer("cancel", () -> "cancelled")).getResult());
        assertEquals(MAX_AT_ONE_TIME, running.get());

        open.add(executor.answer("plan", () -> "planned"));
        final var oneTooMany = executor.answer("cancel", () -> "cancelled");
        assertTrue(oneTooMany.isDone());
        assertEquals(ErrorTag.RESOURCE_DENIED, get(oneTooMany).getErrors().iterator().next().getTag());

        released.countDown();
        for (var answer : open) {
            assertEquals("planned", get(answer).getResult());
        }
        assertEquals("cancelled", get(executor.answer("cancel", () -> "cancelled")).getResult());
    }

    private static <T> RpcResult<T> get(final ListenableFuture<RpcResult<T>> answer) throws Exception {
        return answer.get(LIMIT_SECONDS, TimeUnit.SECONDS);
    }
}
