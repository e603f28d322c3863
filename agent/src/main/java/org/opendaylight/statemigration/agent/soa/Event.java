package org.opendaylight.statemigration.agent.soa;

/** What may happen to a migration at this State Host. */
enum Event {
    GET_READY,
    DOWNLOAD,
    COMMIT,
    UPLOAD,
    RELEASE,
    ABORT,
    /** The destination's lease ran out. */
    LEASE_OVER
}
