// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.net.InetAddresses;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.FutureTask;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.opendaylight.statemigration.host.HostProfile;
import org.opendaylight.statemigration.host.IpPrefix;
import org.opendaylight.statemigration.host.StateHostId;
import org.opendaylight.statemigration.ifma.AgentException;
import org.opendaylight.statemigration.ifma.MigrationId;
import org.opendaylight.statemigration.som.Fault;
import org.opendaylight.statemigration.som.RecordingListener;
import org.opendaylight.statemigration.som.SimulatedStateHost;
import org.opendaylight.statemigration.som.SimulatedStateHost.Request;
import org.opendaylight.statemigration.som.model.StateHostRecord;
import org.opendaylight.statemigration.som.model.StateHostRecord.Status;
import org.opendaylight.statemigration.som.policy.Policy;
import org.opendaylight.statemigration.som.worker.Simulation;

@Timeout(30)
class StateHostRegistryTest {
    private static final StateHostId FW1 = new StateHostId("fw1");
    private static final MigrationId MIGRATION = new MigrationId("m-1");
    private static final Duration PROFILE_TIMEOUT = Duration.ofMillis(100);

    private final RecordingListener observer = new RecordingListener();
    private final SimulatedStateHost agent = new SimulatedStateHost("fw1");
    private final List<StateHostId> returned = new CopyOnWriteArrayList<>();
    private final Simulation simulation = new Simulation();
    private volatile Policy policy = permitting(Policy.Authorization.ALL);
    private final StateHostRegistry registry = new StateHostRegistry(() -> policy, observer, simulation.clock(),
        PROFILE_TIMEOUT, simulation.pool(1), simulation);

    @AfterEach
    void close() {
        registry.close();
        simulation.close();
    }

    private Instant now() {
        return simulation.clock().instant();
    }

    private static Policy permitting(final Policy.Authorization authorization) {
        return new Policy(Map.of(FW1, authorization), Policy.Limits.DEFAULT, Policy.Timers.DEFAULT);
    }

    private HostSession session() {
        return new HostSession(agent, Optional.of(InetAddresses.forString("192.0.2.1")), true);
    }

    private StateHostRecord state() {
        return registry.find(FW1).orElseThrow().state();
    }

    private StateHostRecord await(final Status status) throws InterruptedException {
        simulation.awaitTrue("it is " + status, () -> state().status() == status);
        return state();
    }

    private HostSession connect() throws InterruptedException {
        final var session = session();
        registry.connected(FW1, session);
        await(Status.CONNECTED);
        return session;
    }

    @Test
    void authorizedHostIsShownBeforeItConnects() {
        assertEquals(Status.DISCONNECTED, state().status());
        assertTrue(state().detail().contains("fw1"));
        assertEquals(1, observer.hosts().size());
        assertEquals(Optional.empty(), registry.find(new StateHostId("fw9")));
    }

    @Test
    void connectedHostIsRegisteredWithItsProfile() throws Exception {
        registry.onReturn(returned::add);
        connect();
        assertEquals(Optional.of(agent.profile()), state().profile());
        assertEquals(Optional.of(now()), state().registeredAt());
        assertEquals("", state().detail());
        assertEquals(Optional.of(InetAddresses.forString("192.0.2.1")), state().connectedFrom());
        assertEquals(List.of(FW1), returned);
        assertEquals(state(), observer.hosts().getLast());
    }

    @Test
    void disconnectedHostReturns() throws Exception {
        registry.onReturn(returned::add);
        final var session = connect();
        registry.disconnected(FW1, session);
        assertEquals(Status.DISCONNECTED, state().status());
        assertTrue(registry.find(FW1).orElseThrow().agent().isEmpty());
        connect();
        assertEquals(List.of(FW1, FW1), returned);
    }

    @Test
    void lateEndOfAReplacedSessionIsIgnored() throws Exception {
        final var old = connect();
        connect();
        registry.disconnected(FW1, old);
        assertEquals(Status.CONNECTED, state().status());
    }

    static Stream<Arguments> denials() {
        final var nowhere = List.of(IpPrefix.parse("198.51.100.0/24"));
        return Stream.of(
            Arguments.of("authorized-host", Policy.DEFAULT, true),
            Arguments.of("accept-unverified-key", permitting(Policy.Authorization.ALL), false),
            Arguments.of("192.0.2.1", permitting(new Policy.Authorization(Set.of(), Set.of(), nowhere, Set.of(),
                false)), true));
    }

    @ParameterizedTest
    @MethodSource("denials")
    void unauthorizedHostIsShownAndAskedNothing(final String word, final Policy denying, final boolean keyVerified) {
        policy = denying;
        registry.connected(FW1, new HostSession(agent, session().from(), keyVerified));
        assertEquals(Status.UNAUTHORIZED, state().status());
        assertTrue(state().detail().contains(word), state().detail());
        assertEquals(List.of(), agent.asked());
        assertTrue(registry.find(FW1).orElseThrow().agent().isEmpty());
    }

    @Test
    void unverifiedKeyAndPermittedNetworkAreEnoughIfPolicySaysSo() throws Exception {
        policy = permitting(new Policy.Authorization(Set.of(), Set.of(), List.of(IpPrefix.parse("192.0.2.0/24")),
            Set.of(), true));
        registry.connected(FW1, new HostSession(agent, session().from(), false));
        await(Status.CONNECTED);
    }

    @Test
    void hostOfUnknownAddressIsDeniedWhereNetworksArePermitted() {
        policy = permitting(new Policy.Authorization(Set.of(), Set.of(), List.of(IpPrefix.parse("192.0.2.0/24")),
            Set.of(), true));
        registry.connected(FW1, new HostSession(agent, Optional.empty(), true));
        assertEquals(Status.UNAUTHORIZED, state().status());
    }

    @Test
    void policyMayLetAHostInAndOutAgain() throws Exception {
        registry.onReturn(returned::add);
        policy = Policy.DEFAULT;
        registry.policyChanged();
        assertEquals(List.of(FW1), observer.forgottenHosts());
        final var session = session();
        registry.connected(FW1, session);
        assertEquals(Status.UNAUTHORIZED, state().status());
        policy = permitting(Policy.Authorization.ALL);
        registry.policyChanged();
        await(Status.CONNECTED);
        policy = Policy.DEFAULT;
        registry.policyChanged();
        assertEquals(Status.UNAUTHORIZED, state().status());
        assertTrue(registry.find(FW1).orElseThrow().agent().isPresent(), "Migrations under way have to end");
        registry.disconnected(FW1, session);
        assertEquals(Optional.empty(), registry.find(FW1));
        assertEquals(List.of(FW1, FW1), observer.forgottenHosts());
        assertEquals(List.of(FW1), returned);
    }

    static Stream<Arguments> defects() {
        return Stream.of(
            defect("fw2", p -> new HostProfile(new StateHostId("fw2"), p.vendor(), p.protocolVersions(),
                p.functions(), p.roles(), p.representations(), p.flowProtocols(), p.addresses(), p.natPools(),
                p.follows(), p.policyDigest(), p.limits())),
            defect("2.0", p -> new HostProfile(p.hostId(), p.vendor(), List.of("2.0"), p.functions(), p.roles(),
                p.representations(), p.flowProtocols(), p.addresses(), p.natPools(), p.follows(),
                p.policyDigest(), p.limits())),
            defect("yang-list", p -> new HostProfile(p.hostId(), p.vendor(), p.protocolVersions(), p.functions(),
                p.roles(), Set.of(), p.flowProtocols(), p.addresses(), p.natPools(), p.follows(),
                p.policyDigest(), p.limits())));
    }

    private static Arguments defect(final String word, final UnaryOperator<HostProfile> change) {
        return Arguments.of(word, change);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("defects")
    void hostWithAProfileThatIsOfNoUseIsUnusable(final String word, final UnaryOperator<HostProfile> change)
            throws Exception {
        agent.tell(change.apply(agent.profile()));
        registry.connected(FW1, session());
        final var state = await(Status.UNUSABLE);
        assertTrue(state.detail().contains(word), state.detail());
        assertTrue(state.profile().isPresent());
    }

    @Test
    void profileIsAskedForAgainUntilThereIsOne() throws Exception {
        agent.fault(Request.PROFILE, Fault.refusing(AgentException.Kind.OPERATION_FAILED));
        registry.connected(FW1, session());
        assertTrue(await(Status.UNUSABLE).detail().contains("It does not work"));
        agent.fault(Request.PROFILE, Fault.silence());
        simulation.awaitTrue("it has not answered", () -> state().detail().contains("100 ms"));
        agent.heal();
        await(Status.CONNECTED);
    }

    @Test
    void lostSessionEndsWhatWasAskedOverIt() throws Exception {
        final var session = connect();
        agent.fault(Request.ABORT, Fault.silence());
        final var behind = registry.find(FW1).orElseThrow().agent().orElseThrow();
        final var request = inATask(() -> behind.abort(MIGRATION, ""));
        simulation.run();
        assertFalse(request.isDone());
        registry.disconnected(FW1, session);
        simulation.run();
        assertEquals(AgentException.Kind.NO_ANSWER, ((AgentException) request.exceptionNow()).kind());
        assertEquals(AgentException.Kind.NO_ANSWER,
            assertThrows(AgentException.class, () -> behind.abort(MIGRATION, "")).kind());
    }

    private <T> FutureTask<T> inATask(final Callable<T> what) {
        final var task = new FutureTask<>(what);
        simulation.start(task);
        return task;
    }

    @Test
    void callerThatGivesUpInterruptsTheRequest() throws Exception {
        connect();
        final var interrupted = new CompletableFuture<Boolean>();
        agent.fault(Request.ABORT, real -> {
            try {
                simulation.sleepForEver();
                return null;
            } catch (InterruptedException e) {
                interrupted.complete(true);
                throw e;
            }
        });
        final var behind = registry.find(FW1).orElseThrow().agent().orElseThrow();
        final var caller = new CompletableFuture<Thread>();
        final var request = inATask(() -> {
            caller.complete(Thread.currentThread());
            return assertThrows(InterruptedException.class, () -> behind.abort(MIGRATION, ""));
        });
        simulation.run();
        assertFalse(request.isDone());
        caller.resultNow().interrupt();
        simulation.run();
        assertTrue(interrupted.isDone());
        assertTrue(request.resultNow() instanceof InterruptedException);
    }

    @Test
    void everyAnswerCountsAsContactButIsNotShownTooOften() throws Exception {
        connect();
        final var behind = registry.find(FW1).orElseThrow().agent().orElseThrow();
        final int shown = observer.hosts().size();
        behind.abort(MIGRATION, "");
        assertEquals(shown, observer.hosts().size());
        simulation.advance(Duration.ofSeconds(5));
        agent.fault(Request.ABORT, Fault.refusing(AgentException.Kind.OPERATION_FAILED));
        assertThrows(AgentException.class, () -> behind.abort(MIGRATION, ""));
        assertEquals(Optional.of(now()), state().lastContact());
        assertEquals(shown + 1, observer.hosts().size());
        simulation.advance(Duration.ofSeconds(5));
        agent.fault(Request.ABORT, Fault.requestLost());
        assertThrows(AgentException.class, () -> behind.abort(MIGRATION, ""));
        assertFalse(state().lastContact().equals(Optional.of(now())), "No answer is no contact");
    }

    @Test
    void aFaultOfTheAdapterIsNoAnswer() throws Exception {
        connect();
        agent.fault(Request.ABORT, Fault.bug());
        final var behind = registry.find(FW1).orElseThrow().agent().orElseThrow();
        assertEquals(AgentException.Kind.NO_ANSWER,
            assertThrows(AgentException.class, () -> behind.abort(MIGRATION, "")).kind());
    }
}
