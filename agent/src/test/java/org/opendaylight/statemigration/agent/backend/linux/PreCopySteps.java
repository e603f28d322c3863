// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.backend.linux;

import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.opendaylight.statemigration.agent.soa.LocalAgent;
import org.opendaylight.statemigration.flow.FlowKey;
import org.opendaylight.statemigration.ifma.Chunk;
import org.opendaylight.statemigration.ifma.FlowSelection;
import org.opendaylight.statemigration.ifma.MigrationId;
import org.opendaylight.statemigration.ifma.StateOrchestrationAgent.Commit;
import org.opendaylight.statemigration.ifma.StateOrchestrationAgent.Download;
import org.opendaylight.statemigration.ifma.StateOrchestrationAgent.Release;

/** A move with pre-copy as a master runs it, step by step, with the master's counts. */
final class PreCopySteps {
    private static final Duration LEASE = Duration.ofSeconds(30);

    private final LocalAgent source;
    private final LocalAgent destination;
    private final MigrationId migration;
    private final FlowSelection selection;
    private final Set<FlowKey> there = new HashSet<>();
    private final Set<FlowKey> refused = new HashSet<>();
    private int chunks;

    PreCopySteps(final LocalAgent source, final LocalAgent destination, final MigrationId migration,
            final FlowSelection selection) {
        this.source = source;
        this.destination = destination;
        this.migration = migration;
        this.selection = selection;
    }

    /** Take over all that is there, and follow it. */
    void preCopy(final int chunkSize) throws Exception {
        destination.getReady(migration, selection, LEASE, false);
        source.follow(migration, selection);
        var upload = source.upload(migration, selection, chunkSize, Optional.empty());
        while (upload.chunk().isPresent()) {
            download(upload.chunk().orElseThrow());
            if (upload.nextCursor().isEmpty()) {
                return;
            }
            upload = source.upload(migration, selection, chunkSize, upload.nextCursor());
        }
    }

    /** Hand over what has changed; returns in how many chunks. */
    int round() throws Exception {
        int count = 0;
        while (true) {
            final var changes = source.uploadChanges(migration, chunks + 1L);
            if (changes.chunk().isEmpty()) {
                return count;
            }
            download(changes.chunk().orElseThrow());
            count++;
            if (!changes.more()) {
                return count;
            }
        }
    }

    void hold() throws Exception {
        destination.getReady(migration, selection, LEASE, true);
    }

    Commit commit() throws Exception {
        return destination.commit(migration, chunks, there.size());
    }

    Release release() throws Exception {
        return source.release(migration, refused.stream().toList());
    }

    int abort() throws Exception {
        source.abort(migration, "test");
        return destination.abort(migration, "test");
    }

    int flows() {
        return there.size();
    }

    Set<FlowKey> refused() {
        return refused;
    }

    private Download download(final Chunk chunk) throws Exception {
        final var answer = destination.download(migration, chunk);
        chunks++;
        chunk.ended().forEach(key -> {
            there.remove(key);
            refused.remove(key);
        });
        chunk.flows().forEach(flow -> {
            there.add(flow.key());
            refused.remove(flow.key());
        });
        answer.refused().forEach(refusal -> {
            there.remove(chunk.flows().get(refusal.index()).key());
            refused.add(chunk.flows().get(refusal.index()).key());
        });
        return answer;
    }
}
