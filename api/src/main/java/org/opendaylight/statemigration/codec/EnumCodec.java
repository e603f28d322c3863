// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.codec;

import com.google.common.collect.BiMap;
import com.google.common.collect.EnumBiMap;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import org.opendaylight.statemigration.flow.Expectation;
import org.opendaylight.statemigration.flow.SctpState;
import org.opendaylight.statemigration.flow.TcpState;
import org.opendaylight.statemigration.host.Role;
import org.opendaylight.statemigration.ifma.HoldKind;
import org.opendaylight.statemigration.text.EnumNames;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.Profile;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.flow.state.rev261123.expectation.Translation;
import org.opendaylight.yangtools.binding.EnumTypeObject;

/**
 * A YANG enumeration and the Java enumeration that stands for it. Constants belong together if the Java name, in lower
 * case with hyphens, is the name in YANG. The order in which they are declared does not matter.
 *
 * @param <E> the Java enumeration
 * @param <Y> the binding of the YANG enumeration
 */
public final class EnumCodec<E extends Enum<E>, Y extends Enum<Y> & EnumTypeObject> {
    /** Where in its life-cycle a TCP connection is. */
    public static final EnumCodec<TcpState,
        org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.flow.state.rev261123.TcpState> TCP_STATE =
        of(TcpState.class,
            org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.flow.state.rev261123.TcpState.class);

    /** Where in its life-cycle an SCTP association is. */
    public static final EnumCodec<SctpState,
        org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.flow.state.rev261123.SctpState> SCTP_STATE =
        of(SctpState.class,
            org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.flow.state.rev261123.SctpState.class);

    /** Direction of the master flow in which an expected flow is translated. */
    public static final EnumCodec<Expectation.Direction, Translation.Direction> DIRECTION =
        of(Expectation.Direction.class, Translation.Direction.class);

    /** What a State Host does with packets of flows whose state is on the way. */
    public static final EnumCodec<HoldKind,
        org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.HoldKind> HOLD =
        of(HoldKind.class,
            org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.HoldKind.class);

    /** Roles in the profile of a State Host. */
    public static final EnumCodec<Role, Profile.Role> PROFILE_ROLE = of(Role.class, Profile.Role.class);

    private final BiMap<E, Y> constants;

    private EnumCodec(final BiMap<E, Y> constants) {
        this.constants = constants;
    }

    /**
     * Two enumerations that say the same.
     *
     * @param java the Java enumeration
     * @param yang the binding of the YANG enumeration
     * @param <E> the Java enumeration
     * @param <Y> the binding of the YANG enumeration
     * @return what maps one to the other
     * @throws IllegalArgumentException if a constant of either has no counterpart in the other
     */
    public static <E extends Enum<E>, Y extends Enum<Y> & EnumTypeObject> EnumCodec<E, Y> of(final Class<E> java,
            final Class<Y> yang) {
        final var constants = EnumBiMap.create(java, yang);
        for (var constant : yang.getEnumConstants()) {
            constants.put(EnumNames.find(java, constant.getName()).orElseThrow(() -> new IllegalArgumentException(
                "Enumeration " + java.getName() + " has no constant for '" + constant.getName() + "' in YANG")),
                constant);
        }
        for (var constant : java.getEnumConstants()) {
            if (!constants.containsKey(constant)) {
                throw new IllegalArgumentException("Constant " + constant + " of enumeration " + java.getName()
                    + " has no counterpart in YANG");
            }
        }
        return new EnumCodec<>(constants);
    }

    /**
     * To YANG.
     *
     * @param constant a constant
     * @return the one of the same name in YANG
     */
    public Y encode(final E constant) {
        return constants.get(constant);
    }

    /**
     * To YANG.
     *
     * @param set constants
     * @return those of the same names in YANG, in the same order
     */
    public Set<Y> encode(final Collection<E> set) {
        final var encoded = new LinkedHashSet<Y>();
        set.forEach(constant -> encoded.add(encode(constant)));
        return encoded;
    }

    /**
     * From YANG.
     *
     * @param constant a constant in YANG
     * @return the one of the same name in Java
     */
    public E decode(final Y constant) {
        return constants.inverse().get(constant);
    }

    /**
     * From YANG.
     *
     * @param set constants in YANG
     * @return those of the same names in Java, in the same order
     */
    public Set<E> decode(final Collection<Y> set) {
        final var decoded = new LinkedHashSet<E>();
        set.forEach(constant -> decoded.add(decode(constant)));
        return decoded;
    }
}
