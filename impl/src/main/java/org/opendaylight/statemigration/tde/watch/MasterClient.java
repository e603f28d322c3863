// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.tde.watch;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.opendaylight.statemigration.ifma.MigrationId;
import org.opendaylight.statemigration.ifmt.MigrationBatch;
import org.opendaylight.statemigration.ifmt.MigrationRejectedException;
import org.opendaylight.statemigration.ifmt.Rejection;
import org.opendaylight.statemigration.ifmt.RequestRejection;
import org.opendaylight.statemigration.ifmt.StateMigrationNotification;
import org.opendaylight.statemigration.ifmt.StateMigrationReceiver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The State Orchestration Master as one topology's watcher sees it: several VMs go to it as a batch, and whatever
 * it throws is a rejection, so that what else has to be done is done.
 */
final class MasterClient {
    private static final Logger LOG = LoggerFactory.getLogger(MasterClient.class);

    private final String topologyId;
    private final StateMigrationReceiver receiver;

    MasterClient(final String topologyId, final StateMigrationReceiver receiver) {
        this.topologyId = requireNonNull(topologyId);
        this.receiver = requireNonNull(receiver);
    }

    /** {@return what became of each move, in their order} */
    List<Answer> notify(final List<StateMigrationNotification> moves) {
        return moves.size() == 1 ? List.of(single(moves.getFirst(), receiver::notify)) : batch(moves, false);
    }

    /** {@return what became of each announcement, in their order} */
    List<Answer> announce(final List<StateMigrationNotification> moves) {
        return moves.size() == 1 ? List.of(single(moves.getFirst(), receiver::announce)) : batch(moves, true);
    }

    // Other VMs' announcements must still be looked after
    @SuppressWarnings("checkstyle:IllegalCatch")
    boolean isLost(final MigrationId migration) {
        try {
            return receiver.isLost(migration);
        } catch (RuntimeException e) {
            LOG.error("Topology {}: it is not known what became of migration {}", topologyId, migration, e);
            return false;
        }
    }

    // Other VMs' announcements must still be looked after
    @SuppressWarnings("checkstyle:IllegalCatch")
    void callOff(final MigrationId migration) {
        try {
            receiver.callOff(migration);
        } catch (RuntimeException e) {
            LOG.error("Topology {}: migration {} could not be called off", topologyId, migration, e);
        }
    }

    // What the receiver does not expect counts as a rejection: other decisions of the same change still go out
    @SuppressWarnings("checkstyle:IllegalCatch")
    private Answer single(final StateMigrationNotification move, final Call call) {
        try {
            final var id = call.on(move);
            LOG.debug("Topology {}: migration {} for {}", topologyId, id, move);
            return Answer.accepted(id);
        } catch (MigrationRejectedException e) {
            LOG.debug("Topology {}: {} was rejected", topologyId, move, e);
            return Answer.rejected(e.rejection());
        } catch (RuntimeException e) {
            LOG.error("Topology {}: {} failed", topologyId, move, e);
            return Answer.FAILED;
        }
    }

    @SuppressWarnings("checkstyle:IllegalCatch")
    private List<Answer> batch(final List<StateMigrationNotification> moves, final boolean announced) {
        if (moves.isEmpty()) {
            return List.of();
        }
        try {
            final var answers = new ArrayList<Answer>();
            for (var answer : receiver.submit(new MigrationBatch("Topology " + topologyId
                    + (announced ? " is about to change" : " has changed"), announced, OptionalInt.empty(), moves))) {
                answers.add(switch (answer) {
                    case MigrationBatch.Accepted accepted -> Answer.accepted(accepted.migration());
                    case MigrationBatch.Rejected rejected -> Answer.rejected(rejected.why());
                });
            }
            return answers;
        } catch (RuntimeException e) {
            LOG.error("Topology {}: {} VMs failed", topologyId, moves.size(), e);
            return Collections.nCopies(moves.size(), Answer.FAILED);
        }
    }

    /**
     * What the master says.
     *
     * @param migration the migration, if there is one
     * @param rejection else why there is none
     */
    record Answer(Optional<MigrationId> migration, Optional<Rejection> rejection) {
        private static final Answer FAILED = new Answer(Optional.empty(),
            Optional.of(new RequestRejection.ControllerFailed()));

        static Answer accepted(final MigrationId id) {
            return new Answer(Optional.of(id), Optional.empty());
        }

        static Answer rejected(final Rejection why) {
            return new Answer(Optional.empty(), Optional.of(why));
        }
    }

    @FunctionalInterface
    private interface Call {
        MigrationId on(StateMigrationNotification notification) throws MigrationRejectedException;
    }
}
