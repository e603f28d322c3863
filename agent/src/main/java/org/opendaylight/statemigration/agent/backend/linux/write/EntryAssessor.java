// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.backend.linux.write;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.opendaylight.statemigration.agent.backend.linux.conntrack.Conntrack;
import org.opendaylight.statemigration.agent.backend.linux.conntrack.EntryRequests;
import org.opendaylight.statemigration.agent.backend.linux.conntrack.KernelProbe;
import org.opendaylight.statemigration.agent.backend.linux.conntrack.Sysctls;
import org.opendaylight.statemigration.agent.backend.linux.mapping.EntryComparison;
import org.opendaylight.statemigration.agent.backend.linux.mapping.ExistingEntry;
import org.opendaylight.statemigration.agent.backend.linux.mapping.FlowSupportCheck;
import org.opendaylight.statemigration.agent.backend.linux.mapping.RefusalCause;
import org.opendaylight.statemigration.agent.backend.linux.mapping.TupleInversion;
import org.opendaylight.statemigration.agent.backend.linux.mapping.Zones;
import org.opendaylight.statemigration.agent.backend.linux.netlink.KernelException;
import org.opendaylight.statemigration.agent.backend.linux.netlink.NetworkNamespace;
import org.opendaylight.statemigration.flow.Flow;
import org.opendaylight.statemigration.flow.Labels;
import org.opendaylight.statemigration.ifma.Refusal;
import org.opendaylight.statemigration.ifma.RefusalReason;

/** Tells what {@link EntryCreator} would refuse, without creating anything that lasts. */
public final class EntryAssessor {
    private final Conntrack conntrack;
    private final NetworkNamespace namespace;
    private final FlowSupportCheck support;
    private final Map<Optional<String>, Boolean> helpers = new HashMap<>();

    private Optional<Boolean> labels = Optional.empty();

    public EntryAssessor(final Conntrack conntrack, final NetworkNamespace namespace, final Zones zones) {
        this.conntrack = requireNonNull(conntrack);
        this.namespace = requireNonNull(namespace);
        support = new FlowSupportCheck(zones);
    }

    public List<Refusal> assess(final List<Flow> flows) throws IOException {
        final var byOriginal = new ArrayList<EntryRequests.Request>();
        final var byReply = new ArrayList<EntryRequests.Request>();
        final var causes = flows.stream().map(support::refusalCause).toList();
        for (int i = 0; i < flows.size(); i++) {
            if (causes.get(i).isEmpty()) {
                final var flow = flows.get(i);
                final int protocol = flow.key().protocol();
                final int zone = zone(flow);
                byOriginal.add(EntryRequests.get(protocol, flow.key().original(), zone));
                byReply.add(EntryRequests.get(protocol, TupleInversion.reply(flow).orElseThrow(), zone));
            }
        }
        final var originals = conntrack.get(byOriginal).iterator();
        final var replies = conntrack.get(byReply).iterator();
        long room = Sysctls.room(namespace);
        final var refusals = new ArrayList<Refusal>();
        for (int i = 0; i < flows.size(); i++) {
            var cause = causes.get(i);
            if (cause.isEmpty()) {
                final var flow = flows.get(i);
                final var original = originals.next();
                cause = ExistingEntry.refusalCause(flow, zone(flow), original, replies.next());
                if (cause.isEmpty()
                        && original.filter(entry -> new ExistingEntry(flow, zone(flow), entry).serves()).isEmpty()) {
                    cause = unsupported(flow);
                    if (cause.isEmpty() && room-- <= 0) {
                        cause = Optional.of(RefusalCause.noRoom(flow));
                    }
                }
            }
            if (cause.isPresent()) {
                refusals.add(cause.orElseThrow().at(i));
            }
        }
        return refusals;
    }

    private int zone(final Flow flow) {
        return support.zones().of(flow.key().network()).orElseThrow();
    }

    private Optional<RefusalCause> unsupported(final Flow flow) throws KernelException {
        if (flow.helper().isPresent()) {
            if (!helpers.containsKey(flow.helper())) {
                helpers.put(flow.helper(), isKept(flow.key().protocol(), Labels.NONE, flow.helper()));
            }
            if (!helpers.get(flow.helper())) {
                return Optional.of(new RefusalCause(RefusalReason.UNSUPPORTED_ATTRIBUTE,
                    "There is no helper '" + flow.helper().orElseThrow() + "' here for " + flow.key()));
            }
        }
        if (!flow.labels().isNone()) {
            if (labels.isEmpty()) {
                labels = Optional.of(isKept(flow.key().protocol(), Labels.of(new byte[] { 1 }), Optional.empty()));
            }
            if (!labels.orElseThrow()) {
                return Optional.of(new RefusalCause(RefusalReason.UNSUPPORTED_ATTRIBUTE, "The labels of " + flow.key()
                    + " would be dropped, because no rule here uses labels"));
            }
        }
        return Optional.empty();
    }

    /** Try with an entry in a zone of its own, which is deleted at once: there is no other way to ask. */
    private boolean isKept(final int protocol, final Labels bits, final Optional<String> helper)
            throws KernelException {
        return KernelProbe.run(conntrack, KernelProbe.flow(protocol, bits, helper),
            found -> EntryComparison.difference(KernelProbe.flow(protocol, bits, helper), Zones.PROBE,
                found).isEmpty());
    }
}
