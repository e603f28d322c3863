package org.opendaylight.statemigration.agent.backend;

import java.util.List;
import org.opendaylight.statemigration.flow.Flow;
import org.opendaylight.statemigration.ifma.FlowSelection;
import org.opendaylight.statemigration.ifma.HoldKind;
import org.opendaylight.statemigration.ifma.Refusal;
import org.opendaylight.statemigration.ifma.StateOrchestrationAgent.Omission;

/**
 * The table in which a State Host keeps the state of flows. Safe for use by several threads. Nothing here knows of
 * migrations: who created what, and until when, is the agent's business.
 */
public interface StateTable extends AutoCloseable {
    /** {@return what the State Host can do, found out at start} */
    Capabilities capabilities();

    /**
     * Read the selected entries. Changes nothing.
     *
     * @param selection which
     * @return the entries, masters before their children
     * @throws BackendException if the table cannot be read, or the virtual network is not configured here
     */
    Export export(FlowSelection selection) throws BackendException;

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
     * state is further in the flow's life. An entry of another owner is never changed: it is a collision.
     *
     * @param flows the flows
     * @return what was created and what refused
     * @throws BackendException if the table cannot be written; then nothing of this call is left in it
     */
    Creation create(List<Flow> flows) throws BackendException;

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
     * @throws BackendException if packets cannot be held
     */
    Hold hold(FlowSelection selection) throws BackendException;

    /**
     * Take created entries into normal service: whatever leniency was needed at their creation ends once their traffic
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
         * here can tell them: only the flows say which ports of a public address are the machine's, and to hold all
         * that comes to the address would stop other machines' flows. Does nothing if ended.
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
