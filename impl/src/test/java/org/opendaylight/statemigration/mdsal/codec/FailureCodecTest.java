// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.mdsal.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.opendaylight.statemigration.ifma.FailureReason;
import org.opendaylight.yangtools.yang.common.QName;

class FailureCodecTest {
    @ParameterizedTest
    @EnumSource(FailureReason.class)
    void reasonsAreIdentitiesOfTheirNames(final FailureReason reason) throws Exception {
        final var identity = FailureCodec.encode(reason);
        assertEquals(((QName) identity.implementedInterface().getField("QNAME").get(null)).getLocalName(),
            reason.identity());
        assertEquals(Optional.of(reason), FailureReason.ofIdentity(reason.identity()));
    }

    @Test
    void unknownIdentityHasNoReason() {
        assertEquals(Optional.empty(), FailureReason.ofIdentity("of-tomorrow"));
    }
}
