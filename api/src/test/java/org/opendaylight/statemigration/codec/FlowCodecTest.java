// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.opendaylight.statemigration.flow.CanonicalJson;
import org.opendaylight.statemigration.flow.Flow;
import org.opendaylight.statemigration.flow.JsonFlowReader;
import org.opendaylight.statemigration.flow.Protocols;
import org.opendaylight.statemigration.flow.RandomFlows;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.flow.state.rev261123.chunk.FlowKey;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.flow.state.rev261123.flow.OriginalBuilder;
import org.opendaylight.yangtools.yang.common.Uint32;

class FlowCodecTest {
    private static final FlowKey KEY = new FlowKey(Uint32.ZERO);

    static Stream<Flow> flows() {
        return Stream.generate(new RandomFlows(20261123)::next).limit(2000);
    }

    @ParameterizedTest
    @MethodSource("flows")
    void whatIsEncodedIsDecoded(final Flow flow) {
        assertEquals(flow, FlowCodec.decode(FlowCodec.encode(flow).withKey(KEY).build()));
    }

    @ParameterizedTest
    @MethodSource("flows")
    void whatIsWrittenInJsonIsRead(final Flow flow) {
        assertEquals(flow, JsonFlowReader.read(CanonicalJson.of(flow)));
    }

    private static Flow tcp() {
        final var flows = new RandomFlows(1);
        Flow flow;
        do {
            flow = flows.next();
        } while (flow.key().protocol() != Protocols.TCP);
        return flow;
    }

    @Test
    void missingProtocolIsNamed() {
        final var flow = FlowCodec.encode(tcp()).withKey(KEY).setProtocol(null).build();
        final var failure = assertThrows(IllegalArgumentException.class, () -> FlowCodec.decode(flow));
        assertEquals("protocol is missing", failure.getMessage());
    }

    @Test
    void missingAddressIsNamed() {
        final var encoded = FlowCodec.encode(tcp()).withKey(KEY);
        encoded.setOriginal(new OriginalBuilder(encoded.getOriginal()).setDestinationAddress(null).build());
        final var flow = encoded.build();
        final var failure = assertThrows(IllegalArgumentException.class, () -> FlowCodec.decode(flow));
        assertEquals("original/destination-address is missing", failure.getMessage());
    }

    @Test
    void tcpWithoutStateIsRefused() {
        final var flow = FlowCodec.encode(tcp()).withKey(KEY).setTcp(null).build();
        final var failure = assertThrows(IllegalArgumentException.class, () -> FlowCodec.decode(flow));
        assertTrue(failure.getMessage().contains("does not have the state that its protocol needs"),
            failure.getMessage());
    }

    @Test
    void endsOfDifferentFamiliesAreRefused() {
        final var encoded = FlowCodec.encode(tcp()).withKey(KEY);
        final var source = encoded.getOriginal().getSourceAddress();
        encoded.setOriginal(new OriginalBuilder(encoded.getOriginal())
            .setDestinationAddress(AddressCodec.encode(com.google.common.net.InetAddresses.forString(
                source.getIpv4AddressNoZone() != null ? "2001:db8::1" : "192.0.2.1")))
            .build());
        final var flow = encoded.build();
        final var failure = assertThrows(IllegalArgumentException.class, () -> FlowCodec.decode(flow));
        assertTrue(failure.getMessage().contains("different address families"), failure.getMessage());
    }
}
