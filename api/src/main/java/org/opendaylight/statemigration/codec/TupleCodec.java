// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.codec;

import org.opendaylight.statemigration.flow.Identifiers;
import org.opendaylight.statemigration.flow.Tuple;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.flow.state.rev261123.flow.Original;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.flow.state.rev261123.flow.OriginalBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.flow.state.rev261123.tuple.identifiers.Gre;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.flow.state.rev261123.tuple.identifiers.GreBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.flow.state.rev261123.tuple.identifiers.Icmp;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.flow.state.rev261123.tuple.identifiers.IcmpBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.flow.state.rev261123.tuple.identifiers.Ports;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.flow.state.rev261123.tuple.identifiers.PortsBuilder;
import org.opendaylight.yangtools.yang.common.Uint16;
import org.opendaylight.yangtools.yang.common.Uint8;

/** One direction of a flow. */
final class TupleCodec {
    private TupleCodec() {
        // Hidden on purpose
    }

    static Original encode(final Tuple tuple) {
        return new OriginalBuilder()
            .setSourceAddress(AddressCodec.encode(tuple.source()))
            .setDestinationAddress(AddressCodec.encode(tuple.destination()))
            .setIdentifiers(switch (tuple.identifiers()) {
                case Identifiers.Ports ports -> new PortsBuilder()
                    .setSourcePort(AddressCodec.encodePort(ports.source()))
                    .setDestinationPort(AddressCodec.encodePort(ports.destination()))
                    .build();
                case Identifiers.Icmp icmp -> new IcmpBuilder()
                    .setIcmpType(Uint8.valueOf(icmp.type()))
                    .setIcmpCode(Uint8.valueOf(icmp.code()))
                    .setIcmpIdentifier(Uint16.valueOf(icmp.identifier()))
                    .build();
                case Identifiers.GreKeys gre -> new GreBuilder()
                    .setGreSourceKey(Uint16.valueOf(gre.source()))
                    .setGreDestinationKey(Uint16.valueOf(gre.destination()))
                    .build();
                case Identifiers.None none -> null;
            })
            .build();
    }

    static Tuple decode(final org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.flow.state.rev261123
        .Tuple tuple,
            final String place) {
        final var present = Required.value(tuple, place);
        return new Tuple(AddressCodec.decode(present.getSourceAddress(), place + "/source-address"),
            AddressCodec.decode(present.getDestinationAddress(), place + "/destination-address"),
            switch (present.getIdentifiers()) {
                case Ports ports -> new Identifiers.Ports(
                    AddressCodec.decodePort(ports.getSourcePort(), place + "/source-port"),
                    AddressCodec.decodePort(ports.getDestinationPort(), place + "/destination-port"));
                case Icmp icmp -> new Identifiers.Icmp(
                    Required.value(icmp.getIcmpType(), place + "/icmp-type").intValue(),
                    Required.value(icmp.getIcmpCode(), place + "/icmp-code").intValue(),
                    Required.value(icmp.getIcmpIdentifier(), place + "/icmp-identifier").intValue());
                case Gre gre -> new Identifiers.GreKeys(
                    Required.value(gre.getGreSourceKey(), place + "/gre-source-key").intValue(),
                    Required.value(gre.getGreDestinationKey(), place + "/gre-destination-key").intValue());
                case null, default -> Identifiers.NONE;
            });
    }
}
