// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.it.install;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.opendaylight.statemigration.it.controller.Controller;
import org.opendaylight.statemigration.it.controller.Provisioning;
import org.opendaylight.statemigration.it.controller.Topology;
import org.opendaylight.statemigration.it.testbed.Installation;
import org.opendaylight.statemigration.lab.namespace.Namespace;
import org.opendaylight.statemigration.lab.namespace.Place;
import org.opendaylight.statemigration.lab.namespace.Requirements;
import org.opendaylight.statemigration.lab.network.Site;

/** The feature is installed into a controller that runs already, as an operator would do it. */
@Timeout(value = 8, unit = TimeUnit.MINUTES)
class FeatureInstallIT {
    private static final String FEATURE = "odl-statemigration";

    @TempDir
    private Path folder;

    @Test
    void featureCanBeInstalledAtRunTime() throws IOException, InterruptedException {
        if (Requirements.missing().isPresent()) {
            install(Place.LOCAL);
        } else {
            // Another controller on this machine is then no obstacle
            try (var namespace = Namespace.create("feature")) {
                install(namespace);
            }
        }
    }

    private void install(final Place place) throws IOException, InterruptedException {
        final var copy = folder.resolve("controller");
        Installation.distribution().copyTo(copy);
        bootWithout(copy);
        try (var controller = Controller.start(place, copy, Installation.java())) {
            final var jolokia = "/jolokia/";
            controller.awaitPost(jolokia, read("Features"));
            assertFalse(controller.restconf().serves(Controller.STATE_MIGRATION));

            final var answer = controller.restconf().post(jolokia, Map.of("type", "exec", "mbean",
                "org.apache.karaf:type=feature,name=root", "operation", "installFeature(java.lang.String)",
                "arguments", new String[] {FEATURE}));
            assertEquals(200, answer.getAsJsonObject().get("status").getAsInt(), answer::toString);

            controller.await(Controller.STATE_MIGRATION);
            new Provisioning(controller.restconf()).topology(Topology.figure1(Site.ONE));
            assertTrue(new Provisioning(controller.restconf()).migrations().isEmpty());
        }
    }

    private static Map<String, Object> read(final String attribute) {
        return Map.of("type", "read", "mbean", "org.apache.karaf:type=feature,name=root", "attribute", attribute);
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
