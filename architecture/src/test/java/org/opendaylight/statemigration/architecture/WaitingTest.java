// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaConstructorCall;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.Condition;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing waits for ever, and nothing grows without a bound that somebody has thought about. */
class WaitingTest {
    /** They return when something has happened, whenever that is. The variants with a limit have arguments. */
    private static final Map<Class<?>, Set<String>> ENDLESS = Map.of(
        Future.class, Set.of("get"),
        CompletableFuture.class, Set.of("join"),
        CountDownLatch.class, Set.of("await"),
        Condition.class, Set.of("await"),
        Semaphore.class, Set.of("acquire", "acquireUninterruptibly"),
        BlockingQueue.class, Set.of("take"),
        BlockingDeque.class, Set.of("takeFirst", "takeLast"),
        Thread.class, Set.of("join"),
        Process.class, Set.of("waitFor"),
        Object.class, Set.of("wait"));

    private static final List<Class<?>> QUEUES = List.of(BlockingQueue.class, ConcurrentLinkedQueue.class,
        ConcurrentLinkedDeque.class);

    @ParameterizedTest
    @CsvSource({"api, none", "impl, mdsal.operational"})
    void waitsHaveALimit(final String module, final String exempt) {
        noClasses().that().resideOutsideOfPackage(Project.ROOT_PACKAGE + '.' + exempt)
            .should().callMethodWhere(describe("waits without a limit", WaitingTest::isEndless))
            .because("a thread that waits for ever is lost").check(Project.classes(module));
    }

    /** A queue that threads share is in a pool, where it is said what bounds it. */
    @ParameterizedTest
    @ValueSource(strings = {"api", "impl"})
    void sharedQueuesAreInPools(final String module) {
        noClasses().that().resideOutsideOfPackage(Project.ROOT_PACKAGE + ".som.worker")
            .should().callConstructorWhere(describe("makes a queue without a bound", WaitingTest::isUnbounded))
            .because("what waits has to have a bound").check(Project.classes(module));
    }

    private static boolean isEndless(final JavaMethodCall call) {
        return call.getTarget().getRawParameterTypes().isEmpty() && ENDLESS.entrySet().stream()
            .anyMatch(entry -> entry.getValue().contains(call.getName())
                && call.getTargetOwner().isAssignableTo(entry.getKey()));
    }

    private static boolean isUnbounded(final JavaConstructorCall call) {
        final JavaClass owner = call.getTargetOwner();
        return call.getTarget().getRawParameterTypes().isEmpty()
            && QUEUES.stream().anyMatch(owner::isAssignableTo);
    }
}
