// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.it.guide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.opendaylight.statemigration.it.controller.Controller;
import org.opendaylight.statemigration.it.controller.Provisioning;
import org.opendaylight.statemigration.it.controller.Topology;
import org.opendaylight.statemigration.it.testbed.Console;
import org.opendaylight.statemigration.it.testbed.Installation;
import org.opendaylight.statemigration.lab.namespace.Namespace;
import org.opendaylight.statemigration.lab.namespace.Place;
import org.opendaylight.statemigration.lab.namespace.Requirements;
import org.opendaylight.statemigration.lab.namespace.ShellCommand;
import org.opendaylight.statemigration.lab.network.Site;
import org.opendaylight.statemigration.lab.time.Await;

/**
 * Does what docs/controller.md says: starts a controller, installs the feature into it while it runs, admits a device
 * and stops it. Karaf's shell is not tried, as it needs JDK 21; the same is done over Jolokia.
 */
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class ControllerGuideIT {
    private static final String FEATURE = "odl-statemigration";
    private static final String YANG_LIBRARY = "ietf-yang-library:yang-library";
    /** A key of ssh-ed25519, where the guide leaves it out. */
    private static final String HOST_KEY = "AAAAC3NzaC1lZDI1NTE5AAAAIHWq8zG0Y1s8GQx9v0XcY8dD3s1vZk1r2N3w4x5y6z7A";
    private static final Pattern BLOCK = Pattern.compile("```(\\w*)\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern CURL = Pattern.compile("(?ms)^curl .*?\\}'$");
    private static final Pattern DEVICE = Pattern.compile("(?m)^ *(\\{\"unique-id\".*\\})$");

    private final String guide = read(Installation.home().resolve("docs/controller.md"));

    @TempDir
    private Path folder;

    @Test
    void everyCommandOfTheGuideDoesWhatItSays() throws IOException, InterruptedException {
        if (Requirements.missing().isPresent()) {
            follow(Place.LOCAL);
        } else {
            // Another controller on this machine is then no obstacle
            try (var namespace = Namespace.create("feature")) {
                follow(namespace);
            }
        }
    }

    private void follow(final Place place) throws IOException, InterruptedException {
        final var copy = folder.resolve("controller");
        Installation.distribution().copyTo(copy);
        bootWithout(copy);
        final boolean served;
        try (var controller = start(place, copy)) {
            controller.awaitPost("/jolokia/", Map.of("type", "read", "mbean",
                "org.apache.karaf:type=feature,name=root", "attribute", "Features"));
            controller.await(YANG_LIBRARY);
            assertFalse(controller.restconf().serves(Controller.STATE_MIGRATION));
            install(place);
            served = comesBack(controller);
            if (served) {
                use(controller);
            }
            controller.stop(place, command("bin/stop"), Installation.java());
        }
        if (!served) {
            Console.onConsole().say("RESTCONF did not come back after the installation: restarting the controller");
            try (var controller = start(place, copy)) {
                controller.await(Controller.STATE_MIGRATION);
                use(controller);
                controller.stop(place, command("bin/stop"), Installation.java());
            }
        }
    }

    private Controller start(final Place place, final Path copy) throws IOException, InterruptedException {
        return Controller.startInBackground(place, copy, command("bin/start"), Installation.java());
    }

    private void install(final Place place) throws IOException {
        final var curls = CURL.matcher(guide).results().map(found -> found.group()).toList();
        assertEquals(2, curls.size(), guide);
        for (var curl : curls) {
            final var answer = ShellCommand.run(place.command(List.of("sh", "-c",
                curl.replace("CONTROLLER", "127.0.0.1"))));
            assertEquals(200, JsonParser.parseString(answer).getAsJsonObject().get("status").getAsInt(), answer);
        }
        // Karaf's shell is told the same
        assertTrue(curls.getFirst().contains(argument("feature:repo-add ")), guide);
        assertTrue(curls.getLast().contains("[\"" + argument("feature:install ") + "\"]"), guide);
    }

    /** OpenDaylight's RESTCONF starts anew when models are added, and sometimes has no servlet afterwards. */
    private static boolean comesBack(final Controller controller) throws InterruptedException {
        try {
            Await.until("RESTCONF serves the module", Duration.ofSeconds(90),
                () -> controller.restconf().serves(Controller.STATE_MIGRATION));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private void use(final Controller controller) throws IOException, InterruptedException {
        controller.await("odl-netconf-callhome-server:netconf-callhome-server");
        final var devices = DEVICE.matcher(guide).results().map(found -> found.group(1).replace("AAAA...", HOST_KEY))
            .toList();
        assertEquals(2, devices.size(), guide);
        for (var device : devices) {
            controller.restconf().put("odl-netconf-callhome-server:netconf-callhome-server/allowed-devices/device=fw1",
                Map.of("odl-netconf-callhome-server:device", List.of(JsonParser.parseString(device))));
        }
        new Provisioning(controller.restconf()).topology().write(Topology.figure1(Site.ONE));
        assertTrue(new Provisioning(controller.restconf()).view().migrations().isEmpty());
    }

    /** {@return the command of the guide that begins so, which it has to have, without the comment behind it} */
    private String command(final String start) {
        return lines().filter(line -> line.startsWith(start)).findFirst().orElseThrow().replaceFirst(" *#.*", "");
    }

    private String argument(final String command) {
        return command(command).substring(command.length()).strip();
    }

    /** Lines of blocks that are no JSON. */
    private Stream<String> lines() {
        return BLOCK.matcher(guide).results().filter(block -> block.group(1).isEmpty())
            .flatMap(block -> block.group(2).lines());
    }

    private static String read(final Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Take the feature out of what is started at boot: a controller with RESTCONF and remote management is left. */
    private static void bootWithout(final Path copy) throws IOException {
        int changed = 0;
        try (var files = Files.newDirectoryStream(copy.resolve("etc"), "*.xml")) {
            for (var file : files) {
                final var text = Files.readString(file);
                final var without = text.replaceAll("<feature [^>]*>" + FEATURE + "</feature>",
                    "<feature>odl-jolokia</feature><feature>odl-restconf-all</feature>");
                if (!without.equals(text)) {
                    Files.writeString(file, without);
                    changed++;
                }
            }
        }
        assertEquals(1, changed, "files that name the feature");
    }
}
