// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.worker;

import java.lang.management.LockInfo;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.List;

/** Which monitors the current thread holds, as the JVM knows; the master has no locks but monitors. */
public final class HeldLocks {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private HeldLocks() {
        // Hidden on purpose
    }

    /** {@return the classes of the monitors} */
    public static List<String> ofCurrentThread() {
        final var info = THREADS.getThreadInfo(new long[] {Thread.currentThread().threadId()}, true, false)[0];
        return Arrays.stream(info.getLockedMonitors()).map(LockInfo::getClassName).toList();
    }
}
