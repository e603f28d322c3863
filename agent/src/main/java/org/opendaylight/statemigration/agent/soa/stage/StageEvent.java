// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.soa.stage;

/** What may happen to a migration at this State Host. */
public enum StageEvent {
    GET_READY,
    DOWNLOAD,
    COMMIT,
    FOLLOW,
    UPLOAD,
    UPLOAD_CHANGES,
    RELEASE,
    ABORT,
    /** The destination's lease ran out. */
    LEASE_OVER
}
