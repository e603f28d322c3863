// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.soa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.opendaylight.statemigration.agent.soa.AgentFixture.LEASE;
import static org.opendaylight.statemigration.agent.soa.AgentFixture.M1;
import static org.opendaylight.statemigration.agent.soa.AgentFixture.M2;
import static org.opendaylight.statemigration.agent.soa.AgentFixture.VM;
import static org.opendaylight.statemigration.agent.soa.AgentFixture.chunk;
import static org.opendaylight.statemigration.agent.soa.AgentFixture.flows;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.opendaylight.statemigration.agent.testkit.FaultyStateTable;
import org.opendaylight.statemigration.ifma.AgentException;
import org.opendaylight.statemigration.ifma.AgentException.Kind;
import org.opendaylight.statemigration.ifma.Chunk;
import org.opendaylight.statemigration.ifma.MigrationId;

@Timeout(30)
class ConcurrencyTest {
    private final AgentFixture fixture = new AgentFixture();
    private final LocalAgent agent = fixture.agent;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    @AfterEach
    void close() {
        threads.shutdownNow();
        fixture.close();
    }

    @Test
    void slotsAreKeptForVmsThatHaveMoved() throws Exception {
        final int slots = AgentFixture.LIMITS.migrationsWithPreCopy();
        for (int number = 0; number < slots; number++) {
            agent.follow(new MigrationId("c-" + number), VM);
        }
        assertEquals(Kind.RESOURCE_DENIED,
            assertThrows(AgentException.class, () -> agent.follow(M1, VM)).kind());
        assertEquals(Kind.RESOURCE_DENIED,
            assertThrows(AgentException.class, () -> agent.getReady(M1, VM, LEASE, false)).kind());
        agent.getReady(M1, VM, LEASE, true);
        assertEquals(Kind.RESOURCE_DENIED,
            assertThrows(AgentException.class, () -> agent.upload(M2, VM, 10, Optional.empty())).kind(),
            "In all there are no more slots");
        agent.abort(M1, "test");
        agent.upload(M2, VM, 10, Optional.empty());
    }

    @Test
    void sameChunkSentManyTimesAtOnceIsTakenOnce() throws Exception {
        agent.getReady(M1, VM, LEASE, true);
        final var chunk = chunk(1, flows(10));
        final var answers = new HashSet<Object>();
        for (var answer : atOnce(20, () -> agent.download(M1, chunk))) {
            answers.add(answer.get());
        }
        assertEquals(1, answers.size());
        assertEquals(10, fixture.memory.flows().size());
        assertEquals(1, fixture.table.asked().stream()
            .filter(operation -> operation == FaultyStateTable.Operation.CREATE).count());
        assertEquals(10, agent.commit(M1, 1, 10).verified());
    }

    @Test
    void chunksSentAtOnceAreTakenInOrderOrRefused() throws Exception {
        agent.getReady(M1, VM, LEASE, true);
        final var flows = flows(30);
        final var calls = new ArrayList<Future<?>>();
        for (int sequence = 1; sequence <= 3; sequence++) {
            final var chunk = chunk(sequence, flows.subList((sequence - 1) * 10, sequence * 10));
            calls.add(threads.submit(() -> agent.download(M1, chunk)));
        }
        int taken = 0;
        for (var call : calls) {
            try {
                call.get();
                taken++;
            } catch (ExecutionException e) {
                assertEquals(AgentException.Kind.INVALID_VALUE, ((AgentException) e.getCause()).kind());
            }
        }
        assertTrue(taken >= 1);
        assertEquals(taken * 10, agent.commit(M1, taken, taken * 10).verified());
    }

    @Test
    void abortDuringDownloadsLeavesNothing() throws Exception {
        for (int round = 0; round < 50; round++) {
            final var migration = new MigrationId("r" + round);
            agent.getReady(migration, VM, LEASE, true);
            final var chunk = Chunk.of(migration, 1, flows(10));
            final var downloads = threads.submit(() -> agent.download(migration, chunk));
            final var abort = threads.submit(() -> agent.abort(migration, "race"));
            abort.get();
            try {
                downloads.get();
            } catch (ExecutionException e) {
                assertTrue(e.getCause().getMessage().contains("was aborted"), e.getCause().getMessage());
            }
            fixture.assertNothingLeft();
        }
    }

    @Test
    void onlyOneOfManyMigrationsOfAVmIsAdmitted() throws Exception {
        final var calls = new ArrayList<Future<?>>();
        for (int number = 0; number < 20; number++) {
            final var migration = new MigrationId("r" + number);
            calls.add(threads.submit(() -> agent.getReady(migration, VM, LEASE, true)));
        }
        int admitted = 0;
        for (var call : calls) {
            try {
                call.get();
                admitted++;
            } catch (ExecutionException e) {
                assertEquals(AgentException.Kind.RESOURCE_DENIED, ((AgentException) e.getCause()).kind());
            }
        }
        assertEquals(1, admitted);
        assertEquals(1, fixture.memory.holds().size());
        assertEquals(1, agent.statuses().entries().size());
    }

    @Test
    void slowMigrationDoesNotKeepOthersWaitingNorDoesItsLeaseRunOutMeanwhile() throws Exception {
        final var entered = new CountDownLatch(1);
        final var go = new CountDownLatch(1);
        try (var slow = new LocalAgent(settings(), slowTable(entered, go), fixture.clock, fixture.scheduler)) {
            slow.getReady(M1, VM, LEASE, true);
            final var download = threads.submit(() -> slow.download(M1, chunk(1, flows(4))));
            assertTrue(entered.await(10, TimeUnit.SECONDS));
            fixture.pass(LEASE.multipliedBy(2));
            slow.getReady(M2, AgentFixture.selection("10.1.1.2"), LEASE, true);

            final var interrupted = new CountDownLatch(1);
            final var commit = Thread.ofVirtual().start(() -> {
                try {
                    slow.commit(M1, 1, 4);
                } catch (InterruptedException e) {
                    interrupted.countDown();
                } catch (AgentException e) {
                    throw new IllegalStateException(e);
                }
            });
            commit.interrupt();
            assertTrue(interrupted.await(10, TimeUnit.SECONDS));

            go.countDown();
            assertEquals(4, download.get().accepted());
            assertEquals(4, slow.commit(M1, 1, 4).verified());
        }
    }

    @Test
    void closeWaitsForTheCallUnderWayAndUndoesIt() throws Exception {
        final var entered = new CountDownLatch(1);
        final var go = new CountDownLatch(1);
        final var slow = new LocalAgent(settings(), slowTable(entered, go), fixture.clock, fixture.scheduler);
        slow.getReady(M1, VM, LEASE, true);
        final var download = threads.submit(() -> slow.download(M1, chunk(1, flows(4))));
        assertTrue(entered.await(10, TimeUnit.SECONDS));
        final var close = threads.submit(slow::close);
        go.countDown();
        assertEquals(4, download.get().accepted());
        close.get();
        fixture.assertNothingLeft();
        assertThrows(AgentException.class, () -> slow.getReady(M2, VM, LEASE, true));
    }

    private FaultyStateTable slowTable(final CountDownLatch entered, final CountDownLatch go) {
        final var table = new FaultyStateTable(fixture.memory);
        table.delay(FaultyStateTable.Operation.CREATE, entered, go);
        return table;
    }

    private AgentSettings settings() {
        final var profile = agent.profile();
        return new AgentSettings(profile.hostId(), profile.functions(), profile.roles(), profile.natPools(),
            profile.addresses(), profile.limits());
    }

    private <T> List<Future<T>> atOnce(final int count, final Callable<T> call) throws InterruptedException {
        return threads.invokeAll(Collections.nCopies(count, call));
    }
}
