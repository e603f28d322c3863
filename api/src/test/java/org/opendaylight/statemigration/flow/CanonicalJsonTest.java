// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.common.net.InetAddresses;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class CanonicalJsonTest {
    private static final Tuple TUPLE = new Tuple(InetAddresses.forString("10.1.1.10"),
        InetAddresses.forString("10.3.3.10"), new Identifiers.Ports(40000, 5001));

    @Test
    void isWhatTheContractSays() {
        final var flow = Flow.builder(new FlowKey(Optional.of(new VirtualNetwork.Vnid(7)), Protocols.TCP, TUPLE),
                TUPLE.inverse())
            .protocolState(new ProtocolState.Tcp(TcpState.ESTABLISHED, new TcpEnd(OptionalInt.of(10), true, false),
                new TcpEnd(OptionalInt.of(7), false, false)))
            .seenReply(true)
            .assured(true)
            .timeout(432000)
            .replyCounters(new Counters(-1, 3))
            .build();
        assertEquals("""
            {"assured":true,\
            "counters":{"reply":{"octets":"3","packets":"18446744073709551615"}},\
            "original":{"destination-address":"10.3.3.10","destination-port":5001,\
            "source-address":"10.1.1.10","source-port":40000},\
            "protocol":6,\
            "reply":{"destination-address":"10.1.1.10","destination-port":40000,\
            "source-address":"10.3.3.10","source-port":5001},\
            "seen-reply":true,\
            "tcp":{"originator":{"sack-permitted":[null],"window-scale":10},"responder":{"window-scale":7},\
            "state":"established"},\
            "timeout":432000,\
            "vnid":7}""", CanonicalJson.of(flow));
    }

    @Test
    void tellsWhatAFlowHasToDoWithOthers() {
        final var helped = Flow.builder(new FlowKey(Optional.empty(), Protocols.TCP, TUPLE), TUPLE.inverse())
            .protocolState(new ProtocolState.Tcp(TcpState.ESTABLISHED, new TcpEnd(OptionalInt.empty(), false, false),
                new TcpEnd(OptionalInt.empty(), false, false, Optional.of(new SequenceAdjustment(7, -1, 2)))))
            .timeout(60)
            .helper(Optional.of("ftp"))
            .master(Optional.of(new FlowKey(Optional.empty(), Protocols.UDP, TUPLE)))
            .expectations(List.of(new Expectation(Protocols.TCP, Optional.of(TUPLE.source()), OptionalInt.empty(),
                TUPLE.destination(), 20, 300, true,
                Optional.of(new Expectation.Translation(Expectation.Direction.REPLY, 21)))))
            .build();
        assertEquals("""
            {"expectation":[{"destination-address":"10.3.3.10","destination-port":20,"permanent":true,\
            "protocol":6,"source-address":"10.1.1.10","timeout":300,\
            "translation":{"destination-port":21,"direction":"reply"}}],\
            "helper":"ftp",\
            "master":{"destination-address":"10.3.3.10","destination-port":5001,"protocol":17,\
            "source-address":"10.1.1.10","source-port":40000},\
            "original":{"destination-address":"10.3.3.10","destination-port":5001,\
            "source-address":"10.1.1.10","source-port":40000},\
            "protocol":6,\
            "reply":{"destination-address":"10.1.1.10","destination-port":40000,\
            "source-address":"10.3.3.10","source-port":5001},\
            "tcp":{"responder":{"sequence-adjustment":{"offset-after":2,"offset-before":-1,"position":7}},\
            "state":"established"},\
            "timeout":60}""", CanonicalJson.of(helped));
        assertEquals(helped, JsonFlowReader.read(CanonicalJson.of(helped)));
    }

    @Test
    void addressesAreInTheFormOfRfc5952() {
        final var tuple = new Tuple(InetAddresses.forString("2001:DB8:0:0:0:0:0:1"),
            InetAddresses.forString("fd00::a"), Identifiers.NONE);
        final var flow = Flow.builder(new FlowKey(Optional.empty(), Protocols.GRE, tuple), tuple.inverse())
            .timeout(1)
            .labels(Labels.of(new byte[] {1, 2}))
            .helper(Optional.of("<\"h\\&'>"))
            .build();
        assertEquals("""
            {"helper":"<\\"h\\\\&'>",\
            "label":"AQI=",\
            "original":{"destination-address":"fd00::a","source-address":"2001:db8::1"},\
            "protocol":47,\
            "reply":{"destination-address":"2001:db8::1","source-address":"fd00::a"},\
            "timeout":1}""", CanonicalJson.of(flow));
    }
}
