// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.architecture;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

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
}
