// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.lifecycle;

import org.opendaylight.statemigration.host.Role;

/**
 * What is done at a State Host for a leg: the requests of IF(M,A).
 */
public enum Step {
    /** Get ready to receive state, and hold packets if the VM has moved already. */
    GET_READY(Role.DESTINATION),
    /**
     * Read chunks. Begins beside {@link #GET_READY}. Where a move is announced, it goes on with changes until
     * {@link #HOLD} is done and nothing changes any more.
     */
    UPLOAD(Role.SOURCE),
    /** Hand over chunks as they are read. Done when the last one has been taken. */
    DOWNLOAD(Role.DESTINATION),
    /** Hold packets, now that the VM moves. Done beside {@link #DOWNLOAD}. */
    HOLD(Role.DESTINATION),
    /** Read back and release the hold. */
    COMMIT(Role.DESTINATION),
    /** Delete the flows at the source. */
    RELEASE(Role.SOURCE),
    /** Undo at the destination. */
    ABORT_DESTINATION(Role.DESTINATION),
    /** Forget the list of flows at the source. */
    ABORT_SOURCE(Role.SOURCE);

    private final Role at;

    Step(final Role at) {
        this.at = at;
    }

    /** {@return the side it is done at} */
    public Role at() {
        return at;
    }

    /** {@return whether whatever goes wrong in it undoes the migration} */
    boolean isBeforeCommit() {
        return switch (this) {
            case GET_READY, UPLOAD, DOWNLOAD, HOLD -> true;
            case COMMIT, RELEASE, ABORT_DESTINATION, ABORT_SOURCE -> false;
        };
    }
}
