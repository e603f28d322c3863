// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may know whom. */
class DependenciesTest {
    /** Frameworks of the controller. Everything that is ours begins with the root package of the project. */
    private static final String[] FRAMEWORKS = {"org.osgi..", "org.opendaylight.mdsal..",
        "org.opendaylight.yangtools..", "org.opendaylight.netconf..", "org.opendaylight.controller..",
        "org.opendaylight.aaa..", "org.opendaylight.infrautils..", "org.opendaylight.yang..",
        "org.opendaylight.odlparent..", "org.w3c.dom.."};

    private static List<String> modules() {
        return Project.MODULES;
    }

    /** What is not an adapter can be read, tested and used without OpenDaylight. */
    @ParameterizedTest
    @MethodSource("modules")
    void onlyAdaptersKnowOpenDaylight(final String module) {
        noClasses().that().resideOutsideOfPackages(ours("mdsal.."), ours("netconf.."), ours("codec.."),
                ours("agent.netconf.."))
            .should().dependOnClassesThat().resideInAnyPackage(FRAMEWORKS)
            .allowEmptyShould(true).check(Project.classes(module));
    }

    /** The draft's IF(M,T) is all that the two have in common, beside the policy that operators give to both. */
    @Test
    void masterKnowsNothingOfTopologyDiscovery() {
        noClasses().that().resideInAPackage(ours("som.."))
            .should().dependOnClassesThat().resideInAPackage(ours("tde.."))
            .check(Project.classes("impl"));
    }

    @Test
    void topologyDiscoveryKnowsThePolicyOfTheMasterOnly() {
        noClasses().that().resideInAPackage(ours("tde.."))
            .should().dependOnClassesThat(resideInAPackage(ours("som.."))
                .and(not(resideInAPackage(ours("som.policy")))))
            .check(Project.classes("impl"));
    }

    /** What is shown of migrations does not depend on how they are carried out. */
    @Test
    void modelOfTheMasterKnowsOnlyTheApi() {
        noClasses().that().resideInAPackage(ours("som.model"))
            .should().dependOnClassesThat(resideInAPackage(ours(".")).and(not(resideInAnyPackage(ours("som.model"),
                ours("flow.."), ours("host.."), ours("ifma.."), ours("ifmt.."), ours("text.."), ours("time..")))))
            .check(Project.classes("impl"));
    }

    /** Back ends are found at run time, so that there can be others. */
    @Test
    void agentKnowsNoParticularBackend() {
        noClasses().that().resideInAPackage(ours("agent..")).and().resideOutsideOfPackages(
                ours("agent.backend.linux.."), ours("agent.backend.memory.."))
            .should().dependOnClassesThat().resideInAnyPackage(ours("agent.backend.linux.."),
                ours("agent.backend.memory.."))
            .check(Project.classes("agent"));
    }

    private static String ours(final String name) {
        return Project.ROOT_PACKAGE + '.' + name;
    }
}
