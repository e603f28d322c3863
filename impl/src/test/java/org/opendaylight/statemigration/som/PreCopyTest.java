// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.opendaylight.statemigration.flow.Flow;
import org.opendaylight.statemigration.host.HostProfile;
import org.opendaylight.statemigration.host.IpPrefix;
import org.opendaylight.statemigration.ifma.AgentException;
import org.opendaylight.statemigration.ifma.FailureReason;
import org.opendaylight.statemigration.ifma.HoldKind;
import org.opendaylight.statemigration.ifma.MigrationId;
import org.opendaylight.statemigration.ifmt.MigrationRejectedException;
import org.opendaylight.statemigration.ifmt.StateMigrationNotification;
import org.opendaylight.statemigration.ifmt.StateMigrationNotification.Leg;
import org.opendaylight.statemigration.ifmt.StateMigrationNotification.Origin;
import org.opendaylight.statemigration.som.SimulatedStateHost.Request;
import org.opendaylight.statemigration.som.model.MigrationRecord.Counts;
import org.opendaylight.statemigration.som.model.Phase;
import org.opendaylight.statemigration.som.policy.Policy;

/** Announced moves, from the announcement to the switch or to their being called off. */
@Timeout(60)
class PreCopyTest {
    private MasterFixture masterFixture = new MasterFixture("fw1", "fw2", "fw3", "fw4");
    private final List<Flow> flows = TestFlows.of(TestFlows.VM, 1234);
    private final List<Flow> later = TestFlows.of(TestFlows.VM, "192.0.2.81", 700);

    @AfterEach
    void close() {
        masterFixture.close();
        assertFalse(masterFixture.observer.overlapped(), "Calls about one migration overlapped");
    }

    private MigrationId announce(final String... hosts) throws MigrationRejectedException {
        return masterFixture.master.announce(MasterFixture.notification(TestFlows.VM, hosts));
    }

    private MigrationId moved(final String... hosts) throws MigrationRejectedException {
        return masterFixture.master.notify(MasterFixture.notification(TestFlows.VM, hosts));
    }

    private MigrationId standBy() throws Exception {
        return standBy(flows);
    }

    private MigrationId standBy(final List<Flow> copied) throws Exception {
        masterFixture.agent("fw1").put(copied);
        final var id = announce("fw1", "fw2");
        masterFixture.await(id, Phase.STANDING_BY);
        return id;
    }

    @Test
    void copyIsKeptCurrentAndOnlyTheRestMovesAtTheSwitch() throws Exception {
        final var id = standBy();
        assertEquals(Set.copyOf(flows), masterFixture.agent("fw2").flows());
        masterFixture.assertNoHold();
        masterFixture.agent("fw1").end(flows.subList(0, 34));
        masterFixture.awaitTrue("ends are copied", () -> masterFixture.agent("fw2").flows().size() == 1200);
        masterFixture.agent("fw1").put(later);
        masterFixture.awaitTrue("changes are copied", () -> masterFixture.agent("fw2").flows().size() == 1900);
        assertEquals(masterFixture.agent("fw1").flows(), masterFixture.agent("fw2").flows());
        assertTrue(masterFixture.record(id).isPreCopy());
        assertEquals(id, moved("fw1", "fw2"));
        final var record = masterFixture.await(id, Phase.COMPLETED);
        final var expected = new ArrayList<>(flows.subList(34, 1234));
        expected.addAll(later);
        masterFixture.assertMoved(expected, "fw1", "fw2");
        final var leg = record.legs().getFirst();
        assertEquals(new Counts(1900, 1900, 1900, 0, 0, 1900, 1900, 0, 6), leg.counts());
        assertEquals(Optional.of(HoldKind.DROP), leg.hold());
        final var rounds = leg.rounds().orElseThrow();
        assertEquals(700, rounds.updated());
        assertEquals(34, rounds.ended());
        assertTrue(rounds.count() >= 3, rounds.toString());
        final var planned = record.preCopy().orElseThrow();
        assertTrue(planned.switchedOverAt().orElseThrow().isAfter(planned.announcedAt()));
        assertTrue(planned.switchover().orElseThrow().compareTo(Duration.ofSeconds(5)) < 0);
        assertEquals(List.of(Phase.NOTIFIED, Phase.PREPARING, Phase.TRANSFERRING, Phase.STANDING_BY,
            Phase.TRANSFERRING, Phase.COMMITTING, Phase.RELEASING, Phase.COMPLETED), masterFixture.phases(id).toList());
        assertEquals(List.of(id, id), masterFixture.observer.notified());
        assertEquals(1, masterFixture.agent("fw1").asked(Request.FOLLOW));
    }

    @Test
    void whatChangesUntilPacketsAreHeldIsNotLost() throws Exception {
        final var id = standBy();
        final var asked = masterFixture.latch(1);
        final var gate = masterFixture.latch(1);
        masterFixture.agent("fw2").fault(Request.GET_READY, Fault.waitingFor(asked, gate));
        assertEquals(id, moved("fw1", "fw2"));
        asked.await();
        // Rounds go on beside the hold, and do not end before it is in place
        final long rounds = masterFixture.agent("fw1").asked(Request.UPLOAD_CHANGES);
        masterFixture.awaitTrue("rounds go on", () -> masterFixture.agent("fw1").asked(Request.UPLOAD_CHANGES) > rounds
            + 3);
        masterFixture.agent("fw1").put(later);
        assertEquals(0, masterFixture.agent("fw2").asked(Request.COMMIT));
        gate.countDown();
        masterFixture.await(id, Phase.COMPLETED);
        final var all = new ArrayList<>(flows);
        all.addAll(later);
        masterFixture.assertMoved(all, "fw1", "fw2");
    }

    @Test
    void sourceThatNeverStopsChangingDoesNotPutOffTheCommitForEver() throws Exception {
        final var id = standBy();
        final var moving = later.iterator();
        masterFixture.agent("fw1").fault(Request.UPLOAD_CHANGES, real -> {
            masterFixture.agent("fw1").put(List.of(moving.next()));
            return real.call();
        });
        moved("fw1", "fw2");
        masterFixture.await(id, Phase.COMPLETED);
        masterFixture.assertNothingLost(flows);
        masterFixture.assertNoHold();
        assertEquals(Set.of(), masterFixture.agent("fw1").flows());
    }

    @Test
    void switchThatComesDuringTheCopyGoesOnToTheEnd() throws Exception {
        for (var request : List.of(Request.GET_READY, Request.DOWNLOAD)) {
            masterFixture.agent("fw1").put(flows);
            final var asked = masterFixture.latch(1);
            final var gate = masterFixture.latch(1);
            masterFixture.agent("fw2").fault(request, Fault.waitingFor(asked, gate));
            final var id = announce("fw1", "fw2");
            asked.await();
            assertEquals(id, moved("fw1", "fw2"));
            gate.countDown();
            masterFixture.await(id, Phase.COMPLETED);
            masterFixture.assertMoved(flows, "fw1", "fw2");
            assertFalse(masterFixture.phases(id).anyMatch(Phase.STANDING_BY::equals));
            masterFixture.agent("fw2").heal();
            masterFixture.agent("fw2").end(flows);
        }
    }

    @Test
    void switchDuringGetReadyDoesNotHaveTheDownloadWaitForTheHold() throws Exception {
        masterFixture.agent("fw1").put(flows);
        final var asked = masterFixture.latch(1);
        final var holding = masterFixture.latch(1);
        final var downloading = masterFixture.latch(1);
        final var first = new AtomicBoolean(true);
        masterFixture.agent("fw2").fault(Request.GET_READY, real -> (first.getAndSet(false)
            ? Fault.waitingFor(asked, holding) : Fault.waitingFor(holding, downloading)).answer(real));
        masterFixture.agent("fw2").fault(Request.DOWNLOAD, Fault.waitingFor(downloading, masterFixture.latch(0)));
        final var id = announce("fw1", "fw2");
        asked.await();
        assertEquals(id, moved("fw1", "fw2"));
        masterFixture.await(id, Phase.COMPLETED);
        masterFixture.assertMoved(flows, "fw1", "fw2");
    }

    @Test
    void switchOfOneThatWaitsMakesItTheNextOrdinaryOne() throws Exception {
        masterFixture.policy(new Policy(masterFixture.policy().authorized(), new Policy.Limits(10_000, 500, 1, 10, 100),
            MasterFixture.Timers.SLOW,
            new Policy.Planned(1, Duration.ofMillis(5), Duration.ofMinutes(10)), Policy.Leniency.NONE));
        masterFixture.agent("fw1").put(flows);
        final var asked = masterFixture.latch(1);
        final var gate = masterFixture.latch(1);
        masterFixture.agent("fw4").fault(Request.GET_READY, Fault.waitingFor(asked, gate));
        final var busy = masterFixture.master.notify(MasterFixture.notification(TestFlows.vm("10.0.0.8"), "fw3",
            "fw4"));
        asked.await();
        masterFixture.await(masterFixture.master.announce(MasterFixture.notification(TestFlows.vm("10.0.0.9"), "fw3",
            "fw4")), Phase.PREPARING);
        final var waiting = masterFixture.master.notify(MasterFixture.notification(TestFlows.OTHER_VM, "fw1", "fw2"));
        final var id = announce("fw1", "fw2");
        assertEquals(Phase.NOTIFIED, masterFixture.record(id).phase());
        assertEquals(id, moved("fw1", "fw2"));
        gate.countDown();
        masterFixture.await(id, Phase.COMPLETED);
        masterFixture.await(waiting, Phase.COMPLETED);
        masterFixture.await(busy, Phase.COMPLETED);
        masterFixture.assertMoved(flows, "fw1", "fw2");
        assertEquals(0, masterFixture.agent("fw1").asked(Request.FOLLOW));
        final var uploads = masterFixture.agent("fw1").asked().stream().filter(one -> one.request() == Request.UPLOAD)
            .toList();
        assertEquals(id.value(), uploads.getFirst().migration(), "What has moved goes before what waits");
    }

    @Test
    void calledOffItLeavesNothingAtTheDestination() throws Exception {
        final var id = standBy();
        masterFixture.master.callOff(id);
        final var record = masterFixture.await(id, Phase.CANCELLED);
        assertEquals(FailureReason.CANCELLED, record.failure().orElseThrow().reason());
        masterFixture.assertUndone(flows, "fw1", "fw2");
        assertFalse(masterFixture.master.isLost(id));
        masterFixture.master.callOff(id);
        masterFixture.master.callOff(new MigrationId("m-none"));
        // Somebody notifies nevertheless
        final var moved = moved("fw1", "fw2");
        assertNotEquals(id, moved);
        masterFixture.await(moved, Phase.COMPLETED);
        masterFixture.assertMoved(flows, "fw1", "fw2");
        assertEquals(Phase.CANCELLED, masterFixture.record(id).phase());
    }

    @Test
    void operatorMayCancelWhatStandsBy() throws Exception {
        final var id = standBy();
        assertFalse(masterFixture.master.isLost(id));
        masterFixture.master.cancel(id);
        masterFixture.await(id, Phase.CANCELLED);
        assertFalse(masterFixture.master.isLost(id));
        masterFixture.assertUndone(flows, "fw1", "fw2");
        final var again = masterFixture.master.retry(id);
        assertTrue(masterFixture.await(again, Phase.STANDING_BY).isPreCopy());
    }

    @Test
    void callingOffComesTooLateAfterTheSwitch() throws Exception {
        final var id = standBy();
        final var asked = masterFixture.latch(1);
        final var gate = masterFixture.latch(1);
        masterFixture.agent("fw2").fault(Request.COMMIT, Fault.waitingFor(asked, gate));
        moved("fw1", "fw2");
        asked.await();
        masterFixture.master.callOff(id);
        gate.countDown();
        masterFixture.await(id, Phase.COMPLETED);
        masterFixture.assertMoved(flows, "fw1", "fw2");
    }

    @Test
    void switchAndCallOffHaveOneWinner() throws Exception {
        final var few = flows.subList(0, 10);
        for (int count = 0; count < 40; count++) {
            final var id = standBy(few);
            final var go = new CountDownLatch(1);
            final var off = CompletableFuture.runAsync(() -> {
                awaitQuietly(go);
                masterFixture.master.callOff(id);
            });
            go.countDown();
            final var moved = moved("fw1", "fw2");
            off.join();
            masterFixture.await(moved, Phase.COMPLETED);
            masterFixture.await(id, moved.equals(id) ? Phase.COMPLETED : Phase.CANCELLED);
            masterFixture.assertMoved(few, "fw1", "fw2");
            masterFixture.agent("fw2").end(few);
        }
    }

    private static void awaitQuietly(final CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void moveToAnotherPlaceThanAnnouncedLeavesNothingAtTheWrongOne() throws Exception {
        final var id = standBy();
        final var asked = masterFixture.latch(1);
        final var gate = masterFixture.latch(1);
        masterFixture.agent("fw2").fault(Request.ABORT, Fault.waitingFor(asked, gate));
        final var moved = moved("fw1", "fw3");
        assertNotEquals(id, moved);
        asked.await();
        // It waits until the other one is undone
        assertEquals(Phase.NOTIFIED, masterFixture.record(moved).phase());
        gate.countDown();
        masterFixture.await(moved, Phase.COMPLETED);
        assertEquals(Phase.CANCELLED, masterFixture.record(id).phase());
        assertTrue(masterFixture.record(id).failure().orElseThrow().detail().contains(moved.value()));
        masterFixture.assertMoved(flows, "fw1", "fw3");
        assertEquals(Set.of(), masterFixture.agent("fw2").flows());
    }

    @Test
    void switchTellsTheSameMoveInWhateverOrderItNamesPeers() throws Exception {
        masterFixture.agent("fw1").put(flows);
        final var id = masterFixture.master.announce(toPeers("192.0.2.0/24", "2001:db8::/32"));
        masterFixture.await(id, Phase.STANDING_BY);
        assertEquals(id, masterFixture.master.notify(toPeers("2001:db8::/32", "192.0.2.0/24")));
        masterFixture.await(id, Phase.COMPLETED);
    }

    @Test
    void preCopyForAllPeersIsNotUsedByAMoveForSome() throws Exception {
        final var id = standBy();
        final var moved = masterFixture.master.notify(toPeers("192.0.2.81/32"));
        assertNotEquals(id, moved);
        masterFixture.await(moved, Phase.COMPLETED);
        assertEquals(Phase.CANCELLED, masterFixture.record(id).phase());
        final var detail = masterFixture.record(id).failure().orElseThrow().detail();
        assertTrue(detail.contains("fw1 to fw2, flows with 192.0.2.81/32 of "), detail);
        // The other flows still pass the source
        masterFixture.assertUndone(flows, "fw1", "fw2");
    }

    private static StateMigrationNotification toPeers(final String... peers) {
        final var leg = MasterFixture.notification(TestFlows.VM, "fw1", "fw2").legs().getFirst();
        return new StateMigrationNotification(Origin.NOTIFICATION, Optional.empty(), TestFlows.VM,
            List.of(new Leg(leg.source(), leg.destination(), Stream.of(peers).map(IpPrefix::parse).toList())));
    }

    @Test
    void anotherPreCopyOfTheVmTakesThePlaceOfTheFirst() throws Exception {
        final var first = standBy();
        final var second = announce("fw1", "fw3");
        masterFixture.await(second, Phase.STANDING_BY);
        masterFixture.await(first, Phase.CANCELLED);
        assertEquals(Set.of(), masterFixture.agent("fw2").flows());
        assertEquals(Set.copyOf(flows), masterFixture.agent("fw3").flows());
        assertEquals(second, moved("fw1", "fw3"));
        masterFixture.await(second, Phase.COMPLETED);
        masterFixture.assertMoved(flows, "fw1", "fw3");
    }

    @Test
    void whatIsNotFulfilledInTimeIsCalledOff() throws Exception {
        masterFixture.policy(new Policy(masterFixture.policy().authorized(), Policy.Limits.DEFAULT,
            MasterFixture.Timers.SLOW,
            new Policy.Planned(1, Duration.ofMillis(5), Duration.ofMillis(300)), Policy.Leniency.NONE));
        final var id = standBy();
        assertEquals(FailureReason.DEADLINE_PASSED, masterFixture.await(id, Phase.CANCELLED).failure().orElseThrow()
            .reason());
        assertTrue(masterFixture.master.isLost(id));
        masterFixture.assertUndone(flows, "fw1", "fw2");
    }

    @Test
    void sourceThatDoesNotTellChangesStandsByWithoutACopy() throws Exception {
        masterFixture.agent("fw1").forgetHowToFollow();
        masterFixture.disconnect("fw1");
        masterFixture.connect("fw1");
        final var id = standBy();
        assertEquals(List.of(Request.PROFILE), masterFixture.agent("fw2").requests());
        assertEquals(Optional.empty(), masterFixture.record(id).legs().getFirst().rounds());
        assertEquals(id, moved("fw1", "fw2"));
        final var record = masterFixture.await(id, Phase.COMPLETED);
        masterFixture.assertMoved(flows, "fw1", "fw2");
        assertTrue(record.preCopy().orElseThrow().switchover().isPresent());
        assertEquals(0, masterFixture.agent("fw1").asked(Request.FOLLOW));
    }

    @Test
    void withoutACopyCallingOffAsksNobody() throws Exception {
        masterFixture.agent("fw1").forgetHowToFollow();
        masterFixture.disconnect("fw1");
        masterFixture.connect("fw1");
        final var id = standBy();
        masterFixture.master.callOff(id);
        masterFixture.await(id, Phase.CANCELLED);
        assertEquals(0, masterFixture.agent("fw1").asked(Request.ABORT) + masterFixture.agent("fw2")
            .asked(Request.ABORT));
    }

    @Test
    void standingByTakesNoPlaceOfMigrationsUnderWay() throws Exception {
        masterFixture.policy(new Policy(masterFixture.policy().authorized(), new Policy.Limits(10_000, 500, 1, 10, 100),
            MasterFixture.Timers.SLOW,
            new Policy.Planned(1, Duration.ofMillis(5), Duration.ofMinutes(10)), Policy.Leniency.NONE));
        final var id = standBy();
        masterFixture.await(masterFixture.master.notify(MasterFixture.notification(TestFlows.OTHER_VM, "fw3", "fw4")),
            Phase.COMPLETED);
        final var second = masterFixture.master.announce(MasterFixture.notification(TestFlows.OTHER_VM, "fw3", "fw4"));
        assertEquals(Phase.NOTIFIED, masterFixture.record(second).phase());
        final var asked = masterFixture.latch(1);
        final var gate = masterFixture.latch(1);
        masterFixture.agent("fw4").fault(Request.GET_READY, Fault.waitingFor(asked, gate));
        final var busy = masterFixture.master.notify(MasterFixture.notification(TestFlows.vm("10.0.0.3"), "fw3",
            "fw4"));
        asked.await();
        // The only place is taken, but a VM that moves does not wait
        moved("fw1", "fw2");
        masterFixture.await(id, Phase.COMPLETED);
        gate.countDown();
        masterFixture.await(busy, Phase.COMPLETED);
        masterFixture.await(second, Phase.STANDING_BY);
    }

    @Test
    void announcedMovesDoNotFillAStateHost() throws Exception {
        final var agent = masterFixture.agent("fw2");
        agent.tell(agent.profileWith(new HostProfile.Limits(500, 5000, 4, 60)));
        masterFixture.disconnect("fw2");
        masterFixture.connect("fw2");
        final var ids = new ArrayList<MigrationId>();
        for (int number = 11; number < 15; number++) {
            ids.add(masterFixture.master.announce(MasterFixture.notification(TestFlows.vm("10.0.0." + number), "fw1",
                "fw2")));
        }
        for (var id : ids.subList(0, 3)) {
            masterFixture.await(id, Phase.STANDING_BY);
        }
        assertEquals(Phase.NOTIFIED, masterFixture.record(ids.getLast()).phase());
        masterFixture.await(moved("fw1", "fw2"), Phase.COMPLETED);
        masterFixture.master.notify(MasterFixture.notification(TestFlows.vm("10.0.0.11"), "fw1", "fw2"));
        masterFixture.await(ids.getFirst(), Phase.COMPLETED);
        masterFixture.await(ids.getLast(), Phase.STANDING_BY);
    }

    @Test
    void leaseIsKeptWhileItStandsBy() throws Exception {
        final var agent = masterFixture.agent("fw2");
        agent.tell(agent.profileWith(new HostProfile.Limits(500, 5000, 4, 1)));
        masterFixture.disconnect("fw2");
        masterFixture.connect("fw2");
        final var id = standBy();
        masterFixture.awaitTrue("lease is renewed", () -> agent.asked(Request.GET_READY) >= 4);
        masterFixture.assertNoHold();
        assertEquals(Phase.STANDING_BY, masterFixture.record(id).phase());
    }

    @Test
    void lostHostWhileStandingByUndoesItAndTheMoveIsAnOrdinaryOne() throws Exception {
        for (var host : List.of("fw1", "fw2")) {
            final var id = standBy();
            masterFixture.disconnect(host);
            masterFixture.connect(host);
            assertEquals(FailureReason.STATE_HOST_DISCONNECTED,
                masterFixture.await(id, Phase.FAILED).failure().orElseThrow().reason());
            assertTrue(masterFixture.master.isLost(id));
            masterFixture.assertUndone(flows, "fw1", "fw2");
            final var moved = moved("fw1", "fw2");
            assertNotEquals(id, moved);
            masterFixture.await(moved, Phase.COMPLETED);
            masterFixture.assertMoved(flows, "fw1", "fw2");
            masterFixture.agent("fw2").end(flows);
        }
    }

    @Test
    void copyThatIsOfNoUseAtTheSwitchIsFollowedByAnOrdinaryMigration() throws Exception {
        final var id = standBy();
        masterFixture.awaitTrue("the copy is there", () -> masterFixture.agent("fw2").flows().size() == flows.size());
        masterFixture.agent("fw2").fault(Request.GET_READY, Fault.refusing(AgentException.Kind.DATA_MISSING).times(1));
        assertEquals(id, moved("fw1", "fw2"));
        assertEquals(FailureReason.STATE_HOST_ERROR, masterFixture.await(id, Phase.FAILED).failure().orElseThrow()
            .reason());
        masterFixture.awaitTrue("another one follows", () -> masterFixture.master.migrations().getLast()
            .phase() == Phase.COMPLETED);
        assertEquals(Optional.of(id), masterFixture.master.migrations().getLast().retryOf());
        masterFixture.assertMoved(flows, "fw1", "fw2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"fw2", "fw3"})
    void copyThatIsOfNoUseIsNotFollowedOnceTheVmIsElsewhere(final String from) throws Exception {
        final var id = standBy();
        final var asked = masterFixture.latch(1);
        masterFixture.agent("fw2").fault(Request.GET_READY, Fault.waitingFor(asked, masterFixture.latch(1)));
        assertEquals(id, moved("fw1", "fw2"));
        asked.await();
        masterFixture.disconnect("fw2");
        masterFixture.await(id, Phase.UNKNOWN);
        // The VM is back: that is news, whether its State Hosts can follow or not
        if ("fw2".equals(from)) {
            assertThrows(MigrationRejectedException.class, () -> moved("fw2", "fw1"));
        } else {
            masterFixture.await(moved(from, "fw1"), Phase.COMPLETED);
        }
        masterFixture.agent("fw2").heal();
        masterFixture.connect("fw2");
        masterFixture.await(id, Phase.FAILED);
        masterFixture.await(masterFixture.master.notify(MasterFixture.notification(TestFlows.OTHER_VM, "fw1", "fw2")),
            Phase.COMPLETED);
        assertTrue(masterFixture.master.migrations().stream().allMatch(one -> one.retryOf().isEmpty()));
        masterFixture.assertUndone(flows, "fw1", "fw2");
    }

    @Test
    void legsSwitchTogetherWithAndWithoutACopy() throws Exception {
        masterFixture.agent("fw3").forgetHowToFollow();
        masterFixture.disconnect("fw3");
        masterFixture.connect("fw3");
        masterFixture.agent("fw1").put(flows);
        masterFixture.agent("fw3").put(flows);
        final var id = announce("fw1", "fw2", "fw3", "fw4");
        masterFixture.await(id, Phase.STANDING_BY);
        assertEquals(Set.of(), masterFixture.agent("fw4").flows());
        masterFixture.agent("fw4").fault(Request.COMMIT, Fault.refusing(
            AgentException.Kind.OPERATION_FAILED));
        assertEquals(id, moved("fw3", "fw4", "fw1", "fw2"));
        masterFixture.await(id, Phase.FAILED);
        masterFixture.awaitTrue("the one that follows fails, too", () -> masterFixture.master.migrations().stream()
            .filter(migration -> migration.phase() == Phase.FAILED).count() == 2);
        masterFixture.assertUndone(flows, "fw1", "fw2");
        masterFixture.assertUndone(flows, "fw3", "fw4");
        masterFixture.agent("fw4").heal();
        final var again = announce("fw1", "fw2", "fw3", "fw4");
        masterFixture.await(again, Phase.STANDING_BY);
        assertEquals(again, moved("fw1", "fw2", "fw3", "fw4"));
        masterFixture.await(again, Phase.COMPLETED);
        masterFixture.assertMoved(flows, "fw1", "fw2");
        masterFixture.assertMoved(flows, "fw3", "fw4");
    }

    @Test
    void preCopyOfAnUnknownHostIsRejectedAndTouchesNothing() throws Exception {
        final var id = standBy();
        assertThrows(MigrationRejectedException.class, () -> announce("fw1", "fw9"));
        assertThrows(MigrationRejectedException.class, () -> moved("fw1", "fw9"));
        assertEquals(Phase.STANDING_BY, masterFixture.record(id).phase());
    }

    @Test
    void closingUndoesWhatStandsBy() throws Exception {
        final var id = standBy();
        masterFixture.master.close();
        assertEquals(Phase.CANCELLED, masterFixture.record(id).phase());
        masterFixture.assertUndone(flows, "fw1", "fw2");
    }
}
