// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.ifma;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.opendaylight.statemigration.flow.FlowKey;
import org.opendaylight.statemigration.host.HostProfile;

/**
 * IF(M,A) as Java: what a State Orchestration Agent does. YANG module {@code statemigration-agent} says what each
 * method means; every method may be repeated and then has the effect and the answer of the first call. Methods block
 * until the answer is there, so callers use a thread of their own and interrupt it to give up.
 */
public interface StateOrchestrationAgent {
    /**
     * F2: the profile of the State Host.
     *
     * @return the profile
     * @throws AgentException if there is none
     * @throws InterruptedException if interrupted while waiting for it
     */
    HostProfile profile() throws AgentException, InterruptedException;

    /**
     * Destination: prepare to take over flows, and hold packets of the VM.
     *
     * @param migration the migration
     * @param selection which flows
     * @param lease after how long without commit the agent undoes everything by itself
     * @param hold whether to hold packets
     * @return how it is ready
     * @throws AgentException if it is not
     * @throws InterruptedException if interrupted while waiting for the answer
     */
    Readiness getReady(MigrationId migration, FlowSelection selection, Duration lease, boolean hold)
        throws AgentException, InterruptedException;

    /**
     * Source: hand over the next chunk.
     *
     * @param migration the migration
     * @param selection which flows
     * @param maxFlows largest number of flows in the chunk
     * @param cursor {@link Upload#nextCursor()} of the chunk before; empty to begin
     * @return the chunk
     * @throws AgentException if there is none
     * @throws InterruptedException if interrupted while waiting for the answer
     */
    Upload upload(MigrationId migration, FlowSelection selection, int maxFlows, Optional<String> cursor)
        throws AgentException, InterruptedException;

    /**
     * Source: note from now on what changes in the selected flows. Goes before the first {@link #upload}.
     *
     * @param migration the migration
     * @param selection which flows
     * @throws AgentException if it cannot
     * @throws InterruptedException if interrupted while waiting for the answer
     */
    void follow(MigrationId migration, FlowSelection selection) throws AgentException, InterruptedException;

    /**
     * Source: hand over a chunk of what has changed since the chunk before.
     *
     * @param migration the migration, which is followed and of which all chunks of {@link #upload} were read
     * @param sequence number that the next chunk is to have
     * @return the changes
     * @throws AgentException if there is no answer
     * @throws InterruptedException if interrupted while waiting for the answer
     */
    Changes uploadChanges(MigrationId migration, long sequence) throws AgentException, InterruptedException;

    /**
     * Destination: say which flows would be refused, and change nothing.
     *
     * @param migration the migration, which need not be known
     * @param selection which flows
     * @param chunk the flows
     * @return refusals, in order of index
     * @throws AgentException if it cannot tell
     * @throws InterruptedException if interrupted while waiting for the answer
     */
    List<Refusal> assess(MigrationId migration, FlowSelection selection, Chunk chunk)
        throws AgentException, InterruptedException;

    /**
     * Destination: take over one chunk.
     *
     * @param migration the migration
     * @param chunk the chunk
     * @return what was taken and what not
     * @throws AgentException if nothing was taken
     * @throws InterruptedException if interrupted while waiting for the answer
     */
    Download download(MigrationId migration, Chunk chunk) throws AgentException, InterruptedException;

    /**
     * Destination: read back what was created, compare, and release the hold.
     *
     * @param migration the migration
     * @param chunks chunks that were sent
     * @param flows flows that the migration has at the destination: those accepted, less those that have ended
     * @return what was read back
     * @throws AgentException if something differs; the hold stays
     * @throws InterruptedException if interrupted while waiting for the answer
     */
    Commit commit(MigrationId migration, int chunks, int flows) throws AgentException, InterruptedException;

    /**
     * Source: delete what was uploaded.
     *
     * @param migration the migration
     * @param keep flows that stay, because the destination did not take them
     * @return what was deleted
     * @throws AgentException if it could not
     * @throws InterruptedException if interrupted while waiting for the answer
     */
    Release release(MigrationId migration, List<FlowKey> keep) throws AgentException, InterruptedException;

    /**
     * Either side: undo what the migration did here.
     *
     * @param migration the migration
     * @param reason why, for the agent's log
     * @return flows deleted
     * @throws AgentException if it could not
     * @throws InterruptedException if interrupted while waiting for the answer
     */
    int abort(MigrationId migration, String reason) throws AgentException, InterruptedException;

    /**
     * Answer to {@link #getReady}.
     *
     * @param hold how packets are held
     * @param flowsPerChunk largest chunk that the agent takes
     * @param credit downloads that may be under way at one time
     */
    record Readiness(HoldKind hold, int flowsPerChunk, int credit) {
    }

    /**
     * Answer to {@link #upload}.
     *
     * @param totalFlows flows in all chunks together
     * @param chunk the chunk; empty if there are no flows
     * @param nextCursor where to go on; empty after the last chunk
     * @param omitted entries that cannot be handed over; only with the first chunk
     */
    record Upload(int totalFlows, Optional<Chunk> chunk, Optional<String> nextCursor, List<Omission> omitted) {
        public Upload {
            omitted = List.copyOf(omitted);
        }
    }

    /**
     * Answer to {@link #uploadChanges}.
     *
     * @param totalFlows flows handed over so far and not ended, this chunk included
     * @param chunk what has changed; empty if nothing has
     * @param more whether further changes wait already
     * @param omitted new entries that cannot be handed over
     */
    record Changes(int totalFlows, Optional<Chunk> chunk, boolean more, List<Omission> omitted) {
        public Changes {
            omitted = List.copyOf(omitted);
        }
    }

    /**
     * Entries that cannot be handed over.
     *
     * @param reason why
     * @param protocol IP protocol number
     * @param count how many
     */
    record Omission(RefusalReason reason, int protocol, int count) {
        /**
         * Add up.
         *
         * @param omitted several of them
         * @return how many entries that are
         */
        public static int count(final List<Omission> omitted) {
            return (int) Math.min(Integer.MAX_VALUE, omitted.stream().mapToLong(Omission::count).sum());
        }
    }

    /**
     * Answer to {@link #download}.
     *
     * @param accepted flows that were created or changed
     * @param refused the others
     */
    record Download(int accepted, List<Refusal> refused) {
        public Download {
            refused = List.copyOf(refused);
        }
    }

    /**
     * Answer to {@link #commit}.
     *
     * @param verified flows that were read back and found right
     * @param vanished flows that ended by themselves between download and commit
     */
    record Commit(int verified, int vanished) {
    }

    /**
     * Answer to {@link #release}.
     *
     * @param released flows deleted
     * @param gone flows that had ended by themselves before
     */
    record Release(int released, int gone) {
    }
}
