package org.opendaylight.statemigration.agent.backend.linux;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.opendaylight.statemigration.flow.Flow;
import org.opendaylight.statemigration.flow.Labels;
import org.opendaylight.statemigration.ifma.Refusal;
import org.opendaylight.statemigration.ifma.RefusalReason;

/** Tells what {@link Creator} would refuse, without creating anything that lasts. */
final class Assessor {
    private final Conntrack conntrack;
    private final NetworkNamespace namespace;
    private final Admission admission;
    private final Map<Optional<String>, Boolean> helpers = new HashMap<>();

    private Optional<Boolean> labels = Optional.empty();

    Assessor(final Conntrack conntrack, final NetworkNamespace namespace, final Zones zones) {
        this.conntrack = requireNonNull(conntrack);
        this.namespace = requireNonNull(namespace);
        admission = new Admission(zones);
    }

    List<Refusal> assess(final List<Flow> flows) throws IOException {
        final var byOriginal = new ArrayList<Requests.Request>();
        final var byReply = new ArrayList<Requests.Request>();
        final var objections = flows.stream().map(admission::objection).toList();
        for (int i = 0; i < flows.size(); i++) {
            if (objections.get(i).isEmpty()) {
                final var flow = flows.get(i);
                final int protocol = flow.key().protocol();
                final int zone = zone(flow);
                byOriginal.add(Requests.get(protocol, flow.key().original(), zone));
                byReply.add(Requests.get(protocol, Directions.reply(flow).orElseThrow(), zone));
            }
        }
        final var originals = conntrack.get(byOriginal).iterator();
        final var replies = conntrack.get(byReply).iterator();
        long room = Sysctls.room(namespace);
        final var refusals = new ArrayList<Refusal>();
        for (int i = 0; i < flows.size(); i++) {
            var objection = objections.get(i);
            if (objection.isEmpty()) {
                final var flow = flows.get(i);
                final var original = originals.next();
                objection = Existing.objection(flow, zone(flow), original, replies.next());
                if (objection.isEmpty()
                        && original.filter(entry -> new Existing(flow, zone(flow), entry).serves()).isEmpty()) {
                    objection = unsupported(flow);
                    if (objection.isEmpty() && room-- <= 0) {
                        objection = Optional.of(Objection.noRoom(flow));
                    }
                }
            }
            if (objection.isPresent()) {
                refusals.add(objection.orElseThrow().at(i));
            }
        }
        return refusals;
    }

    private int zone(final Flow flow) {
        return admission.zones().of(flow.key().network()).orElseThrow();
    }

    private Optional<Objection> unsupported(final Flow flow) throws KernelException {
        if (flow.helper().isPresent()) {
            if (!helpers.containsKey(flow.helper())) {
                helpers.put(flow.helper(), isKept(flow.key().protocol(), Labels.NONE, flow.helper()));
            }
            if (!helpers.get(flow.helper())) {
                return Optional.of(new Objection(RefusalReason.UNSUPPORTED_ATTRIBUTE,
                    "There is no helper '" + flow.helper().orElseThrow() + "' here for " + flow.key()));
            }
        }
        if (!flow.labels().isNone()) {
            if (labels.isEmpty()) {
                labels = Optional.of(isKept(flow.key().protocol(), Labels.of(new byte[] { 1 }), Optional.empty()));
            }
            if (!labels.orElseThrow()) {
                return Optional.of(new Objection(RefusalReason.UNSUPPORTED_ATTRIBUTE, "The labels of " + flow.key()
                    + " would be dropped, because no rule here uses labels"));
            }
        }
        return Optional.empty();
    }

    /** Try with an entry in a zone of its own, which is deleted at once: there is no other way to ask. */
    private boolean isKept(final int protocol, final Labels bits, final Optional<String> helper)
            throws KernelException {
        return Probe.run(conntrack, Probe.flow(protocol, bits, helper),
            found -> Comparison.difference(Probe.flow(protocol, bits, helper), Zones.PROBE, found).isEmpty());
    }
}
