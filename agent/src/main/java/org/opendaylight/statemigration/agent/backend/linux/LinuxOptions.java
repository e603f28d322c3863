// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.backend.linux;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.opendaylight.statemigration.agent.backend.linux.hold.HoldOptions;
import org.opendaylight.statemigration.agent.backend.linux.hold.HoldPreference;
import org.opendaylight.statemigration.flow.VirtualNetwork;

/**
 * How a {@link LinuxStateTable} is set up.
 *
 * @param namespace file of the network namespace that is the State Host, such as {@code /run/netns/NAME}; empty for
 *     that of this process
 * @param zones conntrack zone of each virtual network, 1..65534; flows of no virtual network are in zone 0
 * @param hold how to hold packets
 * @param queueLength packets that one hold keeps, at least 1; those beyond are dropped
 * @param queueBase number of the {@code NFQUEUE} that holds use, 0..65535. Nobody else in the namespace may use it
 */
public record LinuxOptions(Optional<Path> namespace, Map<VirtualNetwork, Integer> zones, HoldPreference hold,
        int queueLength, int queueBase) {
    /** What is used where nothing else is said. */
    public static final LinuxOptions DEFAULT =
        new LinuxOptions(Optional.empty(), Map.of(), HoldPreference.BEST, 4096, 4700);

    private static final int QUEUE_MAX = 0xffff;

    public LinuxOptions {
        requireNonNull(namespace);
        requireNonNull(hold);
        zones = Map.copyOf(zones);
        if (queueLength < 1) {
            throw new IllegalArgumentException("A hold of " + queueLength + " packets holds nothing: give at least 1");
        }
        if (queueBase < 0 || queueBase > QUEUE_MAX) {
            throw new IllegalArgumentException("Queue number " + queueBase + " is not in the range 0..65535");
        }
    }

    /**
     * The same in another network namespace.
     *
     * @param path file of the namespace
     * @return options
     */
    public LinuxOptions in(final Path path) {
        return new LinuxOptions(Optional.of(path), zones, hold, queueLength, queueBase);
    }

    HoldOptions holdOptions() {
        return new HoldOptions(hold, !zones.isEmpty(), queueLength, queueBase);
    }
}
