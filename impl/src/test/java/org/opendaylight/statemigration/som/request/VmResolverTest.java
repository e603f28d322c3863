// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.request;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.net.InetAddresses;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.opendaylight.statemigration.flow.VirtualNetwork;
import org.opendaylight.statemigration.flow.VirtualNetwork.VnName;
import org.opendaylight.statemigration.flow.VirtualNetwork.Vnid;
import org.opendaylight.statemigration.host.VmIdentity;
import org.opendaylight.statemigration.ifmt.InventoryVm;
import org.opendaylight.statemigration.ifmt.MigrationRejectedException;
import org.opendaylight.statemigration.ifmt.MigrationRejectedException.Kind;
import org.opendaylight.statemigration.som.request.VmResolver.Resolved;

class VmResolverTest {
    private static final String MAC = "02:00:00:00:00:AA";
    private static final String UUID = "F81D4FAE-7DEC-11D0-A765-00A0C91E6BF6";
    private static final Optional<VirtualNetwork> RED = Optional.of(new Vnid(7));
    private static final Optional<VirtualNetwork> BLUE = Optional.of(new VnName("blue"));

    private final List<InventoryVm> known = new ArrayList<>(List.of(
        vm("dc1", "vm1", Optional.empty(), Optional.of(MAC), Optional.of(UUID), "10.1.1.10", "fd00:1::10"),
        vm("dc1", "red1", RED, Optional.empty(), Optional.empty(), "10.0.0.1"),
        vm("dc1", "red2", RED, Optional.empty(), Optional.empty(), "10.0.0.2", "10.0.0.3"),
        vm("dc1", "blue1", BLUE, Optional.of("02:00:00:00:00:bb"), Optional.empty(), "10.0.0.1"),
        vm("dc1", "mute", Optional.empty(), Optional.empty(), Optional.empty()),
        vm("dc2", "red1", BLUE, Optional.empty(), Optional.empty(), "10.9.9.9")));
    private final VmResolver resolver = new VmResolver(() -> known);

    private static InventoryVm vm(final String topology, final String name,
            final Optional<VirtualNetwork> network, final Optional<String> mac, final Optional<String> uuid,
            final String... addresses) {
        return new InventoryVm(topology, name, addresses(addresses), network, mac, uuid, Set.of());
    }

    private static Set<InetAddress> addresses(final String... addresses) {
        return Arrays.stream(addresses).map(InetAddresses::forString).collect(Collectors.toSet());
    }

    private static VmReference reference(final Optional<String> name, final Optional<String> mac,
            final Optional<String> uuid, final Optional<VirtualNetwork> network, final String... addresses) {
        return new VmReference(addresses(addresses), network, name, mac, uuid);
    }

    private static VmReference byName(final String name, final String... addresses) {
        return reference(Optional.of(name), Optional.empty(), Optional.empty(), Optional.empty(), addresses);
    }

    private static VmReference byAddress(final Optional<VirtualNetwork> network, final String... addresses) {
        return reference(Optional.empty(), Optional.empty(), Optional.empty(), network, addresses);
    }

    private static Resolved resolved(final String name, final Optional<VirtualNetwork> network,
            final String... addresses) {
        return new Resolved(new VmIdentity(addresses(addresses), network), Optional.ofNullable(name));
    }

    private void assertRejected(final Kind kind, final String part, final VmReference reference) {
        final var rejection = assertThrows(MigrationRejectedException.class, () -> resolver.resolve(reference));
        assertEquals(kind, rejection.kind(), rejection.getMessage());
        assertTrue(rejection.getMessage().contains(part), rejection.getMessage());
    }

    @Test
    void addressesNeedNoTopology() throws Exception {
        assertEquals(resolved(null, Optional.empty(), "192.0.2.1"),
            resolver.resolve(byAddress(Optional.empty(), "192.0.2.1")));
        assertEquals(resolved(null, RED, "192.0.2.1"), resolver.resolve(byAddress(RED, "192.0.2.1")));
    }

    @Test
    void addressTellsTheNameWhereTheTopologyShowsIt() throws Exception {
        assertEquals(resolved("vm1", Optional.empty(), "10.1.1.10"),
            resolver.resolve(byAddress(Optional.empty(), "10.1.1.10")));
        assertEquals(resolved("blue1", BLUE, "10.0.0.1"), resolver.resolve(byAddress(BLUE, "10.0.0.1")));
    }

    @Test
    void addressOfTenantsNeedsTheNetwork() {
        assertRejected(Kind.INVALID_VALUE, "vn blue or vnid 7", byAddress(Optional.empty(), "10.0.0.1"));
    }

    @Test
    void nameMacAddressAndUuidGiveAllAddresses() throws Exception {
        final var vm1 = resolved("vm1", Optional.empty(), "10.1.1.10", "fd00:1::10");
        assertEquals(vm1, resolver.resolve(byName("vm1")));
        assertEquals(vm1, resolver.resolve(reference(Optional.empty(), Optional.of("02:00:00:00:00:aa"),
            Optional.empty(), Optional.empty())));
        assertEquals(vm1, resolver.resolve(reference(Optional.empty(), Optional.empty(),
            Optional.of("f81d4fae-7dec-11d0-a765-00a0c91e6bf6"), Optional.empty())));
        assertEquals(vm1, resolver.resolve(reference(Optional.of("vm1"), Optional.of(MAC), Optional.of(UUID),
            Optional.empty())));
    }

    @Test
    void namedVmBringsItsNetwork() throws Exception {
        assertEquals(resolved("red2", RED, "10.0.0.2", "10.0.0.3"), resolver.resolve(byName("red2")));
    }

    @Test
    void addressBesideTheNameNarrows() throws Exception {
        assertEquals(resolved("vm1", Optional.empty(), "10.1.1.10"), resolver.resolve(byName("vm1", "10.1.1.10")));
    }

    @Test
    void unknownNameIsMissing() {
        assertRejected(Kind.DATA_MISSING, "vm-name vm9", byName("vm9"));
        assertRejected(Kind.DATA_MISSING, "mac-address 02:00:00:00:00:99", reference(Optional.of("vm1"),
            Optional.of("02:00:00:00:00:99"), Optional.empty(), Optional.empty()));
    }

    @Test
    void vmWithoutAddressIsMissingOne() {
        assertRejected(Kind.DATA_MISSING, "mute of topology dc1 has no address", byName("mute"));
    }

    @Test
    void referenceThatFitsDifferentVmsIsRejected() {
        assertRejected(Kind.INVALID_VALUE, "different ones", reference(Optional.of("vm1"),
            Optional.of("02:00:00:00:00:bb"), Optional.empty(), Optional.empty()));
    }

    @Test
    void addressOfAnotherVmContradicts() {
        assertRejected(Kind.INVALID_VALUE, "does not have address 10.0.0.2, but 10.1.1.10, fd00:1::10",
            byName("vm1", "10.1.1.10", "10.0.0.2"));
    }

    @Test
    void networkOfAnotherVmContradicts() {
        assertRejected(Kind.INVALID_VALUE, "is not in vn blue, but in vnid 7", reference(Optional.of("red2"),
            Optional.empty(), Optional.empty(), BLUE));
        assertRejected(Kind.INVALID_VALUE, "is not in vn blue, but in the network without name",
            reference(Optional.of("vm1"), Optional.empty(), Optional.empty(), BLUE));
    }

    @Test
    void nameOfTwoVmsIsAmbiguousUntilMoreIsSaid() throws Exception {
        assertRejected(Kind.INVALID_VALUE, "red1 of topology dc1, red1 of topology dc2", byName("red1"));
        assertEquals(resolved("red1", RED, "10.0.0.1"), resolver.resolve(byName("red1", "10.0.0.1")));
    }

    @Test
    void vmThatTwoTopologiesShowIsOne() throws Exception {
        known.add(vm("dc2", "vm1", Optional.empty(), Optional.empty(), Optional.empty(), "10.1.1.10",
            "fd00:1::10"));
        assertEquals(resolved("vm1", Optional.empty(), "10.1.1.10", "fd00:1::10"), resolver.resolve(byName("vm1")));
    }

    @Test
    void networkAloneIsAllItsVms() throws Exception {
        assertEquals(resolved(null, RED, "10.0.0.1", "10.0.0.2", "10.0.0.3"), resolver.resolve(byAddress(RED)));
    }

    @Test
    void networkThatNobodyKnowsIsMissing() {
        assertRejected(Kind.DATA_MISSING, "VM of vnid 99", byAddress(Optional.of(new Vnid(99))));
    }

    @Test
    void networkWithTooManyAddressesIsRefused() {
        known.add(new InventoryVm("dc1", "crowd", IntStream.rangeClosed(1, 64)
            .mapToObj(number -> InetAddresses.forString("10.7.7." + number)).collect(Collectors.toSet()), RED,
            Optional.empty(), Optional.empty(), Set.of()));
        assertRejected(Kind.INVALID_VALUE, "have 67 addresses", byAddress(RED));
    }

    @Test
    void nothingSaidIsRefused() {
        assertRejected(Kind.INVALID_VALUE, "does not say which VM", byAddress(Optional.empty()));
    }
}
