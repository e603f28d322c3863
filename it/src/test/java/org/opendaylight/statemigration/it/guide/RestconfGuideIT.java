// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.it.guide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.opendaylight.statemigration.it.controller.MigrationView;
import org.opendaylight.statemigration.it.testbed.Installation;
import org.opendaylight.statemigration.it.testbed.SeedFlows;
import org.opendaylight.statemigration.it.testbed.SharedTestBed;
import org.opendaylight.statemigration.it.testbed.TestBed;
import org.opendaylight.statemigration.lab.time.Await;

/**
 * Does what docs/restconf.md says, in its order. A block that begins with {@code ```http} is a request; behind it stand
 * the status that is expected, if it is an error, and the error-tag.
 */
class RestconfGuideIT {
    private static final Pattern REQUEST =
        Pattern.compile("```http *([^\\n]*)\\n(\\w+) (\\S+)\\n\\n?(.*?)```", Pattern.DOTALL);
    private static final String ROOT = "http://127.0.0.1:8181";
    private static final String AUTHORIZATION =
        "Basic " + Base64.getEncoder().encodeToString("admin:admin".getBytes(StandardCharsets.UTF_8));
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    @RegisterExtension
    private static final SharedTestBed SHARED = SharedTestBed.inMemory();

    private final LinkedBlockingQueue<String> events = new LinkedBlockingQueue<>();
    private TestBed bed;
    private HttpClient client;

    private record Request(String expectation, String method, String path, String body) {
    }

    private static List<Request> guide() throws IOException {
        final var requests = new ArrayList<Request>();
        final var matcher = REQUEST.matcher(Files.readString(Installation.home().resolve("docs/restconf.md")));
        while (matcher.find()) {
            requests.add(new Request(matcher.group(1).strip(), matcher.group(2), matcher.group(3), matcher.group(4)));
        }
        return requests;
    }

    @Test
    void everyRequestOfTheGuideIsAnsweredAsItSays() throws Exception {
        final var requests = guide();
        assertTrue(requests.size() > 10, "The guide has requests");
        bed = SHARED.bed();
        bed.serveMemory(SeedFlows.json());
        // Made where the controller is, so that its threads and their sockets are there too
        client = bed.place().call(() -> HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build());
        try {
            String migration = "";
            String batch = "";
            for (var request : requests) {
                final var answer = send(request, migration, batch);
                check(request, answer);
                if (request.path.endsWith("create-notification-stream")) {
                    listen(JsonParser.parseString(answer.body()).getAsJsonObject()
                        .getAsJsonObject("sal-remote:output").get("notification-stream-identifier").getAsString());
                } else if (request.expectation.equals("migration")) {
                    migration = JsonParser.parseString(answer.body()).getAsJsonObject()
                        .getAsJsonObject("statemigration-master:output").get("migration-id").getAsString();
                    assertMoved(bed, migration);
                } else if (request.expectation.equals("batch")) {
                    batch = JsonParser.parseString(answer.body()).getAsJsonObject()
                        .getAsJsonObject("statemigration-master:output").get("batch-id").getAsString();
                    awaitEnd(bed, 6);
                } else if (request.expectation.equals("announced")) {
                    migration = JsonParser.parseString(answer.body()).getAsJsonObject()
                        .getAsJsonObject("statemigration-master:output").get("migration-id").getAsString();
                    final var announced = migration;
                    awaitTrue(bed, views -> views.stream().anyMatch(view -> view.id().equals(announced)
                        && view.phase().equals("standing-by")));
                } else if (request.path.endsWith("attached-to")) {
                    awaitEnd(bed, 1);
                }
            }
            awaitEnd(bed, 7);
            // What the topology and three notifications started, the two of the batch, and what was called off
            assertEquals(List.of("cancelled", "completed", "completed", "completed", "completed", "completed",
                "completed"),
                bed.provisioning().view().migrations().stream().map(MigrationView::phase).sorted().toList());
            Await.until("events were received", () -> hasEvent("migration-phase-changed")
                && hasEvent("\"phase\":\"completed\""), events::toString);
            // The guide wrote it, so the test bed does not know of it
            bed.controller().restconf().delete("network-topology:network-topology/topology=dc1");
        } finally {
            // The stream of events has no end
            client.shutdownNow();
        }
    }

    private boolean hasEvent(final String text) {
        return events.stream().anyMatch(event -> event.contains(text));
    }

    private HttpResponse<String> send(final Request request, final String migration, final String batch)
            throws Exception {
        final var body = request.body.replace("MIGRATION", migration).replace("BATCH", batch);
        final var path = request.path.replace("MIGRATION", migration).replace("BATCH", batch);
        final var http = HttpRequest.newBuilder(URI.create(ROOT + path))
            .method(request.method, body.isBlank() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .header("Authorization", AUTHORIZATION).header("Content-Type", "application/json")
            .header("Accept", "application/json").timeout(TIMEOUT).build();
        return bed.place().call(() -> client.send(http, BodyHandlers.ofString()));
    }

    private static void check(final Request request, final HttpResponse<String> answer) {
        final var what = request + " was answered with " + answer.statusCode() + " " + answer.body();
        final var expected = request.expectation.split(" ");
        if (Character.isDigit(request.expectation.isEmpty() ? ' ' : request.expectation.charAt(0))) {
            assertEquals(Integer.parseInt(expected[0]), answer.statusCode(), what);
            if (expected.length > 1) {
                final var error = JsonParser.parseString(answer.body()).getAsJsonObject().getAsJsonObject("errors")
                    .getAsJsonArray("error").get(0).getAsJsonObject();
                assertEquals(expected[1], error.get("error-tag").getAsString(), what);
                assertFalse(error.get("error-message").getAsString().isBlank(), what);
            }
        } else {
            assertEquals(2, answer.statusCode() / 100, what);
        }
    }

    private void listen(final String stream) throws Exception {
        final var request = HttpRequest.newBuilder(URI.create(ROOT + "/rests/streams/json/" + stream))
            .header("Authorization", AUTHORIZATION).header("Accept", "text/event-stream").build();
        final var opened = bed.place().call(() -> client.sendAsync(request, BodyHandlers.ofLines()));
        // Its head comes when the controller has subscribed, so no later event is missed
        opened.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        opened.thenAcceptAsync(response -> response.body().forEach(events::add));
    }

    /** However the notification names the VM, all of its flows have moved. */
    private static void assertMoved(final TestBed bed, final String migration) throws Exception {
        awaitTrue(bed, views -> views.stream().anyMatch(view -> view.id().equals(migration) && view.hasEnded()));
        final var moved = bed.provisioning().view().migrations().stream().filter(view -> view.id().equals(migration))
            .findFirst().orElseThrow();
        assertEquals("completed", moved.phase(), () -> moved.json().toString());
        assertEquals(SeedFlows.COUNT, moved.legs().getFirst().flows("released"), () -> moved.json().toString());
    }

    private static void awaitEnd(final TestBed bed, final int migrations) throws Exception {
        awaitTrue(bed, views -> views.stream().filter(MigrationView::hasEnded).count() >= migrations);
    }

    private static void awaitTrue(final TestBed bed, final Predicate<List<MigrationView>> condition) throws Exception {
        Await.until("the migrations are as awaited", () -> condition.test(bed.provisioning().view().migrations()),
            () -> bed.provisioning().view().migrations() + " " + bed.provisioning().view().refusedChanges());
    }
}
