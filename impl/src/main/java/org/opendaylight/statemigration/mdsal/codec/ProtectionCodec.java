// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.mdsal.codec;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.opendaylight.statemigration.host.StateHostId;
import org.opendaylight.statemigration.som.policy.Policy.Protections;
import org.opendaylight.statemigration.som.policy.Protection;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123.state.migration.Policy;

/** What policy wants protected, from YANG. */
final class ProtectionCodec {
    private static final Duration INTERVAL = Duration.ofMillis(500);

    private ProtectionCodec() {
        // Hidden on purpose
    }

    static Protections read(final Policy policy) {
        return new Protections(policy.nonnullProtection().values().stream().map(ProtectionCodec::read).toList(),
            Optional.ofNullable(policy.getCheckpointedFlows()).map(flows -> flows.intValue())
                .orElse(Protections.NONE.flows()));
    }

    private static Protection read(
            final org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123
                .state.migration.policy.Protection entry) {
        return new Protection(entry.requireName().getValue(),
            Optional.ofNullable(entry.getVm()).map(MigrationRequestCodec::reference),
            Optional.ofNullable(entry.getHost()).orElse(Set.of()).stream()
                .map(host -> new StateHostId(host.getValue())).collect(Collectors.toSet()),
            Optional.ofNullable(entry.getInterval()).map(interval -> Duration.ofMillis(interval.getValue().longValue()))
                .orElse(INTERVAL));
    }
}
