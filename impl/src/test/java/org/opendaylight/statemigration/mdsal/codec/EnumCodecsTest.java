// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.mdsal.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.opendaylight.statemigration.codec.EnumCodec;
import org.opendaylight.statemigration.host.Role;
import org.opendaylight.statemigration.ifmt.StateMigrationNotification;
import org.opendaylight.statemigration.som.model.CheckpointRecord;
import org.opendaylight.statemigration.som.model.MigrationPlan;
import org.opendaylight.statemigration.som.model.Phase;
import org.opendaylight.statemigration.som.model.StateHostRecord;
import org.opendaylight.yangtools.binding.EnumTypeObject;

class EnumCodecsTest {
    static Stream<Arguments> pairs() {
        return Stream.of(
            Arguments.of(EnumCodecs.PHASE, Phase.values()),
            Arguments.of(EnumCodecs.HOST_STATUS, StateHostRecord.Status.values()),
            Arguments.of(EnumCodecs.ORIGIN, StateMigrationNotification.Origin.values()),
            Arguments.of(EnumCodecs.UNMATCHED_SIDE, StateMigrationNotification.Unmatched.Side.values()),
            Arguments.of(EnumCodecs.CHECKPOINT_STATE, CheckpointRecord.State.values()),
            Arguments.of(EnumCodecs.PLAN_OUTCOME, MigrationPlan.Outcome.values()),
            Arguments.of(EnumCodecs.PERMITTED_ROLE, Role.values()));
    }

    /** That each constant in YANG has one in Java is checked when the codec is made. */
    @ParameterizedTest
    @MethodSource("pairs")
    <E extends Enum<E>, Y extends Enum<Y> & EnumTypeObject> void everyConstantMapsBothWays(final EnumCodec<E, Y> codec,
            final E[] constants) {
        for (var constant : constants) {
            final var encoded = codec.encode(constant);
            assertEquals(constant.name(), encoded.getName().toUpperCase(Locale.ROOT).replace('-', '_'));
            assertEquals(constant, codec.decode(encoded));
        }
    }
}
