// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.backend.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.opendaylight.statemigration.agent.backend.BackendException;
import org.opendaylight.statemigration.agent.backend.linux.hold.HoldPreference;
import org.opendaylight.statemigration.agent.soa.AgentSettings;
import org.opendaylight.statemigration.agent.soa.LocalAgent;
import org.opendaylight.statemigration.flow.Flow;
import org.opendaylight.statemigration.host.FunctionType;
import org.opendaylight.statemigration.host.HostProfile;
import org.opendaylight.statemigration.host.IpPrefix;
import org.opendaylight.statemigration.host.Role;
import org.opendaylight.statemigration.host.StateHostId;
import org.opendaylight.statemigration.host.VmIdentity;
import org.opendaylight.statemigration.ifma.FlowSelection;
import org.opendaylight.statemigration.ifma.MigrationId;
import org.opendaylight.statemigration.ifma.Refusal;

/** The agents of both firewalls of a {@link Lab}, and a move of the VM between them, step by step. */
final class Move implements AutoCloseable {
    static final FlowSelection VM =
        FlowSelection.of(new VmIdentity(Set.of(Lab.VM, Lab.VM6), Optional.empty()));
    /** Public addresses of both firewalls, as if they were one site's. */
    static final List<String> POOLS = List.of("198.51.100.0/24", "2001:db8:7::/64");

    private static final Duration LEASE = Duration.ofSeconds(30);

    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
    private final Lab lab;
    private final Map<String, LinuxStateTable> tables;
    private final Map<String, LocalAgent> agents;

    private MigrationId migration = new MigrationId("none");
    private int number;
    private String from = "fw1";
    private String to = "fw2";

    Move(final Lab lab, final List<String> pools) throws BackendException {
        this.lab = lab;
        final var options = new LinuxOptions(Optional.empty(), Map.of(), HoldPreference.BEST, 1024, 4700);
        tables = Map.of("fw1", LinuxStateTable.open(options.in(lab.path("fw1"))),
            "fw2", LinuxStateTable.open(options.in(lab.path("fw2"))));
        agents = Map.of("fw1", agent("fw1", pools), "fw2", agent("fw2", pools));
    }

    LinuxStateTable table(final String firewall) {
        return tables.get(firewall);
    }

    /** The flows that the source has. */
    List<Flow> flows() throws Exception {
        return tables.get(from).export(VM).entries().stream().map(entry -> entry.flow()).toList();
    }

    /** All steps, the path between import and commit. */
    int run() throws Exception {
        begin();
        assertEquals(List.of(), transfer());
        lab.moveTo(to);
        return commit();
    }

    /** The same while flows send: packets of so many come from these addresses while they are held. */
    int run(final int flows, final InetAddress... senders) throws Exception {
        begin();
        assertEquals(List.of(), transfer());
        final var arrivals = Arrivals.at(lab, to);
        lab.moveTo(to);
        arrivals.await(flows, senders);
        return commit();
    }

    void begin() throws Exception {
        migration = new MigrationId("m-" + ++number);
        agents.get(to).getReady(migration, VM, LEASE, true);
    }

    /** The same move, but announced: with pre-copy. */
    PreCopySteps withPreCopy() {
        return new PreCopySteps(agents.get(from), agents.get(to), new MigrationId("m-" + ++number), VM);
    }

    /** Hand everything over; returns what was refused. */
    List<Refusal> transfer() throws Exception {
        final var refused = new ArrayList<Refusal>();
        var upload = agents.get(from).upload(migration, VM, 1000, Optional.empty());
        assertEquals(List.of(), upload.omitted());
        while (upload.chunk().isPresent()) {
            final var download = agents.get(to).download(migration, upload.chunk().orElseThrow());
            refused.addAll(download.refused());
            if (upload.nextCursor().isEmpty()) {
                break;
            }
            upload = agents.get(from).upload(migration, VM, 1000, upload.nextCursor());
        }
        return refused;
    }

    /** Commit and release; returns how many flows moved. The next move goes back. */
    int commit() throws Exception {
        final int flows = agents.get(to).statuses().entries().stream()
            .filter(entry -> entry.migration().equals(migration)).findFirst().orElseThrow().flows();
        agents.get(to).commit(migration, flows == 0 ? 0 : 1, flows);
        agents.get(from).release(migration, List.of());
        final var other = from;
        from = to;
        to = other;
        return flows;
    }

    int abort() throws Exception {
        agents.get(from).abort(migration, "test");
        return agents.get(to).abort(migration, "test");
    }

    @Override
    public void close() {
        agents.values().forEach(LocalAgent::close);
        tables.values().forEach(LinuxStateTable::close);
        scheduler.shutdownNow();
    }

    private LocalAgent agent(final String name, final List<String> pools) {
        return new LocalAgent(new AgentSettings(new StateHostId(name), Set.of(FunctionType.FIREWALL, FunctionType.NAT),
            EnumSet.allOf(Role.class), pools.stream().map(IpPrefix::parse).toList(), Set.<InetAddress>of(),
            new HostProfile.Limits(1000, 10_000, 3, 60)), tables.get(name), InstantSource.system(), scheduler);
    }
}
