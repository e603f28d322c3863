// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pure logic, of whatever module, knows neither OSGi nor MD-SAL, neither YANG Tools nor DOM. */
class PurePackagesTest {
    private static final List<String> OTHERS = List.of("org.osgi.", "org.opendaylight.mdsal.",
        "org.opendaylight.yangtools.", "org.opendaylight.netconf.", "org.opendaylight.yang.gen.", "org.w3c.dom.");

    @ParameterizedTest
    @CsvSource({"api, flow", "api, host", "api, ifma", "api, ifmt", "impl, som", "impl, tde", "agent, agent/soa"})
    void importNothingOfAFramework(final String module, final String name) throws IOException {
        Sources.assertNoneSays(OTHERS, module, name);
    }
}
