// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaMethodCall;
import java.io.EOFException;
import java.io.IOException;
import java.io.Reader;
import java.io.Serializable;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Rules and values are functions of their arguments: without threads, time, logging, input and output. They are tested
 * with all their cases, and mean the same at each end.
 */
class PurityTest {
    private static final Set<String> TIME = Set.of("now", "currentTimeMillis", "nanoTime", "instant", "millis");

    /** Whoever opens a reader does the input. */
    private static final Set<Class<?>> HARMLESS = Set.of(Serializable.class, Reader.class, IOException.class,
        EOFException.class);

    @ParameterizedTest
    @CsvSource({"api, flow", "impl, som.lifecycle", "impl, som.scheduling", "impl, tde.fabric",
        "impl, tde.topology", "impl, tde.relocation", "impl, tde.refusal",
        "agent, agent.soa.stage", "agent, agent.backend.linux.mapping"})
    void rulesAndValuesHaveNoEffects(final String module, final String name) {
        final var classes = Project.classes(module);
        final var packages = Project.ROOT_PACKAGE + '.' + name + "..";
        noClasses().that().resideInAPackage(packages)
            .should().dependOnClassesThat(resideInAnyPackage("java.util.concurrent..", "org.slf4j..", "java.io..",
                "java.nio.file..", "java.nio.channels..", "java.util.logging..")
                .and(not(describe("are values or given as arguments", type -> HARMLESS.stream()
                    .anyMatch(type::isEquivalentTo)))))
            .orShould().dependOnClassesThat(type(Clock.class))
            .orShould().dependOnClassesThat(type(InstantSource.class))
            .orShould().dependOnClassesThat(type(Thread.class))
            .orShould().callMethodWhere(describe("asks for the time", PurityTest::asksForTheTime))
            .because("rules and values are functions of their arguments").check(classes);
    }

    private static boolean asksForTheTime(final JavaMethodCall call) {
        final var owner = call.getTargetOwner();
        return TIME.contains(call.getName())
            && (owner.isEquivalentTo(System.class) || owner.isEquivalentTo(Instant.class));
    }
}
