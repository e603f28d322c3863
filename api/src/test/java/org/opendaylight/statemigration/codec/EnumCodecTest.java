// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.opendaylight.statemigration.flow.Expectation;
import org.opendaylight.statemigration.flow.SctpState;
import org.opendaylight.statemigration.flow.TcpState;
import org.opendaylight.statemigration.host.Role;
import org.opendaylight.statemigration.ifma.HoldKind;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.Profile;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.flow.state.rev261123.expectation.Translation;
import org.opendaylight.yangtools.binding.EnumTypeObject;

class EnumCodecTest {
    static Stream<Arguments> pairs() {
        return Stream.of(
            pair(EnumCodec.TCP_STATE, TcpState.class,
                org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.flow.state.rev261123.TcpState.class),
            pair(EnumCodec.SCTP_STATE, SctpState.class,
                org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.flow.state.rev261123.SctpState.class),
            pair(EnumCodec.DIRECTION, Expectation.Direction.class, Translation.Direction.class),
            pair(EnumCodec.HOLD, HoldKind.class,
                org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.HoldKind.class),
            pair(EnumCodec.PROFILE_ROLE, Role.class, Profile.Role.class));
    }

    private static <E extends Enum<E>, Y extends Enum<Y> & EnumTypeObject> Arguments pair(
            final EnumCodec<E, Y> codec, final Class<E> java, final Class<Y> yang) {
        return Arguments.of(codec, java, yang);
    }

    @ParameterizedTest
    @MethodSource("pairs")
    <E extends Enum<E>, Y extends Enum<Y> & EnumTypeObject> void everyConstantMapsBothWays(final EnumCodec<E, Y> codec,
            final Class<E> java, final Class<Y> yang) {
        for (var constant : java.getEnumConstants()) {
            final var encoded = codec.encode(constant);
            assertEquals(constant.name(), encoded.getName().toUpperCase(Locale.ROOT).replace('-', '_'));
            assertEquals(constant, codec.decode(encoded));
        }
        for (var constant : yang.getEnumConstants()) {
            assertEquals(constant, codec.encode(codec.decode(constant)));
        }
        final var all = List.of(yang.getEnumConstants());
        assertEquals(all, List.copyOf(codec.encode(codec.decode(all))));
    }

    private enum Reversed {
        REPLY,
        ORIGINAL
    }

    private enum Short {
        ORIGINAL
    }

    private enum Long {
        ORIGINAL,
        REPLY,
        BOTH
    }

    @Test
    void orderOfConstantsDoesNotMatter() {
        final var codec = EnumCodec.of(Reversed.class, Translation.Direction.class);
        assertEquals(Translation.Direction.Original, codec.encode(Reversed.ORIGINAL));
        assertEquals(Reversed.REPLY, codec.decode(Translation.Direction.Reply));
        assertEquals(Arrays.asList(Reversed.values()),
            List.copyOf(codec.decode(codec.encode(Arrays.asList(Reversed.values())))));
    }

    @Test
    void constantWithoutCounterpartIsRejected() {
        assertThrows(IllegalArgumentException.class, () -> EnumCodec.of(Short.class, Translation.Direction.class));
        assertThrows(IllegalArgumentException.class, () -> EnumCodec.of(Long.class, Translation.Direction.class));
    }
}
