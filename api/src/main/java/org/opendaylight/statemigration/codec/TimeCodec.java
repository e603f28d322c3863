// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.codec;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.opendaylight.yang.gen.v1.urn.ietf.params.xml.ns.yang.ietf.yang.types.rev130715.DateAndTime;

/** Points in time. */
public final class TimeCodec {
    private TimeCodec() {
        // Hidden on purpose
    }

    /**
     * Point in time to YANG.
     *
     * @param instant the point in time
     * @return the same in YANG, in UTC and to the millisecond
     */
    public static DateAndTime encode(final Instant instant) {
        return new DateAndTime(instant.truncatedTo(ChronoUnit.MILLIS).toString());
    }
}
