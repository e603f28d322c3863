// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.task;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class GuardedTaskTest {
    @Test
    void repeatedTaskGoesOnAfterFailuresOfAnyKind() throws Exception {
        final var runs = new CountDownLatch(3);
        try (var timer = new ScheduledThreadPoolExecutor(1)) {
            timer.scheduleWithFixedDelay(new GuardedTask("count", () -> {
                runs.countDown();
                if (runs.getCount() == 2) {
                    throw new IllegalStateException("a bug");
                }
                throw new AssertionError("worse");
            }), 0, 1, TimeUnit.MILLISECONDS);
            assertTrue(runs.await(10, TimeUnit.SECONDS));
            timer.shutdownNow();
        }
    }
}
