// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.it.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.opendaylight.statemigration.it.controller.Controller;
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

/**
 * Scenario 2 of the draft (section 3.2) at its worst: the firewall itself dies, with its state. What was copied to the
 * master in time survives, and what was not is counted as lost.
 */
class ProtectionIT {
    private static final Load LOAD = new Load(20, 1, 2, true, true);
    private static final Load LATE = new Load(3, 0, 0, true, true);
    private static final int INTERVAL_MILLIS = 500;
    /** What does not answer in this time, while others do, does not answer. */
    private static final int LOST_MILLIS = 20_000;

    @RegisterExtension
    private static final SharedTestBed SHARED = SharedTestBed.inLaboratory();

    private static Figure1 lab;
    private static TestBed bed;

    @FunctionalInterface
    private interface Look {
        Optional<JsonObject> see() throws IOException;
    }

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        lab = SHARED.own(Figure1.build(SHARED.management()));
        bed = SHARED.bed();
        bed.serve(lab);
    }

    @Test
    void connectionsSurviveTheDeathOfTheirFirewallAsFarAsTheyWereCopied() throws Exception {
        bed.provisioning().topology().addLink("nve1", "nve2");
        bed.probe().awaitDecisions("nve1");
        protect("vm1", Map.of("vm", Map.of("vm-name", "vm1")));
        await("the VM is protected where its flows pass", () -> checkpoint(Vm.VM1, "fw1"));
        awaitCheckpoints(1);
        protect("fw1", Map.of("host", List.of("fw1")));
        try (var server = TrafficProcess.server(lab.place("vm3"));
                var client = TrafficProcess.client(lab.place("vm1"), LOAD)) {
            // Whichever of the two is restored, it is not older
            final var seen = List.of(complete(Vm.VM1), complete(Vm.VM3)).stream()
                .map(one -> time(one, "taken-at")).min(Comparator.naturalOrder()).orElseThrow();
            await("a bystander is protected too", () -> checkpoint(Vm.VM2, "fw1"));
            awaitCheckpoints(3);
            try (var late = TrafficProcess.client(lab.place("vm1"), LATE)) {
                die();
                lab.detour();
                bed.provisioning().topology().link("nve1", "fw1", false);

                final var migration = await("the flows are restored", this::restored);
                final var restored = restoration(migration).orElseThrow();
                client.awaitFlowing();
                final var after = client.check();
                assertTrue(after.isSound(), () -> after + " after " + migration);
                final var lateAfter = late.check(LOST_MILLIS);
                final int lateCopied = restored.get("flows").getAsInt() - LOAD.connections();
                assertEquals(LATE.connections() - lateCopied, lateAfter.lost(),
                    () -> "The record says what was lost: " + restored + ", and it was " + lateAfter);
                final int age = restored.get("age").getAsInt();
                final var taken = time(restored, "taken-at");
                assertTrue(age >= 0 && !taken.isBefore(seen), () -> restored + ", but before there was one of " + seen);
                // The source was found dead before the migration ended; times are shown to the millisecond
                assertTrue(taken.plusMillis(age).isBefore(time(migration, "ended-at").plusMillis(2)),
                    migration::toString);
                Console.onConsole().say("Restored " + restored.get("flows") + " flows, " + age
                    + " ms old; of " + LATE.connections() + " late connections " + lateAfter.lost() + " were lost");
                await("the VM is protected at its new place", () -> checkpoint(Vm.VM1, "fw2"));
                assertEquals(0, server.status().corrupt());
            }
        }
        whatTheDeadHostHasIsDeletedWhenItIsBack();
    }

    private static void whatTheDeadHostHasIsDeletedWhenItIsBack() throws Exception {
        assertTrue(list("pending-clean-up").stream()
            .anyMatch(one -> one.get("host-id").getAsString().equals("fw1")), "A clean-up is pending");
        assertFalse(PinholeTable.of(lab.firewall(Site.ONE), Vm.VM1).isEmpty(), "The kernel still has the flows");
        lab.laboratory().restoreLink("fw1", "north");
        lab.laboratory().restoreLink("fw1", "south");
        bed.restartAgent("fw1");
        await("the clean-up is done", () -> list("pending-clean-up").isEmpty() ? Optional.of(new JsonObject())
            : Optional.empty());
        assertEquals(List.of(), PinholeTable.of(lab.firewall(Site.ONE), Vm.VM1));
    }

    private static void protect(final String name, final Map<String, ?> what) throws IOException {
        final var entry = new HashMap<String, Object>(what);
        entry.put("name", name);
        entry.put("interval", INTERVAL_MILLIS);
        bed.controller().restconf().put(Controller.STATE_MIGRATION + "/policy/protection=" + name,
            Map.of("statemigration-master:protection", List.of(entry)));
    }

    /** Without a last word, neither of the agent nor of the host. */
    private static void die() throws IOException {
        bed.agent("fw1").process().destroyForcibly();
        lab.laboratory().cutLink("fw1", "north");
        lab.laboratory().cutLink("fw1", "south");
    }

    private static Optional<JsonObject> checkpoint(final Vm vm, final String host) throws IOException {
        return list("checkpoint").stream().filter(one -> one.get("machine").getAsString().contains(vm.ipv4())
            && one.get("host-id").getAsString().equals(host)
            && one.get("state").getAsString().equals("current")).findFirst();
    }

    private Optional<JsonObject> restored() throws IOException {
        return list("migration").stream().filter(one -> one.get("phase").getAsString().equals("completed")
            && restoration(one).isPresent()).findFirst();
    }

    private static Optional<JsonObject> restoration(final JsonObject migration) {
        return Optional.ofNullable(migration.getAsJsonArray("leg").get(0).getAsJsonObject()
            .getAsJsonObject("restored-from-checkpoint"));
    }

    private static List<JsonObject> list(final String name) throws IOException {
        return bed.provisioning().view().list(name);
    }

    private static JsonObject await(final String what, final Look look) throws Exception {
        return Await.present(what, look::see, ProtectionIT::shown);
    }

    /** A State Host or VM that is known only for a moment may be protected for a moment. */
    private static void awaitCheckpoints(final int count) throws Exception {
        Await.until("there are " + count + " checkpoints", () -> list("checkpoint").size() == count,
            ProtectionIT::shown);
    }

    /** {@return a checkpoint that has all connections of the load} */
    private static JsonObject complete(final Vm vm) throws Exception {
        return await("the checkpoint has all connections", () -> checkpoint(vm, "fw1")
            .filter(one -> one.get("flows").getAsInt() >= LOAD.connections()));
    }

    private static Instant time(final JsonObject entry, final String name) {
        return OffsetDateTime.parse(entry.get(name).getAsString()).toInstant();
    }

    private static String shown() {
        try {
            return bed.controller().restconf().get(Controller.STATE_MIGRATION + "?content=nonconfig").toString();
        } catch (IOException e) {
            return e.toString();
        }
    }
}
