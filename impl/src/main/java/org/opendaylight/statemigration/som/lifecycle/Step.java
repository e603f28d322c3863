// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.lifecycle;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.opendaylight.statemigration.host.Role;
import org.opendaylight.statemigration.som.policy.Policy.Timers;

/**
 * What is done at a State Host for a leg: the requests of IF(M,A). This is the table of all that is the same for every
 * migration; what follows a step is in {@link MigrationStateMachine}, and how it is done is in the engine's
 * {@code StepTasks}.
 */
public enum Step {
    /** Get ready to receive state, and hold packets if the VM has moved already. */
    GET_READY("get-ready", Sequence.DESTINATION, Timers::prepare, OnFailure.UNDO),
    /**
     * Read chunks. Begins beside {@link #GET_READY}. Of a pre-copy it goes on with changes until {@link #HOLD} is done
     * and nothing changes any more. Nobody waits for it but the download, whose time it shares.
     */
    UPLOAD("upload", Sequence.SOURCE, null, OnFailure.UNDO),
    /** Hand over chunks as they are read. Done when the last one has been taken. */
    DOWNLOAD("download", Sequence.DESTINATION, Timers::transfer, OnFailure.UNDO),
    /** Hold packets, now that the VM moves. Done beside {@link #DOWNLOAD}. */
    HOLD("get-ready with hold", Sequence.HOLD, Timers::prepare, OnFailure.UNDO),
    /** Read back and release the hold. */
    COMMIT("commit", Sequence.DESTINATION, Timers::commit, OnFailure.UNDO_IF_WITHOUT_EFFECT),
    /** Delete the flows at the source. */
    RELEASE("release", Sequence.SOURCE, Timers::release, OnFailure.RETRY),
    /** Undo at the destination. A hold that is being put in place is not waited for. */
    ABORT_DESTINATION("abort", Sequence.DESTINATION, Timers::rollback, OnFailure.RETRY, Sequence.HOLD),
    /**
     * Forget the list of flows at the source. Nothing depends on it: an upload changes nothing at the source, which
     * forgets its list by itself.
     */
    ABORT_SOURCE("abort", Sequence.SOURCE, Timers::rollback, OnFailure.RETRY_THEN_SKIP);

    /** Steps that are done one at a time for a leg: one that begins displaces the one before it. */
    public enum Sequence {
        /** Requests to the source. */
        SOURCE(Role.SOURCE),
        /** Requests to the destination. */
        DESTINATION(Role.DESTINATION),
        /** The hold, which is put in place beside whatever else is done at the destination. */
        HOLD(Role.DESTINATION);

        private final Role side;

        Sequence(final Role side) {
            this.side = side;
        }

        /** {@return the side they are done at} */
        public Role side() {
            return side;
        }
    }

    /** What follows if a step fails. */
    enum OnFailure {
        /** The migration is undone: the source still has everything. */
        UNDO,
        /** The migration is undone if the step is known to have had no effect, else the step is tried again. */
        UNDO_IF_WITHOUT_EFFECT,
        /** It is tried again, and in the end waits for its State Host: it has to be done. */
        RETRY,
        /** It is tried again, and in the end counts as done. */
        RETRY_THEN_SKIP
    }

    private final String text;
    private final Sequence sequence;
    private final Optional<Function<Timers, Duration>> timer;
    private final OnFailure onFailure;
    private final Set<Sequence> displaced;

    Step(final String text, final Sequence sequence, final Function<Timers, Duration> timer, final OnFailure onFailure,
            final Sequence... alsoDisplaced) {
        this.text = text;
        this.sequence = sequence;
        this.timer = Optional.ofNullable(timer);
        this.onFailure = onFailure;
        displaced = EnumSet.of(sequence, alsoDisplaced);
    }

    /** {@return what to call it in sentences} */
    public String text() {
        return text;
    }

    /** {@return the side it is done at} */
    public Role at() {
        return sequence.side;
    }

    /** {@return the steps with which it is done one at a time} */
    public Sequence sequence() {
        return sequence;
    }

    /** {@return the sequences whose present step ends when this one begins, its own among them} */
    public Set<Sequence> displaced() {
        return Set.copyOf(displaced);
    }

    /**
     * How long it may take, all attempts together.
     *
     * @param timers what policy says
     * @return the limit; empty if it has none of its own
     */
    public Optional<Duration> limit(final Timers timers) {
        return timer.map(of -> of.apply(timers));
    }

    /**
     * Whether the migration is undone if the step fails.
     *
     * @param withoutEffect whether the step is known to have had no effect
     * @return false if it is tried again
     */
    boolean isUndoneOnFailure(final boolean withoutEffect) {
        return onFailure == OnFailure.UNDO || onFailure == OnFailure.UNDO_IF_WITHOUT_EFFECT && withoutEffect;
    }

    /** {@return what follows if it fails} */
    OnFailure onFailure() {
        return onFailure;
    }
}
