// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.opendaylight.statemigration.OperatorSentences;
import org.opendaylight.statemigration.agent.soa.stage.AgentStage;
import org.opendaylight.statemigration.flow.Flow;
import org.opendaylight.statemigration.host.HostProfile;
import org.opendaylight.statemigration.ifma.AgentException;
import org.opendaylight.statemigration.ifma.Chunk;
import org.opendaylight.statemigration.ifma.FailureReason;
import org.opendaylight.statemigration.ifma.HoldKind;
import org.opendaylight.statemigration.ifma.MigrationId;
import org.opendaylight.statemigration.ifma.Refusal;
import org.opendaylight.statemigration.ifma.RefusalReason;
import org.opendaylight.statemigration.ifma.StateOrchestrationAgent.Commit;
import org.opendaylight.statemigration.ifma.StateOrchestrationAgent.Download;
import org.opendaylight.statemigration.ifma.StateOrchestrationAgent.Omission;
import org.opendaylight.statemigration.ifma.StateOrchestrationAgent.Readiness;
import org.opendaylight.statemigration.ifma.StateOrchestrationAgent.Upload;
import org.opendaylight.statemigration.ifmt.MigrationRejectedException;
import org.opendaylight.statemigration.som.SimulatedStateHost.Request;
import org.opendaylight.statemigration.som.model.Failure;
import org.opendaylight.statemigration.som.model.Phase;
import org.opendaylight.statemigration.som.policy.Policy;

/** Each way in which a State Host can misbehave, and that no flow and no hold is lost by it. */
@Timeout(60)
class MisbehaviourTest {
    private static final List<Flow> FLOWS = TestFlows.of(TestFlows.VM, 1234);

    private MasterFixture masterFixture = new MasterFixture("fw1", "fw2");

    @AfterEach
    void nothingIsLost() {
        masterFixture.assertNothingLost(FLOWS);
        masterFixture.close();
        assertFalse(masterFixture.observer.overlapped(), "Calls about one migration overlapped");
    }

    private void quick() {
        masterFixture.close();
        masterFixture = new MasterFixture(MasterFixture.Timers.QUICK, Policy.Limits.DEFAULT, MasterFixture.TIMINGS,
            "fw1", "fw2");
        masterFixture.agent("fw1").put(FLOWS);
    }

    private MigrationId migrate() throws Exception {
        masterFixture.agent("fw1").put(FLOWS);
        return masterFixture.master.notify(MasterFixture.notification(TestFlows.VM, "fw1", "fw2"));
    }

    private Failure failure(final MigrationId id) {
        final var failure = masterFixture.await(id, Phase.FAILED).failure().orElseThrow();
        masterFixture.assertUndone(FLOWS, "fw1", "fw2");
        assertEquals(0, masterFixture.agent("fw1").asked(Request.RELEASE));
        return failure;
    }

    private static Fault unverified() {
        return Fault.refusing(AgentException.Kind.OPERATION_FAILED, FailureReason.VERIFICATION_FAILED);
    }

    // Before the commit

    static Stream<Arguments> plainNo() {
        final var cases = new ArrayList<Arguments>();
        for (var kind : AgentException.Kind.values()) {
            cases.add(arguments("fw1", Request.UPLOAD, kind));
            cases.add(arguments("fw2", Request.GET_READY, kind));
            cases.add(arguments("fw2", Request.DOWNLOAD, kind));
        }
        return cases.stream();
    }

    @ParameterizedTest
    @MethodSource("plainNo")
    void anErrorBeforeTheCommitUndoesTheMigration(final String host, final Request request,
            final AgentException.Kind kind) throws Exception {
        masterFixture.agent(host).fault(request, Fault.refusing(kind).after(request == Request.GET_READY ? 0 : 1));
        final var failure = failure(migrate());
        assertEquals(kind == AgentException.Kind.NO_ANSWER ? FailureReason.STATE_HOST_DISCONNECTED
            : FailureReason.STATE_HOST_ERROR, failure.reason(), "The step does not tell the reason");
        OperatorSentences.assertNamesOnce(host, failure.detail());
    }

    @Test
    void commitThatFailsForAnotherReasonIsNotAFailedVerification() throws Exception {
        masterFixture.agent("fw2").fault(Request.COMMIT, Fault.refusing(AgentException.Kind.OPERATION_FAILED));
        assertEquals(FailureReason.STATE_HOST_ERROR, failure(migrate()).reason());
    }

    @ParameterizedTest
    @MethodSource("beforeCommit")
    void defectOfTheControllerIsToldWithoutItsClassNames(final String host, final Request request) throws Exception {
        masterFixture.agent(host).fault(request, Fault.bug());
        OperatorSentences.assertNamesOnce(host, failure(migrate()).detail());
    }

    static Stream<Arguments> beforeCommit() {
        return Stream.of(arguments("fw1", Request.UPLOAD), arguments("fw2", Request.GET_READY),
            arguments("fw2", Request.DOWNLOAD));
    }

    @ParameterizedTest
    @MethodSource("beforeCommit")
    void silenceBeforeTheCommitUndoesTheMigrationInTime(final String host, final Request request) throws Exception {
        quick();
        masterFixture.agent(host).fault(request, Fault.silence());
        assertEquals(FailureReason.DEADLINE_PASSED, failure(migrate()).reason());
    }

    @ParameterizedTest
    @MethodSource("beforeCommit")
    void anAnswerThatIsLostUndoesWhatWasDone(final String host, final Request request) throws Exception {
        masterFixture.agent(host).fault(request, Fault.answerLost());
        assertEquals(FailureReason.STATE_HOST_DISCONNECTED, failure(migrate()).reason());
    }

    @ParameterizedTest
    @MethodSource("beforeCommit")
    void doneInSilenceIsUndone(final String host, final Request request) throws Exception {
        quick();
        masterFixture.agent(host).fault(request, Fault.doneInSilence());
        assertEquals(FailureReason.DEADLINE_PASSED, failure(migrate()).reason());
    }

    @ParameterizedTest
    @MethodSource("beforeCommit")
    void aRequestDoneAfterTheAbortHasNoEffect(final String host, final Request request) throws Exception {
        quick();
        final var gate = masterFixture.latch(1);
        masterFixture.agent(host).fault(request, Fault.late(gate));
        final var id = migrate();
        masterFixture.await(id, Phase.FAILED);
        gate.countDown();
        masterFixture.pass(Duration.ofSeconds(10));
        failure(id);
    }

    @ParameterizedTest
    @MethodSource("beforeCommit")
    void aFaultOfTheAdapterUndoesTheMigration(final String host, final Request request) throws Exception {
        masterFixture.agent(host).fault(request, Fault.bug());
        failure(migrate());
    }

    static Stream<Arguments> badUploads() {
        final var stranger = TestFlows.of(TestFlows.OTHER_VM, 1).getFirst();
        return Stream.of(
            bad("wrong digest", second((id, chunk) -> new Chunk(chunk.sequence(), "00".repeat(32), chunk.flows()))),
            bad("digest of another migration", second((id, chunk) ->
                Chunk.of(new MigrationId("m-other"), chunk.sequence(), chunk.flows()))),
            bad("skipped sequence", second((id, chunk) -> Chunk.of(id, 3, chunk.flows()))),
            bad("repeated sequence", second((id, chunk) -> Chunk.of(id, 1, chunk.flows()))),
            bad("flow of another VM", second((id, chunk) -> {
                final var flows = new ArrayList<>(chunk.flows());
                flows.set(17, stranger);
                return Chunk.of(id, chunk.sequence(), flows);
            })),
            bad("empty chunk", second((id, chunk) -> Chunk.of(id, chunk.sequence(), List.of()))),
            bad("chunk too large", second((id, chunk) -> {
                final var flows = new ArrayList<>(chunk.flows());
                flows.add(FLOWS.getFirst());
                return Chunk.of(id, chunk.sequence(), flows);
            })),
            bad("no chunk in between", each((id, upload) -> isSecond(upload)
                ? new Upload(upload.totalFlows(), Optional.empty(), upload.nextCursor(), List.of()) : upload)),
            bad("ends too soon", each((id, upload) -> isSecond(upload)
                ? new Upload(upload.totalFlows(), upload.chunk(), Optional.empty(), List.of()) : upload)),
            bad("no end", each((id, upload) ->
                new Upload(upload.totalFlows(), upload.chunk(), Optional.of("chunk-2"), List.of()))),
            bad("changing total", each((id, upload) -> isSecond(upload)
                ? new Upload(upload.totalFlows() + 1, upload.chunk(), upload.nextCursor(), List.of()) : upload)),
            bad("total too large", each((id, upload) ->
                new Upload(upload.totalFlows() + 1, upload.chunk(), upload.nextCursor(), List.of()))),
            bad("total too small", each((id, upload) ->
                new Upload(600, upload.chunk(), upload.nextCursor(), List.of()))),
            bad("negative total", each((id, upload) ->
                new Upload(-1, upload.chunk(), upload.nextCursor(), List.of()))),
            bad("flows although none", each((id, upload) ->
                new Upload(0, upload.chunk(), upload.nextCursor(), List.of()))));
    }

    private interface Change<T> {
        T apply(MigrationId id, T value);
    }

    private static Arguments bad(final String name, final Change<Upload> change) {
        return arguments(name, change);
    }

    private static boolean isSecond(final Upload upload) {
        return upload.chunk().filter(chunk -> chunk.sequence() == 2).isPresent();
    }

    private static Change<Upload> each(final Change<Upload> change) {
        return change;
    }

    private static Change<Upload> second(final Change<Chunk> change) {
        return (id, upload) -> isSecond(upload) ? new Upload(upload.totalFlows(),
            upload.chunk().map(chunk -> change.apply(id, chunk)), upload.nextCursor(), List.of()) : upload;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badUploads")
    void whatTheSourceMakesUpNeverReachesTheDestination(final String name, final Change<Upload> change)
            throws Exception {
        masterFixture.agent("fw1").changeUploads(upload -> change.apply(current(), upload));
        assertEquals(FailureReason.INTEGRITY_VIOLATED, failure(migrate()).reason());
        assertTrue(masterFixture.agent("fw2").asked(Request.DOWNLOAD) <= 2, "No bad chunk was handed on");
    }

    /** The identity that the source is asked with; known to the agent before it is to the test. */
    private MigrationId current() {
        return new MigrationId(masterFixture.agent("fw1").asked().getLast().migration());
    }

    @Test
    void endlessUploadIsBounded() throws Exception {
        final UnaryOperator<Upload> endless = upload -> new Upload(Integer.MAX_VALUE, upload.chunk(),
            Optional.of("0"), List.of());
        masterFixture.agent("fw1").changeUploads(endless);
        assertEquals(FailureReason.LIMIT_EXCEEDED, failure(migrate()).reason());
        assertEquals(1, masterFixture.agent("fw1").asked(Request.UPLOAD));
    }

    @Test
    void entriesThatCannotBeHandedOverAreNamed() throws Exception {
        masterFixture.agent("fw1").changeUploads(upload ->
            new Upload(upload.totalFlows(), upload.chunk(), upload.nextCursor(),
            List.of(new Omission(RefusalReason.UNSUPPORTED_PROTOCOL, 47, 3))));
        final var id = migrate();
        final var failure = failure(id);
        assertEquals(FailureReason.FLOWS_REFUSED, failure.reason());
        assertTrue(failure.detail().contains("3 of gre (unsupported-protocol)"), failure.detail());
        assertEquals(3, masterFixture.record(id).legs().getFirst().counts().omitted());
    }

    static Stream<Download> badDownloads() {
        final var refusal = new Refusal(500, RefusalReason.NO_ROOM, "");
        final var first = new Refusal(0, RefusalReason.NO_ROOM, "");
        return Stream.of(new Download(499, List.of()), new Download(501, List.of()), new Download(-1, List.of()),
            new Download(499, List.of(refusal)), new Download(500, List.of(first)),
            new Download(498, List.of(first, first)), new Download(499, List.of(new Refusal(-1,
                RefusalReason.NO_ROOM, ""))));
    }

    @ParameterizedTest
    @MethodSource("badDownloads")
    void anImpossibleAnswerToADownloadUndoesTheMigration(final Download answer) throws Exception {
        masterFixture.agent("fw2").fault(Request.DOWNLOAD, real -> {
            real.call();
            return answer;
        });
        assertEquals(FailureReason.INTEGRITY_VIOLATED, failure(migrate()).reason());
    }

    @Test
    void destinationThatSuddenlyTakesSmallerChunksIsNotForced() throws Exception {
        masterFixture.agent("fw2").fault(Request.GET_READY, real -> {
            real.call();
            return new Readiness(HoldKind.DROP, 10, 16);
        });
        final var failure = failure(migrate());
        assertEquals(FailureReason.LIMIT_EXCEEDED, failure.reason());
        assertTrue(failure.detail().contains("flows-per-chunk"), failure.detail());
    }

    // The commit

    @Test
    void failedVerificationUndoesTheMigration() throws Exception {
        masterFixture.agent("fw2").fault(Request.COMMIT, unverified());
        assertEquals(FailureReason.VERIFICATION_FAILED, failure(migrate()).reason());
        assertEquals(1, masterFixture.agent("fw2").asked(Request.COMMIT));
    }

    @Test
    void fewerVerifiedFlowsThanAcceptedUndoTheMigration() throws Exception {
        masterFixture.agent("fw2").fault(Request.COMMIT, real -> {
            real.call();
            return new Commit(1233, 0);
        });
        assertEquals(FailureReason.VERIFICATION_FAILED, failure(migrate()).reason());
    }

    @Test
    void expiredLeaseUndoesTheMigration() throws Exception {
        masterFixture.agent("fw2").fault(Request.COMMIT, real -> {
            masterFixture.agent("fw2").expireLeases();
            return real.call();
        });
        assertEquals(FailureReason.LEASE_EXPIRED, failure(migrate()).reason());
    }

    @Test
    void commitIsRepeatedUntilItIsAnswered() throws Exception {
        masterFixture.agent("fw2").fault(Request.COMMIT, Fault.answerLost().times(2));
        masterFixture.await(migrate(), Phase.COMPLETED);
        masterFixture.assertMoved(FLOWS, "fw1", "fw2");
        assertEquals(3, masterFixture.agent("fw2").asked(Request.COMMIT));
    }

    @Test
    void committedInSilenceIsUnknownAndGoesOnWhenTheHostReturns() throws Exception {
        quick();
        masterFixture.agent("fw2").fault(Request.COMMIT, Fault.doneInSilence());
        final var id = migrate();
        assertEquals(FailureReason.DEADLINE_PASSED, masterFixture.await(id, Phase.UNKNOWN).failure().orElseThrow()
            .reason());
        assertEquals(0, masterFixture.agent("fw1").asked(Request.RELEASE));
        masterFixture.agent("fw2").heal();
        masterFixture.disconnect("fw2");
        masterFixture.connect("fw2");
        assertEquals(Optional.empty(), masterFixture.await(id, Phase.COMPLETED).failure());
        masterFixture.assertMoved(FLOWS, "fw1", "fw2");
    }

    @Test
    void unknownCommitIsTriedAgainAlthoughTheSessionStays() throws Exception {
        masterFixture.agent("fw2").fault(Request.COMMIT, Fault.requestLost().times(5));
        final var id = migrate();
        masterFixture.await(id, Phase.COMPLETED);
        assertTrue(masterFixture.phases(id).anyMatch(Phase.UNKNOWN::equals));
        masterFixture.assertMoved(FLOWS, "fw1", "fw2");
    }

    @Test
    void unknownCommitWhoseLeaseHasExpiredIsUndone() throws Exception {
        masterFixture.agent("fw2").fault(Request.COMMIT, Fault.requestLost());
        final var id = migrate();
        masterFixture.await(id, Phase.UNKNOWN);
        masterFixture.agent("fw2").expireLeases();
        masterFixture.agent("fw2").heal();
        assertEquals(FailureReason.LEASE_EXPIRED, failure(id).reason());
    }

    @Test
    void unknownCommitMayBeCancelled() throws Exception {
        masterFixture.agent("fw2").fault(Request.COMMIT, Fault.answerLost());
        final var id = migrate();
        masterFixture.await(id, Phase.UNKNOWN);
        masterFixture.master.cancel(id);
        masterFixture.await(id, Phase.CANCELLED);
        masterFixture.assertUndone(FLOWS, "fw1", "fw2");
    }

    @Test
    void unknownCommitKeepsItsVmButNotItsSlot() throws Exception {
        masterFixture.close();
        masterFixture = new MasterFixture(MasterFixture.Timers.SLOW, new Policy.Limits(10_000, 500, 1, 10, 100),
            MasterFixture.TIMINGS, "fw1", "fw2", "fw3");
        masterFixture.agent("fw2").fault(Request.COMMIT, Fault.requestLost());
        final var id = migrate();
        masterFixture.await(id, Phase.UNKNOWN);
        final var same = masterFixture.master.notify(MasterFixture.notification(TestFlows.VM, "fw1", "fw3"));
        final var other = masterFixture.master.notify(MasterFixture.notification(TestFlows.OTHER_VM, "fw1", "fw3"));
        masterFixture.await(other, Phase.COMPLETED);
        assertEquals(Phase.NOTIFIED, masterFixture.record(same).phase());
        masterFixture.agent("fw2").heal();
        masterFixture.await(id, Phase.COMPLETED);
        assertEquals(0, masterFixture.await(same, Phase.COMPLETED).legs().getFirst().counts().total());
        masterFixture.assertMoved(FLOWS, "fw1", "fw2");
    }

    // The release

    @ParameterizedTest
    @EnumSource(AgentException.Kind.class)
    void releaseThatFailsIsTriedAgainAndNeverRolledBack(final AgentException.Kind kind) throws Exception {
        masterFixture.agent("fw1").fault(Request.RELEASE, Fault.refusing(kind).times(4));
        final var id = migrate();
        masterFixture.await(id, Phase.COMPLETED);
        assertTrue(masterFixture.phases(id).anyMatch(Phase.UNKNOWN::equals));
        assertFalse(masterFixture.phases(id).anyMatch(Phase.ROLLING_BACK::equals));
        masterFixture.assertMoved(FLOWS, "fw1", "fw2");
        assertEquals(0, masterFixture.agent("fw2").asked(Request.ABORT));
    }

    @Test
    void releaseInSilenceIsUnknownAndDoesNotKeepTheVmWaiting() throws Exception {
        masterFixture.close();
        masterFixture = new MasterFixture(MasterFixture.Timers.QUICK, Policy.Limits.DEFAULT, MasterFixture.TIMINGS,
            "fw1", "fw2", "fw3");
        masterFixture.agent("fw1").fault(Request.RELEASE, Fault.silence());
        final var id = migrate();
        masterFixture.await(id, Phase.UNKNOWN);
        final var next = masterFixture.master.notify(MasterFixture.notification(TestFlows.VM, "fw2", "fw3"));
        masterFixture.await(next, Phase.COMPLETED);
        assertEquals(Set.copyOf(FLOWS), masterFixture.agent("fw3").flows());
        masterFixture.agent("fw1").heal();
        masterFixture.await(id, Phase.COMPLETED);
        masterFixture.assertMoved(FLOWS, "fw1", "fw3");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void sourceThatHasForgottenWhatItHandedOverStillDeletesIt(final boolean restarted) throws Exception {
        final var id = stalledRelease();
        masterFixture.agent("fw1").forgetMigrations(restarted);
        masterFixture.agent("fw1").heal();
        final var counts = masterFixture.await(id, Phase.COMPLETED).legs().getFirst().counts();
        assertEquals(FLOWS.size(), counts.released());
        masterFixture.assertMoved(FLOWS, "fw1", "fw2");
    }

    @Test
    void sourceThatHasForgottenWhatItHandedOverKeepsWhatItDidNot() throws Exception {
        masterFixture.policy(new Policy(masterFixture.policy().authorized(), Policy.Limits.DEFAULT,
            MasterFixture.Timers.SLOW,
            Policy.Planned.DEFAULT, new Policy.Leniency(true, false)));
        final var kept = Set.copyOf(FLOWS.subList(0, 10));
        final var other = TestFlows.of(TestFlows.OTHER_VM, 3);
        masterFixture.agent("fw1").put(other);
        masterFixture.agent("fw2").accept(flow -> !kept.contains(flow));
        final var id = stalledRelease();
        masterFixture.agent("fw1").forgetMigrations(true);
        masterFixture.agent("fw1").heal();
        masterFixture.await(id, Phase.COMPLETED);
        assertEquals(Stream.of(kept, other).flatMap(Collection::stream).collect(Collectors.toSet()),
            masterFixture.agent("fw1").flows());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void vmThatHasComeBackBeforeTheReleaseKeepsItsFlows(final boolean forgotten) throws Exception {
        final var id = stalledRelease();
        final var back = masterFixture.master.notify(MasterFixture.notification(TestFlows.VM, "fw2", "fw1"));
        masterFixture.await(back, Phase.COMPLETED);
        if (forgotten) {
            masterFixture.agent("fw1").forgetMigrations(true);
        }
        masterFixture.agent("fw1").heal();
        masterFixture.await(id, Phase.COMPLETED);
        masterFixture.assertMoved(FLOWS, "fw2", "fw1");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void vmThatHasComeBackAlthoughThatWasRejectedKeepsItsFlows(final boolean asked) throws Exception {
        if (!asked) {
            masterFixture.agent("fw2").fault(Request.COMMIT, real -> {
                masterFixture.disconnect("fw1");
                return real.call();
            });
        }
        final var id = stalledRelease();
        masterFixture.disconnect("fw1");
        assertThrows(MigrationRejectedException.class,
            () -> masterFixture.master.notify(MasterFixture.notification(TestFlows.VM, "fw2", "fw1")));
        masterFixture.agent("fw1").heal();
        masterFixture.connect("fw1");
        masterFixture.await(id, Phase.COMPLETED);
        assertEquals(Set.copyOf(FLOWS), masterFixture.agent("fw1").flows());
        assertEquals(Set.of(AgentStage.ABORTED), masterFixture.agent("fw1").stages(), "It need not keep its list");
    }

    private MigrationId stalledRelease() throws Exception {
        masterFixture.agent("fw1").fault(Request.RELEASE, Fault.requestLost());
        final var id = migrate();
        masterFixture.await(id, Phase.UNKNOWN);
        return id;
    }

    // Cleaning up

    @Test
    void abortIsRepeatedUntilTheDestinationIsClean() throws Exception {
        masterFixture.agent("fw2").fault(Request.COMMIT, unverified());
        masterFixture.agent("fw2").fault(Request.ABORT, Fault.requestLost().times(4));
        final var id = migrate();
        assertEquals(FailureReason.VERIFICATION_FAILED, failure(id).reason());
        assertTrue(masterFixture.phases(id).anyMatch(Phase.UNKNOWN::equals));
    }

    @Test
    void destinationThatDiesIsUnknownUntilItReturnsAndIsCleaned() throws Exception {
        masterFixture.agent("fw2").fault(Request.DOWNLOAD, real -> {
            final var answer = real.call();
            masterFixture.disconnect("fw2");
            return answer;
        });
        final var id = migrate();
        masterFixture.await(id, Phase.UNKNOWN);
        assertFalse(masterFixture.agent("fw2").flows().isEmpty(), "Something is left there");
        masterFixture.agent("fw2").heal();
        masterFixture.connect("fw2");
        assertEquals(FailureReason.STATE_HOST_DISCONNECTED, failure(id).reason());
    }

    @Test
    void sourceThatDiesDoesNotKeepTheDestinationFromBeingCleaned() throws Exception {
        masterFixture.agent("fw1").fault(Request.UPLOAD, real -> {
            final var answer = real.call();
            masterFixture.disconnect("fw1");
            return answer;
        });
        assertEquals(FailureReason.STATE_HOST_DISCONNECTED, failure(migrate()).reason());
    }

    @Test
    void hostThatIsReplacedByAnotherSessionInTheMiddleOfACommitGoesOn() throws Exception {
        final var asked = masterFixture.latch(1);
        masterFixture.agent("fw2").fault(Request.COMMIT, Fault.waitingFor(asked, masterFixture.latch(1)));
        final var id = migrate();
        asked.await();
        masterFixture.agent("fw2").heal();
        masterFixture.connect("fw2");
        masterFixture.await(id, Phase.COMPLETED);
        masterFixture.assertMoved(FLOWS, "fw1", "fw2");
    }

    @Test
    void abortInSilenceAtTheSourceDoesNotKeepTheMigrationOpen() throws Exception {
        quick();
        masterFixture.agent("fw1").fault(Request.ABORT, Fault.silence());
        masterFixture.agent("fw2").fault(Request.COMMIT, unverified());
        assertEquals(FailureReason.VERIFICATION_FAILED, failure(migrate()).reason());
    }

    @Test
    void profileWithLowLimitsIsKept() throws Exception {
        final var agent = masterFixture.agent("fw1");
        agent.tell(agent.profileWith(new HostProfile.Limits(7, 1234, 1, 1)));
        masterFixture.disconnect("fw1");
        masterFixture.connect("fw1");
        masterFixture.await(migrate(), Phase.COMPLETED);
        masterFixture.assertMoved(FLOWS, "fw1", "fw2");
    }
}
