// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.backend.linux.hold;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.opendaylight.statemigration.agent.backend.linux.Lab;
import org.opendaylight.statemigration.agent.backend.linux.hold.HoldRules.Held;
import org.opendaylight.statemigration.agent.backend.linux.hold.HoldRules.Mechanism;
import org.opendaylight.statemigration.host.IpPrefix;
import org.opendaylight.statemigration.host.VmIdentity;
import org.opendaylight.statemigration.ifma.FlowSelection;

/** The text that nftables is given. */
class HoldRulesTest {
    @ParameterizedTest
    @CsvSource({ "QUEUE, -300", "MARK, -301", "DROP, -300", "DROP_IN_ZONE, -199" })
    void chainStandsWhereItsMechanismNeedsIt(final Mechanism mechanism, final int priority) {
        assertEquals("add chain inet statemigration hold { type filter hook prerouting priority " + priority
            + "; policy accept; }\n", new HoldRules(mechanism, 4700).install());
    }

    @Test
    void packetsFromAndToTheVmAreQueuedInBothFamilies() {
        assertEquals("""
            flush chain inet statemigration hold
            add rule inet statemigration hold ip saddr { 10.1.1.10/32 } queue num 4700
            add rule inet statemigration hold ip daddr { 10.1.1.10/32 } queue num 4700
            add rule inet statemigration hold ip6 saddr { fd00:1::10/128 } queue num 4700
            add rule inet statemigration hold ip6 daddr { fd00:1::10/128 } queue num 4700
            """, rules(Mechanism.QUEUE, 0));
    }

    @Test
    void peersOfTheSameFamilyNarrowTheHoldAndDoNotOverlap() {
        assertEquals("""
            flush chain inet statemigration hold
            add rule inet statemigration hold ip saddr { 10.1.1.10/32 } ip daddr { 10.8.0.0/14, 192.0.2.1/32 } drop
            add rule inet statemigration hold ip daddr { 10.1.1.10/32 } ip saddr { 10.8.0.0/14, 192.0.2.1/32 } drop
            """, rules(Mechanism.DROP, 0, "10.9.1.0/24", "10.9.7.7/14", "192.0.2.1", "10.8.0.0/14"));
    }

    @Test
    void markIsAddedToWhatIsThere() {
        assertEquals("add rule inet statemigration hold ip saddr { 10.1.1.10/32 } ip daddr { 10.0.0.0/8 }"
            + " meta mark set meta mark or 0x20000000",
            rules(Mechanism.MARK, 0, "10.0.0.0/8").lines().toList().get(1));
    }

    @Test
    void zoneIsAskedFor() {
        assertEquals(List.of("add rule inet statemigration hold ct zone 5 ip6 saddr { fd00:1::10/128 }"
            + " ip6 daddr { fd00::/16 } drop",
            "add rule inet statemigration hold ct state invalid ip6 saddr { fd00:1::10/128 }"
            + " ip6 daddr { fd00::/16 } drop"),
            rules(Mechanism.DROP_IN_ZONE, 5, "fd00::/16").lines().toList().subList(1, 3));
    }

    @Test
    void noHoldIsNoRule() {
        assertEquals("flush chain inet statemigration hold\n",
            new HoldRules(Mechanism.QUEUE, 4700).update(List.of()));
    }

    private static String rules(final Mechanism mechanism, final int zone, final String... peers) {
        return new HoldRules(mechanism, 4700).update(List.of(new Held(new FlowSelection(
            new VmIdentity(Set.of(Lab.VM, Lab.VM6), Optional.empty()),
            Stream.of(peers).map(IpPrefix::parse).toList()), zone, List.of())));
    }
}
