// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.codec;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.opendaylight.statemigration.flow.FlowKey;
import org.opendaylight.statemigration.flow.VirtualNetwork;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.flow.state.rev261123.expectation.Translation;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.flow.state.rev261123.expectation.TranslationBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.flow.state.rev261123.flow.Expectation;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.flow.state.rev261123.flow.ExpectationBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.flow.state.rev261123.flow.ExpectationKey;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.flow.state.rev261123.flow.Master;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.flow.state.rev261123.flow.MasterBuilder;
import org.opendaylight.yangtools.binding.util.BindingMap;
import org.opendaylight.yangtools.yang.common.Uint32;
import org.opendaylight.yangtools.yang.common.Uint8;

/** What a flow has to do with others: its master and its expectations. */
final class RelationCodec {
    private RelationCodec() {
        // Hidden on purpose
    }

    static Master encodeMaster(final FlowKey master) {
        return new MasterBuilder(TupleCodec.encode(master.original()))
            .setProtocol(Uint8.valueOf(master.protocol()))
            .build();
    }

    static Optional<FlowKey> decodeMaster(final Optional<VirtualNetwork> network, final Master master) {
        return Optional.ofNullable(master).map(present -> new FlowKey(network,
            Required.value(present.getProtocol(), "master/protocol").intValue(),
            TupleCodec.decode(present, "master")));
    }

    static Map<ExpectationKey, Expectation> encodeExpectations(
            final List<org.opendaylight.statemigration.flow.Expectation> expectations) {
        final var encoded = new ArrayList<Expectation>(expectations.size());
        for (var each : expectations) {
            encoded.add(new ExpectationBuilder()
                .setIndex(Uint32.valueOf(encoded.size()))
                .setProtocol(Uint8.valueOf(each.protocol()))
                .setSourceAddress(each.source().map(AddressCodec::encode).orElse(null))
                .setSourcePort(each.sourcePort().isPresent()
                    ? AddressCodec.encodePort(each.sourcePort().getAsInt()) : null)
                .setDestinationAddress(AddressCodec.encode(each.destination()))
                .setDestinationPort(AddressCodec.encodePort(each.destinationPort()))
                .setTimeout(Uint32.valueOf(each.timeout()))
                .setPermanent(each.permanent() ? Boolean.TRUE : null)
                .setTranslation(each.translation().map(RelationCodec::encodeTranslation).orElse(null))
                .build());
        }
        return encoded.isEmpty() ? null : BindingMap.ordered(encoded);
    }

    static List<org.opendaylight.statemigration.flow.Expectation> decodeExpectations(
            final Map<ExpectationKey, Expectation> expectations) {
        if (expectations == null) {
            return List.of();
        }
        final var entries = new ArrayList<>(expectations.values());
        entries.sort(Comparator.comparing(Expectation::requireIndex));
        final var decoded = new ArrayList<org.opendaylight.statemigration.flow.Expectation>(entries.size());
        for (var each : entries) {
            if (each.requireIndex().longValue() != decoded.size()) {
                throw new IllegalArgumentException("Indexes of expectations begin with 0 and have no gaps, but "
                    + decoded.size() + " is missing");
            }
            decoded.add(new org.opendaylight.statemigration.flow.Expectation(
                Required.value(each.getProtocol(), "expectation/protocol").intValue(),
                Optional.ofNullable(each.getSourceAddress())
                    .map(address -> AddressCodec.decode(address, "expectation/source-address")),
                each.getSourcePort() == null ? OptionalInt.empty()
                    : OptionalInt.of(AddressCodec.decodePort(each.getSourcePort(), "expectation/source-port")),
                AddressCodec.decode(each.getDestinationAddress(), "expectation/destination-address"),
                AddressCodec.decodePort(each.getDestinationPort(), "expectation/destination-port"),
                Required.value(each.getTimeout(), "expectation/timeout").toJava(),
                Boolean.TRUE.equals(each.getPermanent()),
                Optional.ofNullable(each.getTranslation()).map(RelationCodec::decodeTranslation)));
        }
        return decoded;
    }

    private static Translation encodeTranslation(
            final org.opendaylight.statemigration.flow.Expectation.Translation translation) {
        return new TranslationBuilder()
            .setDirection(EnumCodec.DIRECTION.encode(translation.direction()))
            .setDestinationPort(AddressCodec.encodePort(translation.port()))
            .build();
    }

    private static org.opendaylight.statemigration.flow.Expectation.Translation decodeTranslation(
            final Translation translation) {
        return new org.opendaylight.statemigration.flow.Expectation.Translation(
            EnumCodec.DIRECTION.decode(
                Required.value(translation.getDirection(), "expectation/translation/direction")),
            AddressCodec.decodePort(translation.getDestinationPort(), "expectation/translation/destination-port"));
    }
}
