// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.it.controller;

import static java.util.Objects.requireNonNull;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.opendaylight.statemigration.lab.namespace.Place;

/** HTTP to a controller: RESTCONF (RFC 8040) and Jolokia, as the administrator of a fresh distribution. */
public final class Restconf implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final String AUTHORIZATION = "Basic " + Base64.getEncoder()
        .encodeToString("admin:admin".getBytes(StandardCharsets.UTF_8));

    private final Place place;
    private final URI root;
    private final CookieManager sessions = new CookieManager();
    private final HttpClient client;

    /**
     * A client.
     *
     * @param place from where the controller is reached
     * @param root address of the controller, such as {@code http://127.0.0.1:8181}
     * @throws IOException if the place cannot be entered
     */
    public Restconf(final Place place, final URI root) throws IOException {
        this.place = requireNonNull(place);
        this.root = requireNonNull(root);
        // Made in that place, so that its threads and their sockets are there too. With cookies, as the controller
        // otherwise remembers a session of each request for half an hour
        client = place.call(() -> HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
            .cookieHandler(sessions).connectTimeout(TIMEOUT).build());
    }

    /**
     * Read data.
     *
     * @param path path below {@code /rests/data}
     * @return the data; JSON null if there is none
     * @throws IOException if the controller does not answer, or with an error
     */
    public JsonElement get(final String path) throws IOException {
        final var response = send("GET", "/rests/data/" + path, null);
        // OpenDaylight answers 409 where there is no such data, RFC 8040 says 404. A 404 without that tag is of a
        // controller that has not started RESTCONF yet
        if ((response.statusCode() == 404 || response.statusCode() == 409)
            && response.body().contains("data-missing")) {
            return JsonNull.INSTANCE;
        }
        return body("GET " + path, response);
    }

    /**
     * Create or replace data.
     *
     * @param path path below {@code /rests/data}
     * @param data what Gson makes JSON of
     * @throws IOException if the controller does not answer, or with an error
     */
    public void put(final String path, final Object data) throws IOException {
        body("PUT " + path, send("PUT", "/rests/data/" + path, data));
    }

    /**
     * Merge data into what is there (RFC 8040 section 4.6.1, plain patch).
     *
     * @param path path below {@code /rests/data}
     * @param data what Gson makes JSON of
     * @throws IOException if the controller does not answer, or with an error
     */
    public void patch(final String path, final Object data) throws IOException {
        body("PATCH " + path, send("PATCH", "/rests/data/" + path, data));
    }

    /**
     * Delete data.
     *
     * @param path path below {@code /rests/data}
     * @throws IOException if the controller does not answer, or with an error; also if there is no such data
     */
    public void delete(final String path) throws IOException {
        body("DELETE " + path, send("DELETE", "/rests/data/" + path, null));
    }

    /**
     * Call an RPC.
     *
     * @param rpc its qualified name
     * @param input what Gson makes JSON of: the content of {@code input}
     * @return the answer; JSON null if there is none
     * @throws IOException if the controller does not answer, or with an error
     */
    public JsonElement invoke(final String rpc, final Object input) throws IOException {
        return body("RPC " + rpc,
            send("POST", "/rests/operations/" + rpc, Map.of("input", input)));
    }

    /**
     * Post to something that is not RESTCONF.
     *
     * @param path path, beginning with a slash
     * @param data what Gson makes JSON of
     * @return the answer
     * @throws IOException if the controller does not answer, or with an error
     */
    public JsonElement post(final String path, final Object data) throws IOException {
        return body("POST " + path, send("POST", path, data));
    }

    /**
     * Whether the controller serves a YANG module already.
     *
     * @param path path of its data below {@code /rests/data}
     * @return true if it does
     */
    public boolean serves(final String path) {
        return failure(path).isEmpty();
    }

    /**
     * Ask whether data is served, and if not, why.
     *
     * @param path path below {@code /rests/data}
     * @return what is in the way; empty if it is served
     */
    public Optional<String> failure(final String path) {
        try {
            get(path);
            return Optional.empty();
        } catch (IOException e) {
            // Refused connections, 401 and 503 while it starts, 400 where the module is not there. Something that
            // starts may not know a session of before
            sessions.getCookieStore().removeAll();
            return Optional.of(e.toString());
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    private HttpResponse<String> send(final String method, final String path, final Object data) throws IOException {
        final var publisher = data == null ? BodyPublishers.noBody() : BodyPublishers.ofString(new Gson().toJson(data));
        final var request = HttpRequest.newBuilder(root.resolve(path)).method(method, publisher).timeout(TIMEOUT)
            .header("Authorization", AUTHORIZATION).header("Accept", "application/yang-data+json, application/json")
            .header("Content-Type", path.startsWith("/rests/") ? "application/yang-data+json" : "application/json")
            .build();
        return place.call(() -> client.send(request, BodyHandlers.ofString()));
    }

    private static JsonElement body(final String what, final HttpResponse<String> response) throws RestconfException {
        if (response.statusCode() / 100 != 2) {
            throw new RestconfException(what, response.statusCode(), response.body());
        }
        return response.body().isBlank() ? JsonNull.INSTANCE : JsonParser.parseString(response.body());
    }
}
