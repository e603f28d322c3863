// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.it.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.opendaylight.statemigration.it.controller.MigrationView;
import org.opendaylight.statemigration.it.controller.Topology;
import org.opendaylight.statemigration.it.testbed.Console;
import org.opendaylight.statemigration.it.testbed.SharedTestBed;
import org.opendaylight.statemigration.it.testbed.TestBed;
import org.opendaylight.statemigration.lab.judge.PinholeTable;
import org.opendaylight.statemigration.lab.network.Figure1;
import org.opendaylight.statemigration.lab.network.Site;
import org.opendaylight.statemigration.lab.network.Vm;
import org.opendaylight.statemigration.lab.time.Await;
import org.opendaylight.statemigration.lab.traffic.Load;
import org.opendaylight.statemigration.lab.traffic.TrafficProcess;

/** An edge is drained: all its VMs move at once, some of them with many connections and some with none. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class BatchIT {
    private static final Load LOAD = new Load(8, 1, 1, true, true);
    private static final int CONCURRENCY = 2;
    /** The master shows times to the millisecond and durations to the microsecond: less than this is rounding. */
    private static final Duration ROUNDING = Duration.ofMillis(2);
    private static final List<Vm> BUSY = List.of(Vm.VM1, Vm.VM2, new Vm("vm6", "10.1.1.60", "fd00:1::60"),
        new Vm("vm7", "10.1.1.70", "fd00:1::70"));
    private static final List<Vm> IDLE = IntStream.rangeClosed(101, 108).mapToObj(number ->
        new Vm("idle" + number, "10.1.1." + number, "fd00:1::" + number)).toList();

    @RegisterExtension
    private static final SharedTestBed SHARED = SharedTestBed.inLaboratory();

    private static Figure1 lab;
    private static TestBed bed;
    private static Site site = Site.ONE;

    /**
     * A migration of a batch, as its record tells: when it began, and when it ended or stood by. It begins after it has
     * taken its slot, and ends before it gives it back.
     */
    private record Slot(Instant begin, Instant end) {
        static Slot of(final MigrationView migration) {
            assertEquals("completed", migration.phase(), () -> migration.json().toString());
            return new Slot(begin(migration), time(migration, "ended-at"));
        }

        /** Of a VM that has yet to move. */
        static Slot ofPreCopy(final MigrationView migration) {
            final var timing = migration.legs().getFirst().timing();
            final var begin = begin(migration);
            return new Slot(begin, after(begin, timing.get("preparing") + timing.get("transferring")));
        }

        private static Instant begin(final MigrationView migration) {
            return after(time(migration, "notified-at"),
                migration.legs().getFirst().timing().getOrDefault("notified", 0.0));
        }

        private static Instant after(final Instant time, final double millis) {
            return time.plusNanos(Math.round(millis * 1_000_000));
        }

        private static Instant time(final MigrationView migration, final String name) {
            return OffsetDateTime.parse(migration.json().get(name).getAsString()).toInstant();
        }
    }

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        lab = SHARED.own(Figure1.build(SHARED.management()));
        for (var vm : BUSY.subList(2, BUSY.size())) {
            lab.laboratory().vm(vm, Site.ONE.nve());
        }
        route(Site.ONE);
        bed = SHARED.bed();
        bed.serve(lab);
    }

    @AfterEach
    void forgetClosedConnections() throws IOException {
        lab.forgetFlows();
    }

    @Test
    void vmsOfARequestMoveInItsOrderAndNoMoreAtATimeThanItSays() throws Exception {
        // Nobody but the request tells of the move
        bed.provisioning().topology().remove(topology(site));
        final var order = new ArrayList<Vm>();
        for (int i = 0; i < IDLE.size(); i++) {
            order.add(IDLE.get(IDLE.size() - 1 - i));
            if (i % 2 == 0) {
                order.add(BUSY.get(BUSY.size() - 1 - i / 2));
            }
        }
        final var batch = drain((from, to) -> bed.controller().restconf().invoke(
            "statemigration-master:notify-state-migrations", Map.of("cause", "NVE is drained", "concurrency",
                CONCURRENCY, "notification", IntStream.range(0, order.size()).mapToObj(number ->
                    Map.of("number", number, "source", from.firewall(), "destination", to.firewall(),
                        "vm", Map.of("address", order.get(number).addresses()))).toList())));
        assertEquals("NVE is drained", batch.get("cause").getAsString());
        assertEquals(CONCURRENCY, batch.get("concurrency").getAsInt());
        final var members = members(batch);
        for (int i = 0; i < order.size(); i++) {
            assertTrue(members.get(i).get("machine").getAsString().contains(order.get(i).ipv4()), batch.toString());
        }
    }

    @Test
    void vmsThatMoveInOneChangeOfTheTopologyAreOneBatch() throws Exception {
        bed.provisioning().policy().limits(Map.of("concurrent-migrations", CONCURRENCY));
        bed.provisioning().topology().write(topology(site));
        drain((from, to) -> bed.provisioning().topology().moved(vms(), to.nve()));
        assertEquals(List.of(), bed.provisioning().view().refusedChanges());
    }

    @Test
    void vmsOfADrainedEdgeHavePreCopiesInOrderAndThenMoveOneByOne() throws Exception {
        // Those that have moved and those that have not reach each other without passing a State Host
        bed.provisioning().topology().write(topology(site).link("nve1", "nve2"));
        final var order = vms().reversed();
        final var batch = underTraffic((from, to) -> {
            final var answer = bed.controller().restconf().invoke("statemigration-master:drain-edge",
                Map.of("topology-id", "figure-1", "edge", from.nve(), "target", to.nve(), "concurrency", CONCURRENCY,
                    "machine", IntStream.range(0, order.size()).mapToObj(number ->
                        Map.of("number", number, "vm-name", order.get(number).id())).toList()));
            final var id = answer.getAsJsonObject().getAsJsonObject("statemigration-master:output").get("batch-id")
                .getAsString();
            final var preCopied = await(id, now -> migrations(now).stream()
                .filter(migration -> migration.phase().equals("standing-by")).count() == order.size());
            assertEquals(order.stream().map(Vm::id).toList(),
                migrations(preCopied).stream().map(MigrationView::vmName).toList());
            checkSlots(migrations(preCopied).stream().map(Slot::ofPreCopy).toList());
            for (int i = 0; i < order.size(); i++) {
                final int number = i;
                final var vm = order.get(i);
                if (BUSY.contains(vm)) {
                    lab.laboratory().reattach(vm, to.nve());
                    route(vm, to);
                }
                bed.provisioning().topology().moved(vm, to.nve());
                // The others stand by until this test moves their VMs, so nobody can miss how far the batch is
                await(id, now -> now.get("completed").getAsInt() == number + 1
                    && now.get("under-way").getAsInt() == order.size() - number - 1
                    && migrations(now).get(number).hasEnded());
            }
            site = to;
            return await(id, now -> now.has("ended-at"));
        });
        assertEquals(order.size(), batch.get("completed").getAsInt(), batch::toString);
        assertEquals(order.size(), batch.get("total").getAsInt(), batch::toString);
        migrations(batch).forEach(migration ->
            assertTrue(migration.switchover().isPresent(), () -> migration.json().toString()));
        assertEquals(List.of(), bed.provisioning().view().refusedChanges());
    }

    /** How the controller is told. */
    @FunctionalInterface
    private interface Tell {
        void tell(Site from, Site to) throws IOException;
    }

    /** Moves all VMs, and reslots the batch that did it, once that has ended. */
    @FunctionalInterface
    private interface Move {
        JsonObject perform(Site from, Site to) throws Exception;
    }

    private static JsonObject drain(final Tell tell) throws Exception {
        return underTraffic((from, to) -> {
            final var known = batches();
            for (var vm : BUSY) {
                lab.laboratory().reattach(vm, to.nve());
            }
            route(to);
            site = to;
            tell.tell(from, to);
            final var batch = await(known.size());
            check(batch);
            return batch;
        });
    }

    private static JsonObject underTraffic(final Move move) throws Exception {
        final var from = site;
        final var to = site.other();
        final var clients = new ArrayList<TrafficProcess>();
        try (var server = TrafficProcess.server(lab.place("vm3"))) {
            for (var vm : BUSY) {
                clients.add(TrafficProcess.client(lab.place(vm.id()), LOAD));
            }
            for (var vm : BUSY) {
                PinholeTable.awaitEstablished(lab.firewall(from), vm, LOAD.connections());
            }
            final var batch = move.perform(from, to);
            int opened = 0;
            int lost = 0;
            for (int i = 0; i < BUSY.size(); i++) {
                final var report = clients.get(i).check();
                opened += report.connections();
                lost += report.lost();
                assertTrue(report.isSound(), () -> report + " after " + batch);
                assertEquals(List.of(), PinholeTable.of(lab.firewall(from), BUSY.get(i)), "left at the source");
                assertEquals(LOAD.connections(), PinholeTable.of(lab.firewall(to), BUSY.get(i)).size());
            }
            assertEquals(BUSY.size() * LOAD.connections(), opened);
            Console.onConsole().say(batch.get("total") + " VMs came to " + to.nve() + ": " + opened
                + " connections opened, " + lost + " lost");
            assertTrue(server.status().isSound());
            return batch;
        } finally {
            clients.forEach(TrafficProcess::close);
        }
    }

    /** {@return the one new batch, once it has ended} */
    private static JsonObject await(final int known) throws Exception {
        return Await.present("the batch has ended", () -> {
            if (batches().size() <= known) {
                return Optional.empty();
            }
            final var batch = newest(known);
            assertTrue(batch.get("under-way").getAsInt() <= CONCURRENCY, batch::toString);
            return Optional.of(batch).filter(now -> now.has("ended-at"));
        }, () -> batches().toString());
    }

    private static JsonObject await(final String id, final Condition condition) throws Exception {
        return Await.present("the batch has got further", () -> {
            final var batch = batches().stream().filter(each -> each.get("batch-id").getAsString().equals(id))
                .findFirst();
            return batch.isPresent() && condition.holds(batch.orElseThrow()) ? batch : Optional.empty();
        }, () -> batches().toString());
    }

    @FunctionalInterface
    private interface Condition {
        boolean holds(JsonObject batch) throws IOException;
    }

    /** {@return the one batch that is not among the known ones} */
    private static JsonObject newest(final int known) throws IOException {
        final var all = batches();
        assertEquals(known + 1, all.size(), all::toString);
        return all.stream().max(Comparator.comparing(each -> OffsetDateTime.parse(
            each.get("started-at").getAsString()))).orElseThrow();
    }

    private static void check(final JsonObject batch) throws IOException {
        final int count = BUSY.size() + IDLE.size();
        assertEquals(count, batch.get("total").getAsInt(), batch::toString);
        assertEquals(count, batch.get("completed").getAsInt(), batch::toString);
        checkSlots(migrations(batch).stream().map(Slot::of).toList());
    }

    /**
     * Slots are given out in the order of the batch. So when one begins, all before it have begun but for those whose
     * slots are still held; those that have not begun have not ended either.
     */
    private static void checkSlots(final List<Slot> slots) {
        for (int i = 0; i < slots.size(); i++) {
            final var begin = slots.get(i).begin();
            assertTrue(slots.subList(0, i).stream().filter(before -> isAfter(before.end(), begin)).count()
                < CONCURRENCY, () -> "In order: " + slots);
            assertTrue(slots.stream().filter(other -> isAfter(begin, other.begin()) && isAfter(other.end(), begin))
                .count() < CONCURRENCY, () -> "Not too many: " + slots);
        }
        final var first = slots.getFirst().begin();
        Console.onConsole().say("Slots in ms: " + slots.stream().map(slot -> Duration.between(first, slot.begin())
            .toMillis() + "-" + Duration.between(first, slot.end()).toMillis()).collect(Collectors.joining(", ")));
    }

    private static boolean isAfter(final Instant one, final Instant other) {
        return one.isAfter(other.plus(ROUNDING));
    }

    /** {@return the migrations of a batch, in its order, as far as they are shown: one may be shown after the other} */
    private static List<MigrationView> migrations(final JsonObject batch) throws IOException {
        final var all = bed.provisioning().view().migrations().stream()
            .collect(Collectors.toMap(MigrationView::id, Function.identity()));
        return members(batch).stream().map(member -> {
            assertTrue(member.has("migration-id"), batch::toString);
            return all.get(member.get("migration-id").getAsString());
        }).filter(Objects::nonNull).toList();
    }

    private static List<JsonObject> batches() throws IOException {
        return bed.provisioning().view().list("batch");
    }

    private static List<JsonObject> members(final JsonObject batch) {
        return !batch.has("member") ? List.of()
            : batch.getAsJsonArray("member").asList().stream().map(JsonElement::getAsJsonObject)
            .sorted(Comparator.comparing(member -> member.get("number").getAsInt())).toList();
    }

    private static List<Vm> vms() {
        final var all = new ArrayList<>(BUSY);
        all.addAll(IDLE);
        return all;
    }

    private static Topology topology(final Site where) {
        final var topology = new Topology("figure-1").edge("nve1").edge("nve2").edge("nve3").vm(Vm.VM3, "nve3");
        for (var each : List.of(Site.ONE, Site.TWO)) {
            topology.stateHost(each.firewall(), "firewall").link(each.nve(), each.firewall())
                .link(each.firewall(), "nve3");
        }
        vms().forEach(vm -> topology.vm(vm, where.nve()));
        return topology;
    }

    /** The way back to the VMs. */
    private static void route(final Site to) throws IOException {
        for (var vm : BUSY) {
            route(vm, to);
        }
    }

    private static void route(final Vm vm, final Site to) throws IOException {
        lab.place("nve3").ip("""
            route replace %1$s/32 via 10.%3$d.0.2
            route replace %2$s/128 via fd00:%3$d::2
            """.formatted(vm.ipv4(), vm.ipv6(), 20 + to.number()));
    }
}
