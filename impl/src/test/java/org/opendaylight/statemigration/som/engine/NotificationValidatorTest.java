// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.engine;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.opendaylight.statemigration.flow.VirtualNetwork;
import org.opendaylight.statemigration.host.FunctionType;
import org.opendaylight.statemigration.host.HostProfile;
import org.opendaylight.statemigration.host.Representation;
import org.opendaylight.statemigration.host.Role;
import org.opendaylight.statemigration.host.StateHostId;
import org.opendaylight.statemigration.host.VmIdentity;
import org.opendaylight.statemigration.ifmt.MigrationRejectedException;
import org.opendaylight.statemigration.ifmt.MigrationRejectedException.Kind;
import org.opendaylight.statemigration.ifmt.StateMigrationNotification;
import org.opendaylight.statemigration.ifmt.StateMigrationNotification.Unmatched;
import org.opendaylight.statemigration.som.MasterFixture;
import org.opendaylight.statemigration.som.TestFlows;
import org.opendaylight.statemigration.som.model.StateHostRecord;
import org.opendaylight.statemigration.som.model.StateHostRecord.Status;
import org.opendaylight.statemigration.som.policy.Policy;
import org.opendaylight.statemigration.som.registry.RegisteredHost;

class NotificationValidatorTest {
    private static final StateHostId FW1 = new StateHostId("fw1");
    private static final StateHostId FW2 = new StateHostId("fw2");

    private final Map<StateHostId, RegisteredHost> hosts = new HashMap<>();
    private final Map<StateHostId, Policy.Authorization> authorized = new HashMap<>();
    private StateMigrationNotification notification = MasterFixture.notification(TestFlows.VM, "fw1", "fw2");

    NotificationValidatorTest() {
        for (var host : List.of(FW1, FW2)) {
            put(host, Status.CONNECTED, Set.of(Role.SOURCE, Role.DESTINATION),
                Set.of(FunctionType.FIREWALL, FunctionType.NAT));
            authorized.put(host, Policy.Authorization.ALL);
        }
    }

    private void put(final StateHostId id, final Status status, final Set<Role> roles,
            final Set<FunctionType> functions) {
        put(id, status, roles, functions, Set.of(Representation.YANG_LIST));
    }

    private void put(final StateHostId id, final Status status, final Set<Role> roles,
            final Set<FunctionType> functions, final Set<Representation> representations) {
        final var profile = new HostProfile(id, "Test", List.of("1.0"), functions, roles,
            representations, Set.of(6), Set.of(), List.of(), false, Optional.empty(),
            HostProfile.Limits.DEFAULT);
        hosts.put(id, new RegisteredHost(new StateHostRecord(id, status, status == Status.CONNECTED ? ""
            : "Do something about " + id, Optional.empty(), Optional.empty(), Optional.empty(),
            status == Status.CONNECTED ? Optional.of(profile) : Optional.empty()), Optional.empty()));
    }

    private void authorize(final StateHostId id, final Set<FunctionType> functions, final Set<Role> roles,
            final Set<VirtualNetwork> networks) {
        authorized.put(id, new Policy.Authorization(functions, roles, List.of(), networks, false));
    }

    private void check() throws MigrationRejectedException {
        checkUnder(Policy.Leniency.NONE);
    }

    private void checkUnder(final Policy.Leniency leniency) throws MigrationRejectedException {
        new NotificationValidator(new Policy(authorized, Policy.Limits.DEFAULT, Policy.Timers.DEFAULT,
            Policy.Planned.DEFAULT, leniency),
            id -> Optional.ofNullable(hosts.get(id))).check(notification);
    }

    private void expect(final Kind kind, final String word) {
        final var rejection = assertThrows(MigrationRejectedException.class, this::check);
        assertEquals(kind, rejection.kind(), rejection.getMessage());
        assertTrue(rejection.getMessage().contains(word), rejection.getMessage());
    }

    @Test
    void connectedAuthorizedHostsMayMigrate() {
        assertDoesNotThrow(this::check);
    }

    @Test
    void unknownHostIsNamed() {
        hosts.remove(FW2);
        expect(Kind.INVALID_VALUE, "fw2");
    }

    @ParameterizedTest
    @CsvSource({"DISCONNECTED, OPERATION_FAILED", "UNUSABLE, OPERATION_FAILED", "UNAUTHORIZED, ACCESS_DENIED"})
    void hostThatIsNotReadySaysWhatToDo(final Status status, final Kind kind) {
        put(FW1, status, Set.of(), Set.of());
        expect(kind, "Do something about fw1");
    }

    @Test
    void hostsWithoutACommonRepresentationAreNamedWithWhatTheyOffer() {
        put(FW2, Status.CONNECTED, Set.of(Role.SOURCE, Role.DESTINATION), Set.of(FunctionType.FIREWALL), Set.of());
        expect(Kind.OPERATION_FAILED, "State Hosts fw1 and fw2 have no representation of flow state in common:"
            + " fw1 offers yang-list, fw2 offers none that is known here");
    }

    @Test
    void roleIsThatOfThePolicyAndOfTheProfile() {
        authorize(FW1, Set.of(), Set.of(Role.SOURCE), Set.of());
        authorize(FW2, Set.of(), Set.of(Role.DESTINATION), Set.of());
        assertDoesNotThrow(this::check);
        authorize(FW2, Set.of(), Set.of(Role.SOURCE), Set.of());
        expect(Kind.ACCESS_DENIED, "destination");
        authorized.put(FW2, Policy.Authorization.ALL);
        put(FW1, Status.CONNECTED, Set.of(Role.DESTINATION), Set.of(FunctionType.FIREWALL));
        expect(Kind.ACCESS_DENIED, "source");
    }

    @Test
    void functionMustBeCommonAndPermittedToBoth() {
        authorize(FW1, Set.of(FunctionType.NAT), Set.of(), Set.of());
        assertDoesNotThrow(this::check);
        authorize(FW2, Set.of(FunctionType.FIREWALL), Set.of(), Set.of());
        expect(Kind.ACCESS_DENIED, "function");
        put(FW2, Status.CONNECTED, Set.of(Role.DESTINATION), Set.of(FunctionType.LOAD_BALANCER));
        authorized.put(FW2, Policy.Authorization.ALL);
        expect(Kind.ACCESS_DENIED, "function");
    }

    @Test
    void virtualNetworkMustBePermittedToBoth() {
        final var red = new VirtualNetwork.Vnid(7);
        authorize(FW1, Set.of(), Set.of(), Set.of(red));
        expect(Kind.ACCESS_DENIED, "no virtual network");
        notification = MasterFixture.notification(new VmIdentity(TestFlows.VM.addresses(), Optional.of(red)), "fw1",
            "fw2");
        assertDoesNotThrow(this::check);
        authorize(FW2, Set.of(), Set.of(), Set.of(new VirtualNetwork.VnName("blue")));
        expect(Kind.ACCESS_DENIED, "vnid 7");
    }

    @Test
    void onePairIsOneLeg() {
        notification = MasterFixture.notification(TestFlows.VM, "fw1", "fw2", "fw1", "fw2");
        expect(Kind.INVALID_VALUE, "twice");
    }

    @ParameterizedTest
    @EnumSource(Unmatched.Side.class)
    void functionWithoutCounterpartIsNamedUnlessPolicyLetsItPass(final Unmatched.Side side) {
        notification = new StateMigrationNotification(notification.origin(), notification.vmName(), notification.vm(),
            notification.legs(), List.of(new Unmatched(new StateHostId("ids7"), FunctionType.INTRUSION_DETECTION,
                side)));
        expect(Kind.ACCESS_DENIED, "intrusion-detection of State Host ids7");
        assertDoesNotThrow(() -> checkUnder(new Policy.Leniency(false, true)));
    }
}
