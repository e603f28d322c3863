// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.codec;

import com.google.common.collect.BiMap;
import com.google.common.collect.ImmutableBiMap;
import java.util.LinkedHashSet;
import java.util.Set;
import org.opendaylight.statemigration.host.FunctionType;
import org.opendaylight.statemigration.host.Representation;
import org.opendaylight.statemigration.ifma.RefusalReason;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.types.rev261123.AddressNotInPool;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.types.rev261123.Collision;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.types.rev261123.Firewall;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.types.rev261123.IntrusionDetection;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.types.rev261123.LoadBalancer;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.types.rev261123.MalformedFlow;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.types.rev261123.MasterMissing;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.types.rev261123.Nat;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.types.rev261123.NoRoom;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.types.rev261123.NotOfVm;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.types.rev261123.PolicyDenied;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.types.rev261123.UnknownVirtualNetwork;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.types.rev261123.UnsupportedAttribute;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.types.rev261123.UnsupportedProtocol;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.types.rev261123.YangList;

/**
 * YANG identities and the enumerations that stand for them.
 *
 * @param <E> the enumeration
 * @param <I> the base identity
 */
public final class IdentityCodec<E extends Enum<E>, I> {
    /** Functions of a State Host. */
    public static final IdentityCodec<FunctionType,
        org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.types.rev261123.FunctionType> FUNCTION =
        new IdentityCodec<>("function", ImmutableBiMap.of(
            FunctionType.FIREWALL, Firewall.VALUE,
            FunctionType.NAT, Nat.VALUE,
            FunctionType.LOAD_BALANCER, LoadBalancer.VALUE,
            FunctionType.INTRUSION_DETECTION, IntrusionDetection.VALUE));

    /** Representations of state. */
    public static final IdentityCodec<Representation,
        org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.types.rev261123.Representation> REPRESENTATION =
        new IdentityCodec<>("representation", ImmutableBiMap.of(Representation.YANG_LIST, YangList.VALUE));

    /** Why a flow is refused. */
    public static final IdentityCodec<RefusalReason,
        org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.types.rev261123.RefusalReason> REFUSAL =
        new IdentityCodec<>("reason", ImmutableBiMap.of(
            RefusalReason.NOT_OF_VM, NotOfVm.VALUE,
            RefusalReason.COLLISION, Collision.VALUE,
            RefusalReason.POLICY_DENIED, PolicyDenied.VALUE,
            RefusalReason.UNSUPPORTED_PROTOCOL, UnsupportedProtocol.VALUE,
            RefusalReason.UNSUPPORTED_ATTRIBUTE, UnsupportedAttribute.VALUE,
            RefusalReason.ADDRESS_NOT_IN_POOL, AddressNotInPool.VALUE,
            RefusalReason.NO_ROOM, NoRoom.VALUE,
            RefusalReason.MALFORMED_FLOW, MalformedFlow.VALUE,
            RefusalReason.UNKNOWN_VIRTUAL_NETWORK, UnknownVirtualNetwork.VALUE,
            RefusalReason.MASTER_MISSING, MasterMissing.VALUE));

    private final String place;
    private final BiMap<E, I> identities;

    private IdentityCodec(final String place, final BiMap<E, I> identities) {
        this.place = place;
        this.identities = identities;
    }

    /**
     * To YANG.
     *
     * @param constant a constant
     * @return its identity
     */
    public I encode(final E constant) {
        return identities.get(constant);
    }

    /**
     * To YANG.
     *
     * @param constants constants
     * @return their identities
     */
    public Set<I> encode(final Set<E> constants) {
        final var encoded = new LinkedHashSet<I>();
        constants.forEach(constant -> encoded.add(encode(constant)));
        return encoded;
    }

    /**
     * From YANG.
     *
     * @param identity an identity, or null
     * @return its constant
     * @throws IllegalArgumentException if it is missing or has none
     */
    public E decode(final I identity) {
        final var constant = identities.inverse().get(Required.value(identity, place));
        if (constant == null) {
            throw new IllegalArgumentException("Identity " + identity + " in " + place + " is not known here");
        }
        return constant;
    }

    /**
     * From YANG. Identities that are not known here are left out: a State Host may have more functions or speak more
     * representations than we do.
     *
     * @param set identities, or null for none
     * @return their constants
     */
    public Set<E> decodeKnown(final Set<? extends I> set) {
        final var decoded = new LinkedHashSet<E>();
        if (set != null) {
            for (var identity : set) {
                final var constant = identities.inverse().get(identity);
                if (constant != null) {
                    decoded.add(constant);
                }
            }
        }
        return decoded;
    }
}
