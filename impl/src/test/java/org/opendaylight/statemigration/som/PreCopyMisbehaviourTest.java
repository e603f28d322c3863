// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.opendaylight.statemigration.flow.Flow;
import org.opendaylight.statemigration.ifma.AgentException;
import org.opendaylight.statemigration.ifma.Chunk;
import org.opendaylight.statemigration.ifma.FailureReason;
import org.opendaylight.statemigration.ifma.MigrationId;
import org.opendaylight.statemigration.ifma.StateOrchestrationAgent.Changes;
import org.opendaylight.statemigration.ifmt.MigrationRejectedException;
import org.opendaylight.statemigration.som.SimulatedStateHost.Request;
import org.opendaylight.statemigration.som.model.MigrationRecord;
import org.opendaylight.statemigration.som.model.Phase;
import org.opendaylight.statemigration.som.policy.Policy;
import org.opendaylight.statemigration.som.worker.Simulation;

/** Each way in which a State Host can misbehave in an announced move, and that no flow and no hold is lost by it. */
@Timeout(120)
class PreCopyMisbehaviourTest {
    /** Three chunks. */
    private static final List<Flow> FLOWS = TestFlows.of(TestFlows.VM, 22);
    private static final List<Flow> LATER = TestFlows.of(TestFlows.VM, "192.0.2.81", 8);
    private static final List<String> HOSTS = List.of("fw1", "fw2", "fw3");
    private static final List<Flow> ALL = Stream.of(FLOWS, LATER).flatMap(Collection::stream).toList();

    private MasterFixture masterFixture = fixture(new Simulation());

    private static MasterFixture fixture(final Simulation simulation) {
        return new MasterFixture(simulation, MasterFixture.Timers.QUICK, new Policy.Limits(1000, 10, 8, 1000, 100),
            MasterFixture.TIMINGS, "fw1", "fw2", "fw3");
    }

    @AfterEach
    void nothingIsLost() {
        masterFixture.close();
        assertFalse(masterFixture.observer.overlapped(), "Calls about one migration overlapped");
    }

    /** When the fault begins. */
    private enum When {
        ANNOUNCED, STANDING_BY, SWITCHED
    }

    static Stream<Arguments> faults() {
        final var where = Map.of(
            When.ANNOUNCED, List.of(Request.FOLLOW, Request.UPLOAD, Request.GET_READY, Request.DOWNLOAD,
                Request.UPLOAD_CHANGES),
            When.STANDING_BY, List.of(Request.UPLOAD_CHANGES, Request.DOWNLOAD),
            When.SWITCHED, List.of(Request.GET_READY, Request.UPLOAD_CHANGES, Request.DOWNLOAD, Request.COMMIT,
                Request.RELEASE));
        final var kinds = new ArrayList<Map.Entry<String, Supplier<Fault>>>();
        for (var kind : AgentException.Kind.values()) {
            kinds.add(Map.entry("says " + kind, () -> Fault.refusing(kind).times(4)));
        }
        kinds.add(Map.entry("is silent", () -> Fault.silence().times(4)));
        kinds.add(Map.entry("does it in silence", () -> Fault.doneInSilence().times(4)));
        kinds.add(Map.entry("loses the answer", () -> Fault.answerLost().times(4)));
        kinds.add(Map.entry("has a bug", () -> Fault.bug().times(4)));
        final var cases = new ArrayList<Arguments>();
        for (var when : When.values()) {
            for (var request : where.get(when)) {
                kinds.forEach(kind -> cases.add(arguments(when, request, kind.getKey(), kind.getValue())));
            }
        }
        return cases.stream();
    }

    private static String host(final Request request) {
        return switch (request) {
            case FOLLOW, UPLOAD, UPLOAD_CHANGES, RELEASE -> "fw1";
            case PROFILE, GET_READY, ASSESS, DOWNLOAD, COMMIT, ABORT -> "fw2";
        };
    }

    @ParameterizedTest(name = "{0}: {1} {2}")
    @MethodSource("faults")
    void eachFlowIsWholeAtOneSide(final When when, final Request request, final String what,
            final Supplier<Fault> fault) throws Exception {
        final var agent = masterFixture.agent(host(request));
        masterFixture.agent("fw1").put(FLOWS);
        if (when == When.ANNOUNCED) {
            agent.fault(request, fault.get());
        }
        final var id = masterFixture.master.announce(MasterFixture.notification(TestFlows.VM, "fw1", "fw2"));
        if (when == When.ANNOUNCED) {
            masterFixture.await(id, Phase.FAILED);
        } else {
            masterFixture.await(id, Phase.STANDING_BY);
        }
        if (when == When.STANDING_BY) {
            agent.fault(request, fault.get());
        }
        masterFixture.agent("fw1").put(LATER);
        if (when == When.STANDING_BY) {
            masterFixture.await(id, Phase.FAILED);
        }
        if (when == When.SWITCHED) {
            masterFixture.awaitTrue("the copy is current", () -> masterFixture.agent("fw2").flows()
                .size() == ALL.size());
            agent.fault(request, fault.get());
            if (request == Request.DOWNLOAD) {
                // So that there is something to download after the switch
                masterFixture.agent("fw1").end(LATER.subList(1, 2));
            }
        }
        if (when != When.SWITCHED) {
            masterFixture.assertUndone(ALL, "fw1", "fw2");
            agent.heal();
            final var again = masterFixture.master.notify(MasterFixture.notification(TestFlows.VM, "fw1", "fw2"));
            masterFixture.await(again, Phase.COMPLETED);
            masterFixture.assertMoved(ALL, "fw1", "fw2");
            return;
        }
        final var moved = masterFixture.master.notify(MasterFixture.notification(TestFlows.VM, "fw1", "fw2"));
        final var expected = request == Request.DOWNLOAD ? ALL.stream()
            .filter(flow -> !flow.equals(LATER.get(1))).toList() : ALL;
        masterFixture.awaitTrue("it ends", () -> masterFixture.record(id).phase().isFinal()
            && haveEnded(masterFixture.master.migrations()));
        if (masterFixture.master.migrations().getLast().phase() == Phase.COMPLETED) {
            masterFixture.assertMoved(expected, "fw1", "fw2");
        } else {
            masterFixture.assertUndone(expected, "fw1", "fw2");
        }
    }

    private void awaitEnd() throws InterruptedException {
        masterFixture.awaitTrue("all end", () -> masterFixture.master.migrations().stream()
            .allMatch(migration -> migration.phase().isFinal()));
    }

    /** Whether all are over, those too that follow because a pre-copy was of no use. */
    private static boolean haveEnded(final List<MigrationRecord> migrations) {
        final var followed = migrations.stream().flatMap(migration -> migration.retryOf().stream())
            .collect(Collectors.toSet());
        return migrations.stream().allMatch(migration -> migration.phase().isFinal()
            && (migration.phase() != Phase.FAILED || migration.preCopy().isEmpty() || migration.isPreCopy()
                || followed.contains(migration.id())));
    }

    static Stream<Arguments> badChanges() {
        return Stream.of(
            bad("wrong digest", (id, changes) -> with(changes, changes.chunk().map(chunk ->
                new Chunk(chunk.sequence(), "00".repeat(32), chunk.flows(), chunk.ended())), changes.totalFlows())),
            bad("skipped sequence", (id, changes) -> with(changes, changes.chunk().map(chunk ->
                Chunk.of(id, chunk.sequence() + 1, chunk.flows(), chunk.ended())), changes.totalFlows())),
            bad("flow of another VM", (id, changes) -> with(changes, changes.chunk().map(chunk ->
                Chunk.of(id, chunk.sequence(), TestFlows.of(TestFlows.OTHER_VM, 3), List.of())),
                changes.totalFlows())),
            bad("empty chunk", (id, changes) -> with(changes, changes.chunk().map(chunk ->
                Chunk.of(id, chunk.sequence(), List.of())), changes.totalFlows())),
            bad("total too large", (id, changes) -> with(changes, changes.chunk(), changes.totalFlows() + 1)),
            bad("total too small", (id, changes) -> with(changes, changes.chunk(), FLOWS.size() - 1)),
            bad("negative total", (id, changes) -> with(changes, changes.chunk(), -1)),
            bad("no chunk, but a new total", (id, changes) -> with(changes, Optional.empty(), 7)),
            bad("no chunk, but more", (id, changes) -> new Changes(FLOWS.size(), Optional.empty(), true, List.of())));
    }

    private interface Change {
        Changes apply(MigrationId id, Changes changes);
    }

    private static Arguments bad(final String name, final Change change) {
        return arguments(name, change);
    }

    private static Changes with(final Changes changes, final Optional<Chunk> chunk, final int total) {
        return new Changes(total, chunk, changes.more(), changes.omitted());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badChanges")
    void changesThatTheSourceMakesUpNeverReachTheDestination(final String name, final Change change) throws Exception {
        masterFixture.agent("fw1").put(FLOWS);
        final var id = masterFixture.master.announce(MasterFixture.notification(TestFlows.VM, "fw1", "fw2"));
        masterFixture.await(id, Phase.STANDING_BY);
        masterFixture.agent("fw1").changeChanges(changes -> changes.chunk().isEmpty() ? changes
            : change.apply(id, changes));
        final long downloads = masterFixture.agent("fw2").asked(Request.DOWNLOAD);
        masterFixture.agent("fw1").put(LATER);
        assertEquals(FailureReason.INTEGRITY_VIOLATED, masterFixture.await(id, Phase.FAILED).failure().orElseThrow()
            .reason());
        assertEquals(downloads, masterFixture.agent("fw2").asked(Request.DOWNLOAD));
        masterFixture.assertUndone(ALL, "fw1", "fw2");
    }

    /** The soak test takes others. */
    static LongStream seeds() {
        final long first = Long.getLong("statemigration.seed", 1);
        return LongStream.range(first, first + Integer.getInteger("statemigration.seeds", 100));
    }

    /** Anything may happen in any order; in the end all hosts are well, and each flow is whole at one side. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void whateverHappensInWhateverOrder(final long seed) throws Exception {
        masterFixture.close();
        masterFixture = fixture(new Simulation(seed));
        final var random = new Random(seed);
        masterFixture.agents.values().forEach(agent -> agent.way(Fault.slow(() ->
            Duration.ofMillis(random.nextInt(4)))));
        for (int game = 0; game < 8; game++) {
            try {
                play(random);
            } catch (AssertionError e) {
                throw new AssertionError("With seed " + seed + " in game " + game + ": " + e.getMessage(), e);
            }
        }
    }

    @Test
    void seedDeterminesWhatHappens() throws Exception {
        final var story = story(1);
        assertEquals(story, story(1));
        assertNotEquals(story, story(2));
    }

    private Map<String, List<SimulatedStateHost.Asked>> story(final long seed) throws Exception {
        whateverHappensInWhateverOrder(seed);
        return masterFixture.agents.values().stream()
            .collect(Collectors.toMap(agent -> agent.id().toString(), SimulatedStateHost::asked));
    }

    private void play(final Random random) throws Exception {
        masterFixture.agents.values().forEach(agent -> agent.end(ALL));
        masterFixture.agent("fw1").put(FLOWS);
        final var ids = new ArrayList<MigrationId>();
        boolean moved = false;
        for (int move = 0; move < 12; move++) {
            try {
                switch (random.nextInt(10)) {
                    case 0, 1 -> ids.add(masterFixture.master.announce(MasterFixture.notification(TestFlows.VM, "fw1",
                        random.nextInt(3) == 0 ? "fw3" : "fw2")));
                    case 2 -> {
                        if (!moved) {
                            moved = true;
                            ids.add(masterFixture.master.notify(MasterFixture.notification(TestFlows.VM, "fw1",
                                random.nextBoolean() ? "fw3" : "fw2")));
                        }
                    }
                    case 3 -> {
                        if (!ids.isEmpty()) {
                            masterFixture.master.callOff(ids.get(random.nextInt(ids.size())));
                        }
                    }
                    case 4 -> {
                        if (!ids.isEmpty()) {
                            masterFixture.master.cancel(ids.get(random.nextInt(ids.size())));
                        }
                    }
                    case 5 -> {
                        final var host = HOSTS.get(random.nextInt(3));
                        masterFixture.disconnect(host);
                        masterFixture.connect(host);
                    }
                    case 6 -> masterFixture.agent(HOSTS.get(1 + random.nextInt(2))).expireLeases();
                    case 7, 8 -> masterFixture.agent(HOSTS.get(random.nextInt(3))).fault(
                        Request.values()[1 + random.nextInt(Request.values().length - 1)], anyFault(random));
                    default -> masterFixture.pass(Duration.ofMillis(random.nextInt(15)));
                }
            } catch (MigrationRejectedException e) {
                // Too late, or not now: that is an answer
            }
            passSome(random);
        }
        // What went wrong takes effect
        masterFixture.pass(Duration.ofMillis(random.nextInt(500)));
        masterFixture.agents.values().forEach(SimulatedStateHost::heal);
        ids.forEach(masterFixture.master::callOff);
        awaitEnd();
        // What takes the place of a failed one begins at once
        masterFixture.pass(Duration.ofMillis(100));
        awaitEnd();
        masterFixture.assertNoHold();
        masterFixture.assertNothingLost(FLOWS);
        final long places = HOSTS.stream().filter(host -> !masterFixture.agent(host).flows().isEmpty()).count();
        assertEquals(1, places, "The flows are at one place");
    }

    private static Fault anyFault(final Random random) {
        final var fault = switch (random.nextInt(4)) {
            case 0 -> Fault.answerLost();
            case 1 -> Fault.requestLost();
            case 2 -> Fault.silence();
            default -> Fault.doneInSilence();
        };
        return fault.times(1);
    }

    /** Let so many tasks run that what happens next happens at any moment. */
    private void passSome(final Random random) throws InterruptedException {
        final var left = new AtomicInteger(random.nextInt(10));
        masterFixture.simulation.await(() -> left.getAndDecrement() <= 0, Duration.ofMillis(10));
    }
}
