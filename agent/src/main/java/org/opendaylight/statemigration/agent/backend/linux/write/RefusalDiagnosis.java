// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.backend.linux.write;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.opendaylight.statemigration.agent.backend.linux.conntrack.Conntrack;
import org.opendaylight.statemigration.agent.backend.linux.conntrack.Sysctls;
import org.opendaylight.statemigration.agent.backend.linux.mapping.ConntrackEntry;
import org.opendaylight.statemigration.agent.backend.linux.mapping.EntryComparison;
import org.opendaylight.statemigration.agent.backend.linux.mapping.ExistingEntry;
import org.opendaylight.statemigration.agent.backend.linux.mapping.RefusalCause;
import org.opendaylight.statemigration.agent.backend.linux.netlink.KernelException;
import org.opendaylight.statemigration.agent.backend.linux.netlink.NetworkNamespace;
import org.opendaylight.statemigration.flow.FlowKey;
import org.opendaylight.statemigration.ifma.RefusalReason;

/**
 * Finds out why an entry could not be created, or is not as it was to be.
 *
 * @param conntrack the table
 * @param namespace where it is
 */
record RefusalDiagnosis(Conntrack conntrack, NetworkNamespace namespace) {
    RefusalDiagnosis {
        requireNonNull(conntrack);
        requireNonNull(namespace);
    }

    /**
     * Find out.
     *
     * @param want what was to be created
     * @param error what the kernel answered, 0 for yes
     * @param entry what is there now
     * @return what speaks against it; empty if it is there as it was to be, or was and has ended
     * @throws IOException if the table cannot be read, or the kernel's answer has nothing to do with the flow
     */
    Optional<RefusalCause> of(final RequestedEntry want, final int error, final Optional<ConntrackEntry> entry)
            throws IOException {
        return switch (error) {
            // The kernel may have said yes to what it then has not done
            case 0 -> entry.isEmpty() ? dropped(want) : unlike(want, entry.orElseThrow());
            case KernelException.EEXIST -> collision(want, entry);
            default -> Optional.of(refusal(want, error));
        };
    }

    /**
     * What the kernel has left out, or made otherwise. If an answer to a translated destination is somebody else's, the
     * kernel does not say so, but translates the source to a port that is free.
     */
    private Optional<RefusalCause> unlike(final RequestedEntry want, final ConntrackEntry entry)
            throws KernelException {
        final var difference = EntryComparison.difference(want.flow(), want.zone(), entry);
        if (difference.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(conntrack.get(List.of(want.getReply())).getFirst()
            .filter(owner -> owner.id() != entry.id()).map(RefusalCause::collision)
            .orElseGet(() -> new RefusalCause(RefusalReason.UNSUPPORTED_ATTRIBUTE,
                "The kernel did not take all of it. " + difference.orElseThrow())));
    }

    /** What was created may have ended by itself since. A full table drops entries for the sake of new ones. */
    private Optional<RefusalCause> dropped(final RequestedEntry want) throws IOException {
        return Sysctls.room(namespace) > 0 ? Optional.empty() : Optional.of(new RefusalCause(RefusalReason.NO_ROOM,
            "The table has dropped " + want.flow().key() + " at once"));
    }

    /** Diagnose {@code EEXIST}: this very flow, or somebody else's. */
    private Optional<RefusalCause> collision(final RequestedEntry want, final Optional<ConntrackEntry> entry)
            throws KernelException {
        if (entry.filter(want::serves).isPresent()) {
            return entry.filter(each -> EntryComparison.difference(want.existing(each).served(), want.zone(), each,
                true)
                .isPresent()).map(RefusalCause::collision);
        }
        final var answer = conntrack.get(List.of(want.getReply())).getFirst();
        return ExistingEntry.refusalCause(want.flow(), want.zone(), entry, answer)
            .or(() -> entry.or(() -> answer).map(RefusalCause::collision))
            .or(() -> Optional.of(new RefusalCause(RefusalReason.COLLISION,
                "Another entry was in the way of " + want.flow().key() + ", and is gone by now")));
    }

    private static RefusalCause refusal(final RequestedEntry want, final int error) throws KernelException {
        final var key = want.flow().key();
        return switch (error) {
            case KernelException.ENOMEM, KernelException.ENOSPC ->
                RefusalCause.noRoom(want.flow());
            case KernelException.EOPNOTSUPP -> new RefusalCause(RefusalReason.UNSUPPORTED_ATTRIBUTE,
                want.flow().helper().map(helper -> "There is no helper '" + helper + "' here for ")
                    .orElse("The kernel lacks what is needed for ") + key);
            case KernelException.ENOENT -> new RefusalCause(RefusalReason.MASTER_MISSING, "The master of " + key
                + " is not here: " + want.flow().master().map(FlowKey::toString).orElse("unknown"));
            case KernelException.EINVAL, KernelException.ERANGE ->
                new RefusalCause(RefusalReason.MALFORMED_FLOW, "The kernel finds " + key + " malformed");
            default -> throw new KernelException("create " + key, error);
        };
    }
}
