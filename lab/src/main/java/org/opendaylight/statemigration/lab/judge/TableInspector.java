// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.lab.judge;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.opendaylight.statemigration.lab.network.Figure1;
import org.opendaylight.statemigration.lab.network.Site;
import org.opendaylight.statemigration.lab.network.Vm;
import org.opendaylight.statemigration.lab.time.Await;
import org.opendaylight.statemigration.lab.traffic.TrafficProcess;

/**
 * Compares the tables of both firewalls before and after a migration. What it finds wrong it says in sentences, so that
 * the demonstration and the tests judge alike.
 */
public final class TableInspector {
    private final Figure1 lab;
    private final Site from;
    private final Site to;
    private final Map<Pinhole.FlowId, Pinhole> moving;
    private final Map<Pinhole.FlowId, Pinhole> bystander;
    private final String rules;

    private TableInspector(final Figure1 lab, final Site from, final Site to) throws IOException {
        this.lab = requireNonNull(lab);
        this.from = requireNonNull(from);
        this.to = requireNonNull(to);
        moving = byFlow(PinholeTable.of(lab.firewall(from), Vm.VM1));
        bystander = byFlow(PinholeTable.of(lab.firewall(Site.ONE), Vm.VM2));
        rules = rules(to);
    }

    /**
     * Look at both firewalls before VM1 leaves for the other one of sites one and two.
     *
     * @param lab the laboratory
     * @return what was seen
     * @throws IOException if a table cannot be read
     */
    public static TableInspector before(final Figure1 lab) throws IOException {
        return new TableInspector(lab, lab.site(), lab.site().other());
    }

    /**
     * Look at two firewalls before VM1's flows leave the one for the other.
     *
     * @param lab the laboratory
     * @param from the site whose firewall has the flows
     * @param to the site whose firewall is to have them
     * @return what was seen
     * @throws IOException if a table cannot be read
     */
    public static TableInspector before(final Figure1 lab, final Site from, final Site to) throws IOException {
        return new TableInspector(lab, from, to);
    }

    /** {@return flows of VM1 before it left} */
    public int flows() {
        return moving.size();
    }

    /** {@return flows of the bystander} */
    public int bystanders() {
        return bystander.size();
    }

    /**
     * Look again, after the migration and some traffic.
     *
     * @return a sentence for each thing that is wrong; empty if nothing is
     * @throws IOException if a table cannot be read
     * @throws InterruptedException if interrupted
     */
    public List<String> problems() throws IOException, InterruptedException {
        final var problems = new ArrayList<String>();
        final var source = from.firewall();
        final var target = to.firewall();
        final var arrived = byFlow(PinholeTable.of(lab.firewall(to), Vm.VM1));
        difference(moving, arrived).forEach(flow -> problems.add(flow + " did not arrive at " + target));
        difference(arrived, moving).forEach(flow -> problems.add(flow + " at " + target + " was not at " + source));
        moving.forEach((flow, pinhole) -> {
            if (arrived.containsKey(flow) && !arrived.get(flow).scales().equals(pinhole.scales())) {
                problems.add(flow + " has window scales " + arrived.get(flow).scales() + " at " + target + ", but had "
                    + pinhole.scales() + " at " + source);
            }
        });
        PinholeTable.of(lab.firewall(from), Vm.VM1)
            .forEach(left -> problems.add(left.flow() + " is still at " + source));
        final var stayed = byFlow(PinholeTable.of(lab.firewall(Site.ONE), Vm.VM2));
        bystander.forEach((flow, pinhole) -> {
            if (!stayed.containsKey(flow) || stayed.get(flow).identity() != pinhole.identity()) {
                problems.add("The bystander's " + flow + " at fw1 is not the entry that it was");
            }
        });
        PinholeTable.of(lab.firewall(Site.TWO), Vm.VM2)
            .forEach(copied -> problems.add("The bystander's " + copied.flow() + " was copied to fw2"));
        if (!rules(to).equals(rules)) {
            problems.add("The packet filter of " + target + " is not what it was: a hold was left behind:\n"
                + rules(to));
        }
        stillLiberal().ifPresent(problems::add);
        return problems;
    }

    /**
     * Let connections speak until their sequence numbers are checked again, which they are once the kernel knows the
     * windows of both ends. It may never know them of one whose data came before the move and was acknowledged after.
     *
     * @param client has the connections
     * @param wanted of how many flows that is expected
     * @return how many of the flows are checked
     * @throws IOException if the table cannot be read, the client is gone, or there are fewer
     * @throws InterruptedException if interrupted
     */
    public long awaitStrict(final TrafficProcess client, final int wanted) throws IOException, InterruptedException {
        return Await.present(wanted + " flows are checked strictly", () -> {
            client.check();
            return Optional.of(strict()).filter(strict -> strict >= wanted);
        }, () -> strict() + " are");
    }

    private long strict() throws IOException {
        return PinholeTable.of(lab.firewall(to), Vm.VM1).stream().filter(pinhole -> !pinhole.isLiberal()).count();
    }

    /**
     * Window tracking becomes strict again once both ends have sent packets within the windows, which takes the agent a
     * moment to see. Where packets are out of them, as data that has come before the move is acknowledged after it, it
     * must not.
     */
    private Optional<String> stillLiberal() throws InterruptedException {
        try {
            Await.until("all flows at " + to.firewall() + " whose windows are known are checked strictly", () ->
                PinholeTable.of(lab.firewall(to), Vm.VM1).stream()
                    .noneMatch(pinhole -> pinhole.isLiberal() && pinhole.isWithinWindows()));
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(e.getMessage());
        }
    }

    /** Packet filter rules of both kinds, without their counters. */
    private String rules(final Site site) throws IOException {
        final var firewall = lab.firewall(site);
        return firewall.run("nft", "--stateless", "list", "ruleset") + legacyRules(site, "iptables-legacy-save")
            + legacyRules(site, "ip6tables-legacy-save");
    }

    private String legacyRules(final Site site, final String command) throws IOException {
        // Comments bear the time, lines that begin with a colon the counters; without the module there are no rules
        return lab.firewall(site).run("sh", "-c", command + " 2>/dev/null || true").lines()
            .filter(line -> line.startsWith("-A")).collect(Collectors.joining("\n"));
    }

    private static Map<Pinhole.FlowId, Pinhole> byFlow(final List<Pinhole> pinholes) {
        return pinholes.stream().collect(Collectors.toMap(Pinhole::flow, Function.identity()));
    }

    private static Iterable<String> difference(final Map<Pinhole.FlowId, Pinhole> all,
            final Map<Pinhole.FlowId, Pinhole> without) {
        final var names = new TreeSet<String>();
        all.keySet().stream().filter(flow -> !without.containsKey(flow)).forEach(flow -> names.add(flow.toString()));
        return names;
    }
}
