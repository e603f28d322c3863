// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.mdsal.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.opendaylight.statemigration.host.FunctionType;
import org.opendaylight.statemigration.host.IpPrefix;
import org.opendaylight.statemigration.host.Role;
import org.opendaylight.statemigration.host.StateHostId;
import org.opendaylight.statemigration.som.policy.Policy;
import org.opendaylight.yang.gen.v1.urn.ietf.params.xml.ns.yang.ietf.inet.types.rev130715.IetfInetUtil;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123.state.migration.PolicyBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123.state.migration.policy.AuthorizedHost;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123.state.migration.policy.AuthorizedHostBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123.state.migration.policy.LimitsBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123.state.migration.policy.TimersBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.types.rev261123.Firewall;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.types.rev261123.Milliseconds;
import org.opendaylight.yangtools.binding.util.BindingMap;
import org.opendaylight.yangtools.yang.common.Uint16;
import org.opendaylight.yangtools.yang.common.Uint32;

class PolicyCodecTest {
    @Test
    void noPolicyAuthorizesNobody() {
        assertEquals(Policy.DEFAULT, PolicyCodec.read(null));
        assertEquals(Policy.DEFAULT, PolicyCodec.read(new PolicyBuilder().build()));
        assertTrue(Policy.DEFAULT.authorized().isEmpty());
    }

    @Test
    void everythingIsRead() {
        final var policy = PolicyCodec.read(new PolicyBuilder()
            .setAuthorizedHost(BindingMap.of(new AuthorizedHostBuilder()
                .setHostId(new org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.types.rev261123
                    .StateHostId("fw1"))
                .setFunction(Set.of(Firewall.VALUE))
                .setRole(Set.of(AuthorizedHost.Role.Destination))
                .setPermittedNetwork(Set.of(IetfInetUtil.ipPrefixFor("192.0.2.0/24")))
                .setAcceptUnverifiedKey(Boolean.TRUE)
                .build()))
            .setLimits(new LimitsBuilder().setConcurrentMigrations(Uint16.TWO).build())
            .setTimers(new TimersBuilder()
                .setSettle(new Milliseconds(Uint32.valueOf(5)))
                .setHoldLease(Uint32.TEN)
                .build())
            .build());

        assertEquals(Set.of(new StateHostId("fw1")), policy.authorized().keySet());
        assertEquals(new Policy.Authorization(Set.of(FunctionType.FIREWALL), Set.of(Role.DESTINATION),
            List.of(IpPrefix.parse("192.0.2.0/24")), Set.of(), true),
            policy.authorized().get(new StateHostId("fw1")));
        assertEquals(2, policy.limits().concurrent());
        assertEquals(Policy.Limits.DEFAULT.flowsPerChunk(), policy.limits().flowsPerChunk());
        assertEquals(Duration.ofMillis(5), policy.timers().settle());
        assertEquals(Duration.ofSeconds(10), policy.timers().holdLease());
        assertEquals(Policy.Timers.DEFAULT.commit(), policy.timers().commit());
    }
}
