// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.backend.linux.nft;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Set;
import org.junit.jupiter.api.Test;

class PolicyDigestTest {
    @Test
    void policyLeavesOutTheOwnTableOnly() {
        assertEquals("table inet a {\n\tchain x {\n\t}\n}\ntable inet statemigration-too {\n}\n",
            PolicyDigest.canonical("table inet a {\n\tchain x {\n\t}\n}\ntable inet statemigration { # progname java\n"
                + "\tflags owner\n\tchain hold {\n\t}\n}\ntable inet statemigration_nat {\n"
                + "\tchain translate {\n\t}\n}\ntable inet statemigration-too {\n}\n",
                Set.of("inet statemigration", "inet statemigration_nat")));
    }
}
