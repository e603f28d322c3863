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
import org.opendaylight.statemigration.ifma.HoldKind;
import org.opendaylight.statemigration.ifma.MigrationId;
import org.opendaylight.statemigration.ifmt.MigrationRejectedException;
import org.opendaylight.statemigration.ifmt.StateMigrationNotification;
import org.opendaylight.statemigration.ifmt.StateMigrationNotification.Leg;
import org.opendaylight.statemigration.ifmt.StateMigrationNotification.Origin;
import org.opendaylight.statemigration.som.FakeAgent.Request;
import org.opendaylight.statemigration.som.MigrationRecord.Counts;

/** Announced moves, from the announcement to the switch or to their being called off. */
@Timeout(60)
class PlannedMoveTest {
    private Lab lab = new Lab("fw1", "fw2", "fw3", "fw4");
    private final List<Flow> flows = TestFlows.of(TestFlows.VM, 1234);
    private final List<Flow> later = TestFlows.of(TestFlows.VM, "192.0.2.81", 700);

    @AfterEach
    void close() {
        lab.close();
        assertFalse(lab.observer.overlapped(), "Calls about one migration overlapped");
    }

    private MigrationId announce(final String... hosts) throws MigrationRejectedException {
        return lab.master.announce(Lab.notification(TestFlows.VM, hosts));
    }

    private MigrationId moved(final String... hosts) throws MigrationRejectedException {
        return lab.master.notify(Lab.notification(TestFlows.VM, hosts));
    }

    private MigrationId standBy() throws Exception {
        lab.agent("fw1").put(flows);
        final var id = announce("fw1", "fw2");
        lab.await(id, Phase.STANDING_BY);
        return id;
    }

    @Test
    void copyIsKeptCurrentAndOnlyTheRestMovesAtTheSwitch() throws Exception {
        final var id = standBy();
        assertEquals(Set.copyOf(flows), lab.agent("fw2").flows());
        lab.assertNoHold();
        lab.agent("fw1").end(flows.subList(0, 34));
        Lab.awaitTrue("ends are copied", () -> lab.agent("fw2").flows().size() == 1200);
        lab.agent("fw1").put(later);
        Lab.awaitTrue("changes are copied", () -> lab.agent("fw2").flows().size() == 1900);
        assertEquals(lab.agent("fw1").flows(), lab.agent("fw2").flows());
        assertTrue(lab.record(id).isAwaited());
        assertEquals(id, moved("fw1", "fw2"));
        final var record = lab.await(id, Phase.COMPLETED);
        final var expected = new ArrayList<>(flows.subList(34, 1234));
        expected.addAll(later);
        lab.assertMoved(expected, "fw1", "fw2");
        final var leg = record.legs().getFirst();
        assertEquals(new Counts(1900, 1900, 1900, 0, 0, 1900, 1900, 0, 6), leg.counts());
        assertEquals(Optional.of(HoldKind.QUEUE), leg.hold());
        final var rounds = leg.rounds().orElseThrow();
        assertEquals(700, rounds.updated());
        assertEquals(34, rounds.ended());
        assertTrue(rounds.count() >= 3, rounds.toString());
        final var planned = record.planned().orElseThrow();
        assertTrue(planned.switchedAt().orElseThrow().isAfter(planned.announcedAt()));
        assertTrue(planned.switchover().orElseThrow().compareTo(Duration.ofSeconds(5)) < 0);
        assertEquals(List.of(Phase.NOTIFIED, Phase.PREPARING, Phase.TRANSFERRING, Phase.STANDING_BY,
            Phase.TRANSFERRING, Phase.COMMITTING, Phase.RELEASING, Phase.COMPLETED), lab.phases(id).toList());
        assertEquals(List.of(id, id), lab.observer.notified());
        assertEquals(1, lab.agent("fw1").asked(Request.FOLLOW));
    }

    @Test
    void whatChangesUntilPacketsAreHeldIsNotLost() throws Exception {
        final var id = standBy();
        final var asked = new CountDownLatch(1);
        final var gate = new CountDownLatch(1);
        lab.agent("fw2").fault(Request.GET_READY, Fault.waitingFor(asked, gate));
        assertEquals(id, moved("fw1", "fw2"));
        asked.await();
        // Rounds go on beside the hold, and do not end before it is in place
        final long rounds = lab.agent("fw1").asked(Request.UPLOAD_CHANGES);
        Lab.awaitTrue("rounds go on", () -> lab.agent("fw1").asked(Request.UPLOAD_CHANGES) > rounds + 3);
        lab.agent("fw1").put(later);
        assertEquals(0, lab.agent("fw2").asked(Request.COMMIT));
        gate.countDown();
        lab.await(id, Phase.COMPLETED);
        final var all = new ArrayList<>(flows);
        all.addAll(later);
        lab.assertMoved(all, "fw1", "fw2");
    }

    @Test
    void sourceThatNeverStopsChangingDoesNotPutOffTheCommitForEver() throws Exception {
        final var id = standBy();
        final var moving = later.iterator();
        lab.agent("fw1").fault(Request.UPLOAD_CHANGES, real -> {
            lab.agent("fw1").put(List.of(moving.next()));
            return real.call();
        });
        moved("fw1", "fw2");
        lab.await(id, Phase.COMPLETED);
        lab.assertNothingLost(flows);
        lab.assertNoHold();
        assertEquals(Set.of(), lab.agent("fw1").flows());
    }

    @Test
    void switchThatComesDuringTheCopyGoesOnToTheEnd() throws Exception {
        for (var request : List.of(Request.GET_READY, Request.DOWNLOAD)) {
            lab.agent("fw1").put(flows);
            final var asked = new CountDownLatch(1);
            final var gate = new CountDownLatch(1);
            lab.agent("fw2").fault(request, Fault.waitingFor(asked, gate));
            final var id = announce("fw1", "fw2");
            asked.await();
            assertEquals(id, moved("fw1", "fw2"));
            gate.countDown();
            lab.await(id, Phase.COMPLETED);
            lab.assertMoved(flows, "fw1", "fw2");
            assertFalse(lab.phases(id).anyMatch(Phase.STANDING_BY::equals));
            lab.agent("fw2").heal();
            lab.agent("fw2").end(flows);
        }
    }

    @Test
    void switchDuringGetReadyDoesNotHaveTheDownloadWaitForTheHold() throws Exception {
        lab.agent("fw1").put(flows);
        final var asked = new CountDownLatch(1);
        final var holding = new CountDownLatch(1);
        final var downloading = new CountDownLatch(1);
        final var first = new AtomicBoolean(true);
        lab.agent("fw2").fault(Request.GET_READY, real -> (first.getAndSet(false)
            ? Fault.waitingFor(asked, holding) : Fault.waitingFor(holding, downloading)).answer(real));
        lab.agent("fw2").fault(Request.DOWNLOAD, Fault.waitingFor(downloading, new CountDownLatch(0)));
        final var id = announce("fw1", "fw2");
        asked.await();
        assertEquals(id, moved("fw1", "fw2"));
        lab.await(id, Phase.COMPLETED);
        lab.assertMoved(flows, "fw1", "fw2");
    }

    @Test
    void switchOfOneThatWaitsMakesItTheNextOrdinaryOne() throws Exception {
        lab.policy(new Policy(lab.policy().authorized(), new Policy.Limits(10_000, 500, 1, 10, 100), Lab.Timers.SLOW,
            new Policy.Planned(1, Duration.ofMillis(5), Duration.ofMinutes(10)), Policy.Leniency.NONE));
        lab.agent("fw1").put(flows);
        final var asked = new CountDownLatch(1);
        final var gate = new CountDownLatch(1);
        lab.agent("fw4").fault(Request.GET_READY, Fault.waitingFor(asked, gate));
        final var busy = lab.master.notify(Lab.notification(TestFlows.vm("10.0.0.8"), "fw3", "fw4"));
        asked.await();
        lab.await(lab.master.announce(Lab.notification(TestFlows.vm("10.0.0.9"), "fw3", "fw4")), Phase.PREPARING);
        final var waiting = lab.master.notify(Lab.notification(TestFlows.OTHER_VM, "fw1", "fw2"));
        final var id = announce("fw1", "fw2");
        assertEquals(Phase.NOTIFIED, lab.record(id).phase());
        assertEquals(id, moved("fw1", "fw2"));
        gate.countDown();
        lab.await(id, Phase.COMPLETED);
        lab.await(waiting, Phase.COMPLETED);
        lab.await(busy, Phase.COMPLETED);
        lab.assertMoved(flows, "fw1", "fw2");
        assertEquals(0, lab.agent("fw1").asked(Request.FOLLOW));
        final var uploads = lab.agent("fw1").asked().stream().filter(one -> one.request() == Request.UPLOAD).toList();
        assertEquals(id.value(), uploads.getFirst().migration(), "What has moved goes before what waits");
    }

    @Test
    void calledOffItLeavesNothingAtTheDestination() throws Exception {
        final var id = standBy();
        lab.master.callOff(id);
        final var record = lab.await(id, Phase.CANCELLED);
        assertEquals(FailureReason.CANCELLED, record.failure().orElseThrow().reason());
        lab.assertUndone(flows, "fw1", "fw2");
        assertFalse(lab.master.isLost(id));
        lab.master.callOff(id);
        lab.master.callOff(new MigrationId("m-none"));
        // Somebody notifies nevertheless
        final var moved = moved("fw1", "fw2");
        assertNotEquals(id, moved);
        lab.await(moved, Phase.COMPLETED);
        lab.assertMoved(flows, "fw1", "fw2");
        assertEquals(Phase.CANCELLED, lab.record(id).phase());
    }

    @Test
    void operatorMayCancelWhatStandsBy() throws Exception {
        final var id = standBy();
        assertFalse(lab.master.isLost(id));
        lab.master.cancel(id);
        lab.await(id, Phase.CANCELLED);
        assertFalse(lab.master.isLost(id));
        lab.assertUndone(flows, "fw1", "fw2");
        final var again = lab.master.retry(id);
        assertTrue(lab.await(again, Phase.STANDING_BY).isAwaited());
    }

    @Test
    void callingOffComesTooLateAfterTheSwitch() throws Exception {
        final var id = standBy();
        final var asked = new CountDownLatch(1);
        final var gate = new CountDownLatch(1);
        lab.agent("fw2").fault(Request.COMMIT, Fault.waitingFor(asked, gate));
        moved("fw1", "fw2");
        asked.await();
        lab.master.callOff(id);
        gate.countDown();
        lab.await(id, Phase.COMPLETED);
        lab.assertMoved(flows, "fw1", "fw2");
    }

    @Test
    void switchAndCallOffHaveOneWinner() throws Exception {
        for (int count = 0; count < 40; count++) {
            final var id = standBy();
            final var go = new CountDownLatch(1);
            final var off = CompletableFuture.runAsync(() -> {
                awaitQuietly(go);
                lab.master.callOff(id);
            });
            go.countDown();
            final var moved = moved("fw1", "fw2");
            off.join();
            lab.await(moved, Phase.COMPLETED);
            lab.await(id, moved.equals(id) ? Phase.COMPLETED : Phase.CANCELLED);
            lab.assertMoved(flows, "fw1", "fw2");
            lab.agent("fw2").end(flows);
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
        final var asked = new CountDownLatch(1);
        final var gate = new CountDownLatch(1);
        lab.agent("fw2").fault(Request.ABORT, Fault.waitingFor(asked, gate));
        final var moved = moved("fw1", "fw3");
        assertNotEquals(id, moved);
        asked.await();
        // It waits until the other one is undone
        assertEquals(Phase.NOTIFIED, lab.record(moved).phase());
        gate.countDown();
        lab.await(moved, Phase.COMPLETED);
        assertEquals(Phase.CANCELLED, lab.record(id).phase());
        assertTrue(lab.record(id).failure().orElseThrow().detail().contains(moved.value()));
        lab.assertMoved(flows, "fw1", "fw3");
        assertEquals(Set.of(), lab.agent("fw2").flows());
    }

    @Test
    void switchTellsTheSameMoveInWhateverOrderItNamesPeers() throws Exception {
        lab.agent("fw1").put(flows);
        final var id = lab.master.announce(toPeers("192.0.2.0/24", "2001:db8::/32"));
        lab.await(id, Phase.STANDING_BY);
        assertEquals(id, lab.master.notify(toPeers("2001:db8::/32", "192.0.2.0/24")));
        lab.await(id, Phase.COMPLETED);
    }

    @Test
    void announcementForAllPeersIsNotFulfilledByAMoveForSome() throws Exception {
        final var id = standBy();
        final var moved = lab.master.notify(toPeers("192.0.2.81/32"));
        assertNotEquals(id, moved);
        lab.await(moved, Phase.COMPLETED);
        assertEquals(Phase.CANCELLED, lab.record(id).phase());
        final var detail = lab.record(id).failure().orElseThrow().detail();
        assertTrue(detail.contains("fw1 to fw2, flows with 192.0.2.81/32 of "), detail);
        // The other flows still pass the source
        lab.assertUndone(flows, "fw1", "fw2");
    }

    private static StateMigrationNotification toPeers(final String... peers) {
        final var leg = Lab.notification(TestFlows.VM, "fw1", "fw2").legs().getFirst();
        return new StateMigrationNotification(Origin.NOTIFICATION, Optional.empty(), TestFlows.VM,
            List.of(new Leg(leg.source(), leg.destination(), Stream.of(peers).map(IpPrefix::parse).toList())));
    }

    @Test
    void anotherAnnouncementForTheMachineTakesThePlaceOfTheFirst() throws Exception {
        final var first = standBy();
        final var second = announce("fw1", "fw3");
        lab.await(second, Phase.STANDING_BY);
        lab.await(first, Phase.CANCELLED);
        assertEquals(Set.of(), lab.agent("fw2").flows());
        assertEquals(Set.copyOf(flows), lab.agent("fw3").flows());
        assertEquals(second, moved("fw1", "fw3"));
        lab.await(second, Phase.COMPLETED);
        lab.assertMoved(flows, "fw1", "fw3");
    }

    @Test
    void whatIsNotFulfilledInTimeIsCalledOff() throws Exception {
        lab.policy(new Policy(lab.policy().authorized(), Policy.Limits.DEFAULT, Lab.Timers.SLOW,
            new Policy.Planned(1, Duration.ofMillis(5), Duration.ofMillis(300)), Policy.Leniency.NONE));
        final var id = standBy();
        assertEquals(FailureReason.DEADLINE_PASSED, lab.await(id, Phase.CANCELLED).failure().orElseThrow().reason());
        assertTrue(lab.master.isLost(id));
        lab.assertUndone(flows, "fw1", "fw2");
    }

    @Test
    void sourceThatDoesNotTellChangesStandsByWithoutACopy() throws Exception {
        lab.agent("fw1").forgetHowToFollow();
        lab.disconnect("fw1");
        lab.connect("fw1");
        final var id = standBy();
        assertEquals(List.of(Request.PROFILE), lab.agent("fw2").requests());
        assertEquals(Optional.empty(), lab.record(id).legs().getFirst().rounds());
        assertEquals(id, moved("fw1", "fw2"));
        final var record = lab.await(id, Phase.COMPLETED);
        lab.assertMoved(flows, "fw1", "fw2");
        assertTrue(record.planned().orElseThrow().switchover().isPresent());
        assertEquals(0, lab.agent("fw1").asked(Request.FOLLOW));
    }

    @Test
    void withoutACopyCallingOffAsksNobody() throws Exception {
        lab.agent("fw1").forgetHowToFollow();
        lab.disconnect("fw1");
        lab.connect("fw1");
        final var id = standBy();
        lab.master.callOff(id);
        lab.await(id, Phase.CANCELLED);
        assertEquals(0, lab.agent("fw1").asked(Request.ABORT) + lab.agent("fw2").asked(Request.ABORT));
    }

    @Test
    void standingByTakesNoPlaceOfMigrationsUnderWay() throws Exception {
        lab.policy(new Policy(lab.policy().authorized(), new Policy.Limits(10_000, 500, 1, 10, 100), Lab.Timers.SLOW,
            new Policy.Planned(1, Duration.ofMillis(5), Duration.ofMinutes(10)), Policy.Leniency.NONE));
        final var id = standBy();
        lab.await(lab.master.notify(Lab.notification(TestFlows.OTHER_VM, "fw3", "fw4")), Phase.COMPLETED);
        final var second = lab.master.announce(Lab.notification(TestFlows.OTHER_VM, "fw3", "fw4"));
        assertEquals(Phase.NOTIFIED, lab.record(second).phase());
        final var asked = new CountDownLatch(1);
        final var gate = new CountDownLatch(1);
        lab.agent("fw4").fault(Request.GET_READY, Fault.waitingFor(asked, gate));
        final var busy = lab.master.notify(Lab.notification(TestFlows.vm("10.0.0.3"), "fw3", "fw4"));
        asked.await();
        // The only place is taken, but a machine that moves does not wait
        moved("fw1", "fw2");
        lab.await(id, Phase.COMPLETED);
        gate.countDown();
        lab.await(busy, Phase.COMPLETED);
        lab.await(second, Phase.STANDING_BY);
    }

    @Test
    void announcedMovesDoNotFillAStateHost() throws Exception {
        final var agent = lab.agent("fw2");
        agent.tell(agent.profileWith(new HostProfile.Limits(500, 5000, 4, 60)));
        lab.disconnect("fw2");
        lab.connect("fw2");
        final var ids = new ArrayList<MigrationId>();
        for (int number = 11; number < 15; number++) {
            ids.add(lab.master.announce(Lab.notification(TestFlows.vm("10.0.0." + number), "fw1", "fw2")));
        }
        for (var id : ids.subList(0, 3)) {
            lab.await(id, Phase.STANDING_BY);
        }
        assertEquals(Phase.NOTIFIED, lab.record(ids.getLast()).phase());
        lab.await(moved("fw1", "fw2"), Phase.COMPLETED);
        lab.master.notify(Lab.notification(TestFlows.vm("10.0.0.11"), "fw1", "fw2"));
        lab.await(ids.getFirst(), Phase.COMPLETED);
        lab.await(ids.getLast(), Phase.STANDING_BY);
    }

    @Test
    void leaseIsKeptWhileItStandsBy() throws Exception {
        final var agent = lab.agent("fw2");
        agent.tell(agent.profileWith(new HostProfile.Limits(500, 5000, 4, 1)));
        lab.disconnect("fw2");
        lab.connect("fw2");
        final var id = standBy();
        Lab.awaitTrue("lease is renewed", () -> agent.asked(Request.GET_READY) >= 4);
        lab.assertNoHold();
        assertEquals(Phase.STANDING_BY, lab.record(id).phase());
    }

    @Test
    void lostHostWhileStandingByUndoesItAndTheMoveIsAnOrdinaryOne() throws Exception {
        for (var host : List.of("fw1", "fw2")) {
            final var id = standBy();
            lab.disconnect(host);
            lab.connect(host);
            assertEquals(FailureReason.STATE_HOST_DISCONNECTED,
                lab.await(id, Phase.FAILED).failure().orElseThrow().reason());
            assertTrue(lab.master.isLost(id));
            lab.assertUndone(flows, "fw1", "fw2");
            final var moved = moved("fw1", "fw2");
            assertNotEquals(id, moved);
            lab.await(moved, Phase.COMPLETED);
            lab.assertMoved(flows, "fw1", "fw2");
            lab.agent("fw2").end(flows);
        }
    }

    @Test
    void copyThatIsOfNoUseAtTheSwitchIsFollowedByAnOrdinaryMigration() throws Exception {
        final var id = standBy();
        Lab.awaitTrue("the copy is there", () -> lab.agent("fw2").flows().size() == flows.size());
        lab.agent("fw2").fault(Request.GET_READY, Fault.refusing(AgentException.Kind.DATA_MISSING).times(1));
        assertEquals(id, moved("fw1", "fw2"));
        assertEquals(FailureReason.STATE_HOST_ERROR, lab.await(id, Phase.FAILED).failure().orElseThrow().reason());
        Lab.awaitTrue("another one follows", () -> lab.master.migrations().getLast().phase() == Phase.COMPLETED);
        assertEquals(Optional.of(id), lab.master.migrations().getLast().retryOf());
        lab.assertMoved(flows, "fw1", "fw2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"fw2", "fw3"})
    void copyThatIsOfNoUseIsNotFollowedOnceTheMachineIsElsewhere(final String from) throws Exception {
        final var id = standBy();
        final var asked = new CountDownLatch(1);
        lab.agent("fw2").fault(Request.GET_READY, Fault.waitingFor(asked, new CountDownLatch(1)));
        assertEquals(id, moved("fw1", "fw2"));
        asked.await();
        lab.disconnect("fw2");
        lab.await(id, Phase.UNKNOWN);
        // The machine is back: that is news, whether its State Hosts can follow or not
        if ("fw2".equals(from)) {
            assertThrows(MigrationRejectedException.class, () -> moved("fw2", "fw1"));
        } else {
            lab.await(moved(from, "fw1"), Phase.COMPLETED);
        }
        lab.agent("fw2").heal();
        lab.connect("fw2");
        lab.await(id, Phase.FAILED);
        lab.await(lab.master.notify(Lab.notification(TestFlows.OTHER_VM, "fw1", "fw2")), Phase.COMPLETED);
        assertTrue(lab.master.migrations().stream().allMatch(one -> one.retryOf().isEmpty()));
        lab.assertUndone(flows, "fw1", "fw2");
    }

    @Test
    void legsSwitchTogetherWithAndWithoutACopy() throws Exception {
        lab.agent("fw3").forgetHowToFollow();
        lab.disconnect("fw3");
        lab.connect("fw3");
        lab.agent("fw1").put(flows);
        lab.agent("fw3").put(flows);
        final var id = announce("fw1", "fw2", "fw3", "fw4");
        lab.await(id, Phase.STANDING_BY);
        assertEquals(Set.of(), lab.agent("fw4").flows());
        lab.agent("fw4").fault(Request.COMMIT, Fault.refusing(
            AgentException.Kind.OPERATION_FAILED));
        assertEquals(id, moved("fw3", "fw4", "fw1", "fw2"));
        lab.await(id, Phase.FAILED);
        Lab.awaitTrue("the one that follows fails, too", () -> lab.master.migrations().stream()
            .filter(migration -> migration.phase() == Phase.FAILED).count() == 2);
        lab.assertUndone(flows, "fw1", "fw2");
        lab.assertUndone(flows, "fw3", "fw4");
        lab.agent("fw4").heal();
        final var again = announce("fw1", "fw2", "fw3", "fw4");
        lab.await(again, Phase.STANDING_BY);
        assertEquals(again, moved("fw1", "fw2", "fw3", "fw4"));
        lab.await(again, Phase.COMPLETED);
        lab.assertMoved(flows, "fw1", "fw2");
        lab.assertMoved(flows, "fw3", "fw4");
    }

    @Test
    void announcementOfAnUnknownHostIsRejectedAndTouchesNothing() throws Exception {
        final var id = standBy();
        assertThrows(MigrationRejectedException.class, () -> announce("fw1", "fw9"));
        assertThrows(MigrationRejectedException.class, () -> moved("fw1", "fw9"));
        assertEquals(Phase.STANDING_BY, lab.record(id).phase());
    }

    @Test
    void closingUndoesWhatStandsBy() throws Exception {
        final var id = standBy();
        lab.master.close();
        assertEquals(Phase.CANCELLED, lab.record(id).phase());
        lab.assertUndone(flows, "fw1", "fw2");
    }
}
