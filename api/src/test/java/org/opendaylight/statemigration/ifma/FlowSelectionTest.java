// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.ifma;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.net.InetAddresses;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.opendaylight.statemigration.flow.Identifiers;
import org.opendaylight.statemigration.flow.Tuple;
import org.opendaylight.statemigration.host.IpPrefix;
import org.opendaylight.statemigration.host.VmIdentity;

class FlowSelectionTest {
    private static final VmIdentity VM =
        new VmIdentity(Set.of(InetAddresses.forString("10.1.1.10")), Optional.empty());

    private static Tuple tuple(final String source, final String destination) {
        return new Tuple(InetAddresses.forString(source), InetAddresses.forString(destination),
            new Identifiers.Ports(1000, 80));
    }

    private static boolean selected(final FlowSelection selection, final Tuple original) {
        return selection.contains(original, original.inverse());
    }

    @Test
    void eitherEndMayBeTheVm() {
        final var selection = FlowSelection.of(VM);
        assertTrue(selected(selection, tuple("10.1.1.10", "10.3.3.10")));
        assertTrue(selected(selection, tuple("10.3.3.10", "10.1.1.10")));
        assertFalse(selected(selection, tuple("10.1.1.11", "10.3.3.10")));
    }

    @Test
    void vmBehindTranslatedAddressIsFound() {
        // DNAT: the client speaks to 198.51.100.1, the VM answers
        assertTrue(FlowSelection.of(VM).contains(tuple("203.0.113.5", "198.51.100.1"),
            tuple("10.1.1.10", "203.0.113.5")));
        // SNAT: the VM is known to the world as 198.51.100.1
        assertTrue(FlowSelection.of(VM).contains(tuple("10.1.1.10", "203.0.113.5"),
            tuple("203.0.113.5", "198.51.100.1")));
    }

    @Test
    void peersNarrowTheSelection() {
        final var selection = new FlowSelection(VM, List.of(IpPrefix.parse("10.3.0.0/16")));
        assertTrue(selected(selection, tuple("10.1.1.10", "10.3.3.10")));
        assertTrue(selected(selection, tuple("10.3.9.9", "10.1.1.10")));
        assertFalse(selected(selection, tuple("10.1.1.10", "10.4.3.10")));
    }
}
