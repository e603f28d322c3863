// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.it.flows;

import java.io.IOException;

/** A flow between VM1 and VM3, with both of its ends. */
interface TestFlow extends AutoCloseable {
    /** How long a packet may take: as long as the retransmissions of a connection that opens while it is moved. */
    int ANSWER_MILLIS = 60_000;

    /** Send packets in each direction that is still open; each has to arrive. The first may open what is half open. */
    void goOn() throws IOException;

    /** End it in good order, where its protocol has such an end. */
    default void end() throws IOException {
        // nothing to say
    }

    @Override
    void close() throws IOException;
}
