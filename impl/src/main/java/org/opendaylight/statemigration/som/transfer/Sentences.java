package org.opendaylight.statemigration.som.transfer;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.opendaylight.statemigration.flow.Protocols;
import org.opendaylight.statemigration.host.StateHostId;
import org.opendaylight.statemigration.ifma.Chunk;
import org.opendaylight.statemigration.ifma.Refusal;
import org.opendaylight.statemigration.ifma.RefusalReason;
import org.opendaylight.statemigration.ifma.StateOrchestrationAgent.Omission;

/** Tells people which flows are in the way, the first few of them by name. */
final class Sentences {
    private static final int NAMED = 3;
    private static final int MAX_DETAIL = 200;

    private Sentences() {
        // Hidden on purpose
    }

    static String refused(final StateHostId host, final Chunk chunk, final List<Refusal> refused) {
        return "State Host " + host + " does not take " + refused.size() + " of the " + chunk.flows().size()
            + " flows of chunk " + chunk.sequence() + ": " + refused.stream().limit(NAMED)
                .map(refusal -> chunk.flows().get(refusal.index()).key() + " (" + name(refusal.reason())
                    + (refusal.detail().isEmpty() ? "" : ": " + cut(refusal.detail())) + ")")
                .collect(Collectors.joining("; "))
            + (refused.size() > NAMED ? "; ..." : "");
    }

    static String omitted(final StateHostId host, final List<Omission> omitted) {
        return "State Host " + host + " cannot hand over " + count(omitted)
            + " entries, whose connections would be lost: " + omitted.stream().limit(NAMED)
                .map(omission -> omission.count() + " of " + Protocols.name(omission.protocol()) + " ("
                    + name(omission.reason()) + ")")
                .collect(Collectors.joining("; "))
            + (omitted.size() > NAMED ? "; ..." : "");
    }

    static int count(final List<Omission> omitted) {
        return (int) Math.min(Integer.MAX_VALUE, omitted.stream().mapToLong(Omission::count).sum());
    }

    private static String name(final RefusalReason reason) {
        return reason.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String cut(final String text) {
        return text.length() <= MAX_DETAIL ? text : text.substring(0, MAX_DETAIL) + "...";
    }
}
