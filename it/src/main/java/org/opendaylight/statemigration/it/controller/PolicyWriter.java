// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.it.controller;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What an operator writes into the policy. */
public final class PolicyWriter {
    private static final String POLICY = Controller.STATE_MIGRATION + "/policy";
    private static final int SECOND = 1_000;
    /**
     * A change of topology is acted upon at once, as tests tell of one change at a time. A step and a hold may take so
     * long that a busy machine does not end them: what a test shows must not depend on how much else runs beside it.
     */
    private static final Map<String, ?> TIMERS = Map.of(
        "settle", 0,
        "prepare", 120 * SECOND,
        "transfer", 600 * SECOND,
        "commit", 120 * SECOND,
        "release", 120 * SECOND,
        "rollback", 120 * SECOND,
        "hold-lease", 300);

    private final Restconf restconf;

    PolicyWriter(final Restconf restconf) {
        this.restconf = requireNonNull(restconf);
    }

    /**
     * Set timers of the policy.
     *
     * @param timers what Gson makes members of the container {@code timers} of; what is not given has its value of
     *     {@link #reset}
     * @throws IOException if the controller refuses
     */
    public void timers(final Map<String, ?> timers) throws IOException {
        final Map<String, Object> all = new HashMap<>(TIMERS);
        all.putAll(timers);
        restconf.put(POLICY + "/timers", Map.of("statemigration-master:timers", all));
    }

    /**
     * Set limits of the policy.
     *
     * @param limits leaves of the container {@code limits}; those that are not given have their defaults
     * @throws IOException if the controller refuses
     */
    public void limits(final Map<String, Integer> limits) throws IOException {
        restconf.put(POLICY + "/limits", Map.of("statemigration-master:limits", limits));
    }

    /**
     * Set one leaf of the policy.
     *
     * @param name its name
     * @param value its value
     * @throws IOException if the controller refuses
     */
    public void leaf(final String name, final String value) throws IOException {
        restconf.put(POLICY + "/" + name, Map.of("statemigration-master:" + name, value));
    }

    /**
     * Authorize a State Host in another way than before.
     *
     * @param host what Gson makes a list entry {@code authorized-host} of
     * @throws IOException if the controller refuses
     */
    public void authorize(final Map<String, ?> host) throws IOException {
        restconf.put(POLICY + "/authorized-host=" + host.get("host-id"),
            Map.of("statemigration-master:authorized-host", List.of(host)));
    }

    /**
     * Take an authorization back.
     *
     * @param host identity of the State Host
     * @throws IOException if the controller refuses
     */
    public void withdraw(final String host) throws IOException {
        restconf.delete(POLICY + "/authorized-host=" + host);
    }

    /**
     * Take the policy back, but for timers that suit tests.
     *
     * @throws IOException if the controller refuses
     */
    public void reset() throws IOException {
        restconf.put(POLICY, Map.of("statemigration-master:policy", Map.of()));
        timers(Map.of());
    }
}
