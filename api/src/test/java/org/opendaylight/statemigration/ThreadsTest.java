// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * No virtual thread is started, neither in the controller nor in the agent. All virtual threads of a JVM share as many
 * carriers as there are processors, and a thread that loads a class, or is in a call to the kernel, holds its carrier
 * while it waits. In the controller the journal of the datastore is written by such a thread: with the carriers taken,
 * no transaction of anybody ends any more.
 */
class ThreadsTest {
    private static final List<String> WAYS = List.of("ofVirtual(", "startVirtualThread(",
        "newVirtualThreadPerTaskExecutor(");

    @ParameterizedTest
    @ValueSource(strings = {"api", "impl", "agent"})
    void noneIsVirtual(final String module) throws IOException {
        Sources.assertNoneSays(WAYS, module, "");
    }
}
