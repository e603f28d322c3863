// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.architecture;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may start threads, and which. */
class ThreadUseTest {
    /**
     * All virtual threads of a JVM share as many carriers as there are processors, and a thread that loads a class, or
     * is in a call to the kernel, holds its carrier while it waits. In the controller the journal of the datastore is
     * written by such a thread: with the carriers taken, no transaction of anybody ends any more.
     */
    @ParameterizedTest
    @ValueSource(strings = {"api", "impl", "agent"})
    void noThreadIsVirtual(final String module) {
        noClasses().should().callMethodWhere(target(nameMatching(
                "ofVirtual|startVirtualThread|newVirtualThreadPerTaskExecutor")))
            .check(Project.classes(module));
    }

    /** Who has something to do puts it into a pool that has a name, a bound and an owner who closes it. */
    @Test
    void onlyPoolsAndAdaptersOfTheControllerStartThreads() {
        threadsOutsideOf("impl", "som.worker", "mdsal.operational");
    }

    @Test
    void onlyDaemonServerAndBackendsOfTheAgentStartThreads() {
        threadsOutsideOf("agent", "agent.daemon", "agent.netconf.server", "agent.backend.linux..");
    }

    private static void threadsOutsideOf(final String module, final String... packages) {
        noClasses().that().resideOutsideOfPackages(
                Arrays.stream(packages).map(name -> Project.ROOT_PACKAGE + '.' + name).toArray(String[]::new))
            .should().callMethodWhere(target(nameMatching("ofPlatform|new.*(ThreadPool|Executor|ThreadExecutor)")))
            .orShould().callConstructorWhere(target(owner(assignableTo(Thread.class)))
                .or(target(owner(assignableTo(ExecutorService.class)))))
            .check(Project.classes(module));
    }
}
