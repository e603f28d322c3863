// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.backend;

import java.util.List;
import java.util.Set;
import org.opendaylight.statemigration.flow.Flow;
import org.opendaylight.statemigration.flow.FlowKey;
import org.opendaylight.statemigration.ifma.FlowSelection;
import org.opendaylight.statemigration.ifma.HoldKind;
import org.opendaylight.statemigration.ifma.Refusal;
import org.opendaylight.statemigration.ifma.StateOrchestrationAgent.Omission;

/**
 * The table in which a State Host keeps the state of flows. Safe for use by several threads. Nothing here knows of
 * migrations: who created what, and until when, is the agent's business.
 */
public interface StateTable extends AutoCloseable {
    /** {@return what the back end can do; always the same} */
    Set<BackendFeature> features();

    /** {@return what is to be known of the State Host. May take some time, as the local policy is read} */
    BackendCapabilities capabilities();

    /**
     * Read the selected entries. Changes nothing.
     *
     * @param selection which
     * @return the entries, masters before their children
     * @throws BackendException if the table cannot be read, or the virtual network is not configured here
     */
    Export export(FlowSelection selection) throws BackendException;

    /**
     * Note from now on what changes in the selected entries. Changes nothing.
     *
     * @param selection which
     * @return a feed, to be closed
     * @throws BackendException if changes cannot be noted, as without {@link BackendFeature#CHANGES}, or the virtual
     *     network is not configured here
     */
    ChangeFeed follow(FlowSelection selection) throws BackendException;

    /**
     * Say which flows {@link #create} would refuse. Changes nothing.
     *
     * @param flows the flows
     * @return refusals, in order of index
     * @throws BackendException if it cannot be told
     */
    List<Refusal> assess(List<Flow> flows) throws BackendException;

    /**
     * Create entries. An entry that is there already with the same directions and translations is the very flow: its
     * own packets have come here first. It counts as created, but as {@link Entry#found}, and has in the end whichever
     * state is further in the flow's life. One that these packets have made otherwise, such as with another public port
     * or from the other direction, is replaced, and is not restored if the created one is deleted: packets make it
     * again, if local policy lets them. An entry of another owner is never changed: it is a collision. So is a
     * connection between the same ends that was established from both since, unless the flow has ended or was never
     * answered: then the newer connection stays as it is, and its entry is told instead.
     *
     * @param flows the flows
     * @return what was created and what refused
     * @throws BackendException if the table cannot be written; then nothing of this call is left in it
     */
    Creation create(List<Flow> flows) throws BackendException;

    /**
     * Give created entries a new state. An entry that is gone is created anew. One that packets have taken further by
     * themselves stays as it is, as far as it is further: the packets that passed here are more recent.
     *
     * @param changes what to change
     * @return what has the new state and what refused, by index of the changes. Of those that refused nothing is left
     * @throws BackendException if the table cannot be written; then the call may be repeated
     */
    Creation update(List<Change> changes) throws BackendException;

    /**
     * Read created entries back and compare them with what was asked for.
     *
     * @param entries the entries
     * @return what was found
     * @throws BackendException if the table cannot be read
     */
    Verification verify(List<Entry> entries) throws BackendException;

    /**
     * Delete entries, each by its identity: an entry with the same tuple but another identity stays.
     *
     * @param entries the entries
     * @return how many were deleted; the others were gone
     * @throws BackendException if the table cannot be written
     */
    int delete(List<Entry> entries) throws BackendException;

    /**
     * Hold packets of the selected flows before they reach the table, until the hold is ended.
     *
     * @param selection which
     * @return the hold
     * @throws BackendException if packets cannot be held, as without {@link BackendFeature#HOLD}
     */
    Hold hold(FlowSelection selection) throws BackendException;

    /**
     * Take created entries into normal service: flags that were needed at their creation only are cleared once their
     * traffic
     * has flowed. Returns at once.
     *
     * @param entries the entries
     */
    void takeIntoService(List<Entry> entries);

    @Override
    void close();

    /**
     * An entry of the table.
     *
     * @param flow the flow
     * @param identity what tells this entry from a later one with the same tuple
     * @param found it was there before it was asked for, so it is not the asker's to delete
     */
    record Entry(Flow flow, long identity, boolean found) {
        /**
         * An entry that was not found at its creation.
         *
         * @param flow the flow
         * @param identity what tells this entry from a later one with the same tuple
         */
        public Entry(final Flow flow, final long identity) {
            this(flow, identity, false);
        }

        /**
         * An entry that was created and has ended by itself before its identity was read.
         *
         * @param flow the flow
         * @return an entry with an identity that no other one has
         */
        public static Entry ended(final Flow flow) {
            return new Entry(flow, -1);
        }
    }

    /**
     * A new state for a created entry.
     *
     * @param before the entry as it was created
     * @param flow the same flow with its new state
     */
    record Change(Entry before, Flow flow) {
    }

    /** Tells what has changed in some entries since it was asked before. For one thread at a time. */
    interface ChangeFeed extends AutoCloseable {
        /**
         * Tell what may have changed in the table before this call. The first call tells all entries.
         *
         * @param again keys of entries to look at in any case
         * @return what has
         * @throws BackendException if that cannot be told now; nothing is lost by that
         */
        ChangeSet changes(Set<FlowKey> again) throws BackendException;

        /** Note no more. Does nothing if closed. */
        @Override
        void close();
    }

    /**
     * What may have changed.
     *
     * @param all true if all selected entries were read; there are no others then
     * @param keys keys of entries that were looked at; those without an entry here are gone. Of no meaning with
     *     {@code all}
     * @param ended keys of which an entry is known to have ended, even if there is one again
     * @param entries the entries, masters before their children. They may name masters that are not there any more
     * @param omitted entries that cannot be expressed and were not told before
     */
    record ChangeSet(boolean all, Set<FlowKey> keys, Set<FlowKey> ended, List<Entry> entries, List<Omission> omitted) {
        /** Nothing has changed. */
        public static final ChangeSet NONE = new ChangeSet(false, Set.of(), Set.of(), List.of(), List.of());

        public ChangeSet {
            keys = Set.copyOf(keys);
            ended = Set.copyOf(ended);
            entries = List.copyOf(entries);
            omitted = List.copyOf(omitted);
        }
    }

    /**
     * Entries read.
     *
     * @param entries the entries
     * @param omitted entries that are selected but cannot be expressed
     */
    record Export(List<Entry> entries, List<Omission> omitted) {
        public Export {
            entries = List.copyOf(entries);
            omitted = List.copyOf(omitted);
        }
    }

    /**
     * Entries created.
     *
     * @param entries the created ones
     * @param refused the others, by index
     */
    record Creation(List<Entry> entries, List<Refusal> refused) {
        public Creation {
            entries = List.copyOf(entries);
            refused = List.copyOf(refused);
        }
    }

    /**
     * Entries read back.
     *
     * @param verified how many are there as asked for
     * @param vanished how many ended by themselves
     * @param differences a sentence for each that differs
     */
    record Verification(int verified, int vanished, List<String> differences) {
        public Verification {
            differences = List.copyOf(differences);
        }
    }

    /** A hold that is in place. */
    interface Hold {
        /** {@return how packets are held} */
        HoldKind kind();

        /**
         * Hold also the packets that come to translated addresses of these flows. From then on, because before nobody
         * here can tell them: only the flows say which ports of a public address are the VM's, and to hold all
         * that comes to the address would stop other VMs' flows. Does nothing if ended.
         *
         * @param flows flows of the selection
         * @throws BackendException if they cannot be held; what was held before stays held
         */
        void cover(List<Flow> flows) throws BackendException;

        /** End the hold and let held packets go on, in order. Does nothing if ended. */
        void release();

        /** End the hold and drop held packets. Does nothing if ended. */
        void drop();
    }
}
