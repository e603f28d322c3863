package org.opendaylight.statemigration.agent.soa;

/** What may happen to a migration at this State Host. */
enum Event {
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
