// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.backend.linux.write;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.opendaylight.statemigration.agent.backend.StateTable;
import org.opendaylight.statemigration.agent.backend.linux.conntrack.Conntrack;
import org.opendaylight.statemigration.agent.backend.linux.conntrack.EntryRequests;
import org.opendaylight.statemigration.agent.backend.linux.conntrack.Sysctls;
import org.opendaylight.statemigration.agent.backend.linux.mapping.ConntrackEntry;
import org.opendaylight.statemigration.agent.backend.linux.mapping.EntryComparison;
import org.opendaylight.statemigration.agent.backend.linux.mapping.FlowSupportCheck;
import org.opendaylight.statemigration.agent.backend.linux.mapping.RefusalCause;
import org.opendaylight.statemigration.agent.backend.linux.mapping.Zones;
import org.opendaylight.statemigration.agent.backend.linux.netlink.KernelException;
import org.opendaylight.statemigration.agent.backend.linux.netlink.NetworkNamespace;
import org.opendaylight.statemigration.flow.Flow;
import org.opendaylight.statemigration.ifma.Refusal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Creates entries, reads them back, and finds out why some could not be created. */
public final class EntryCreator {
    private static final Logger LOG = LoggerFactory.getLogger(EntryCreator.class);

    private final Conntrack conntrack;
    private final NetworkNamespace namespace;
    private final FlowSupportCheck support;
    private final List<RequestedEntry> wanted = new ArrayList<>();
    private final List<Refusal> refused = new ArrayList<>();

    // Error number of each that is wanted; empty as long as they are not known
    private int[] errors = new int[0];

    public EntryCreator(final Conntrack conntrack, final NetworkNamespace namespace, final Zones zones) {
        this.conntrack = requireNonNull(conntrack);
        this.namespace = requireNonNull(namespace);
        support = new FlowSupportCheck(zones);
    }

    /**
     * Create entries.
     *
     * @param flows the flows
     * @return what was created and what not
     * @throws IOException if the table cannot be written; what was created then is deleted again
     */
    public StateTable.Creation create(final List<Flow> flows) throws IOException {
        for (int i = 0; i < flows.size(); i++) {
            final int index = i;
            final var flow = flows.get(i);
            support.refusalCause(flow).ifPresentOrElse(cause -> refused.add(cause.at(index)),
                () -> wanted.add(new RequestedEntry(index, flow,
                    support.zones().of(flow.key().network()).orElseThrow())));
        }
        // A full table makes room for new entries by dropping others that are not assured. Those may be anybody's
        final long room = Sysctls.room(namespace);
        while (wanted.size() > room) {
            final var want = wanted.removeLast();
            refused.add(RefusalCause.noRoom(want.flow()).at(want.index()));
        }
        try {
            return createWanted();
        } catch (IOException e) {
            undo(e);
            throw e;
        }
    }

    private StateTable.Creation createWanted() throws IOException {
        final var refusalDiagnosis = new RefusalDiagnosis(conntrack, namespace);
        errors = conntrack.execute(wanted.stream().map(RequestedEntry::create).toList());
        unscale(wanted, errors);
        final var found = advance(replaceStrays(conntrack.get(wanted.stream().map(RequestedEntry::get).toList())));
        final var causes = new ArrayList<Optional<RefusalCause>>(wanted.size());
        final var masters = new ArrayList<Integer>();
        for (int i = 0; i < errors.length; i++) {
            final var want = wanted.get(i);
            final var entry = found.get(i);
            final var cause = refusalDiagnosis.of(want, errors[i], entry);
            causes.add(cause);
            if (cause.isEmpty() && entry.isPresent() && !want.flow().expectations().isEmpty()) {
                masters.add(i);
            }
        }
        final var expected = new ExpectationCreator(conntrack).create(masters.stream()
            .map(i -> new ExpectationCreator.Master(wanted.get(i).flow(), wanted.get(i).zone())).toList());
        for (int i = 0; i < masters.size(); i++) {
            causes.set(masters.get(i), expected.get(i));
        }
        final var entries = new ArrayList<StateTable.Entry>(wanted.size());
        final var wrong = new ArrayList<EntryRequests.Request>();
        for (int i = 0; i < errors.length; i++) {
            final var want = wanted.get(i);
            final var entry = found.get(i);
            final var cause = causes.get(i);
            if (cause.isEmpty()) {
                final boolean isThere = errors[i] == KernelException.EEXIST;
                entries.add(entry.map(each -> isThere ? want.found(each) : want.created(each))
                    .orElseGet(() -> StateTable.Entry.ended(want.flow())));
            } else {
                refused.add(cause.orElseThrow().at(want.index()));
                if (errors[i] == 0 && entry.isPresent()) {
                    wrong.add(want.delete(entry.orElseThrow()));
                }
            }
        }
        conntrack.execute(wrong);
        refused.sort((left, right) -> Integer.compare(left.index(), right.index()));
        return new StateTable.Creation(entries, refused);
    }

    /**
     * Create once more what strays are in the way of, without those; returns all entries as they are then. A stray is
     * not put back if its flow is not created after all, or deleted later: packets make it again, if policy lets them.
     */
    private List<Optional<ConntrackEntry>> replaceStrays(final List<Optional<ConntrackEntry>> found)
            throws KernelException {
        final var own = new HashSet<Long>();
        final var failed = new ArrayList<Integer>();
        for (int i = 0; i < errors.length; i++) {
            final var want = wanted.get(i);
            final boolean isMade = errors[i] == 0;
            found.get(i).filter(entry -> isMade).ifPresent(entry -> own.add(entry.id()));
            if (isMade ? found.get(i).filter(want::differs).isPresent()
                    : errors[i] == KernelException.EEXIST && found.get(i).filter(want::serves).isEmpty()) {
                failed.add(i);
            }
        }
        final var answers = conntrack.get(failed.stream().map(i -> wanted.get(i).getReply()).toList()).iterator();
        final var again = new ArrayList<Integer>();
        final var deletions = new ArrayList<EntryRequests.Request>();
        for (int i : failed) {
            final var want = wanted.get(i);
            final var entry = found.get(i);
            final var answer = answers.next().filter(each -> entry.filter(other -> other.id() == each.id()).isEmpty());
            // The kernel may have made the entry, but otherwise, since its answer was another's
            final var strays = Stream.of(errors[i] == 0 ? Optional.<ConntrackEntry>empty() : entry, answer)
                .flatMap(Optional::stream).toList();
            if (!strays.isEmpty()
                    && strays.stream().allMatch(each -> !own.contains(each.id()) && want.existing(each).isStray())) {
                Stream.of(entry, answer).flatMap(Optional::stream).map(want::delete).forEach(deletions::add);
                again.add(i);
            }
        }
        if (again.isEmpty()) {
            return found;
        }
        LOG.info("{} flows replace what their own packets have made here", again.size());
        conntrack.execute(deletions);
        // What the next call creates is to be undone if that fails
        again.forEach(i -> errors[i] = 0);
        final var anew = again.stream().map(wanted::get).toList();
        final int[] results = conntrack.execute(anew.stream().map(RequestedEntry::create).toList());
        unscale(anew, results);
        final var now = conntrack.get(anew.stream().map(RequestedEntry::get).toList());
        final var all = new ArrayList<>(found);
        for (int i = 0; i < results.length; i++) {
            errors[again.get(i)] = results[i];
            all.set(again.get(i), now.get(i));
        }
        return all;
    }

    private void unscale(final List<RequestedEntry> some, final int[] results) throws KernelException {
        conntrack.execute(IntStream.range(0, results.length).filter(i -> results[i] == 0).mapToObj(some::get)
            .flatMap(want -> want.unscale().stream()).toList());
    }

    /** Bring entries that were there, and serve for the flows, as far as these; returns all as they are then. */
    private List<Optional<ConntrackEntry>> advance(final List<Optional<ConntrackEntry>> found) throws KernelException {
        final var behind = new ArrayList<Integer>();
        final var requests = new ArrayList<EntryRequests.Request>();
        for (int i = 0; i < errors.length; i++) {
            if (errors[i] == KernelException.EEXIST && found.get(i).isPresent()) {
                final var existing = wanted.get(i).existing(found.get(i).orElseThrow());
                if (existing.serves() && existing.isBehind()) {
                    behind.add(i);
                    requests.add(EntryRequests.advance(existing));
                }
            }
        }
        conntrack.execute(requests);
        final var now = conntrack.get(behind.stream().map(i -> wanted.get(i).get()).toList());
        final var all = new ArrayList<>(found);
        for (int i = 0; i < now.size(); i++) {
            all.set(behind.get(i), now.get(i));
        }
        return all;
    }

    /** Delete what this call may have created, over another socket, as this one may be what failed. */
    private void undo(final IOException cause) {
        try (var another = Conntrack.open(namespace)) {
            final var found = another.get(wanted.stream().map(RequestedEntry::get).toList());
            final var deletions = new ArrayList<EntryRequests.Request>();
            for (int i = 0; i < wanted.size(); i++) {
                final var want = wanted.get(i);
                // Ours is as it was asked for, and no packet has passed yet
                (i < errors.length && errors[i] != 0 ? Optional.<ConntrackEntry>empty() : found.get(i))
                    .filter(entry -> !entry.hasTraffic()
                        && EntryComparison.difference(want.flow(), want.zone(), entry).isEmpty())
                    .ifPresent(entry -> deletions.add(want.delete(entry)));
            }
            another.execute(deletions);
        } catch (IOException e) {
            LOG.error("What was created before \"{}\" could not be deleted again", cause.getMessage(), e);
            cause.addSuppressed(e);
        }
    }
}
