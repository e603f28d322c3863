// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.it.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.opendaylight.netconf.api.xml.XmlElement;
import org.opendaylight.netconf.api.xml.XmlUtil;
import org.w3c.dom.Element;

class ForeignDeviceTest {
    private static final String FLOW = """
        <flow><index>0</index><protocol>6</protocol>
        <original><source-address>10.1.1.10</source-address><destination-address>10.3.3.10</destination-address>
        <source-port>40000</source-port><destination-port>5001</destination-port></original>
        <reply><source-address>10.3.3.10</source-address><destination-address>10.1.1.10</destination-address>
        <source-port>5001</source-port><destination-port>40000</destination-port></reply>
        <tcp><state>established</state><originator><window-scale>10</window-scale><sack-permitted/></originator>
        <responder><window-scale>7</window-scale></responder></tcp>
        <seen-reply>true</seen-reply><assured>true</assured><timeout>432000</timeout></flow>
        <flow><index>1</index><protocol>132</protocol><original/><reply/><timeout>1</timeout></flow>
        """;

    private static final String VM = "<vm><address>10.1.1.10</address></vm>";
    private static final String KEEP = """
        <keep><index>0</index><protocol>6</protocol>
        <original><destination-address>10.3.3.10</destination-address><source-address>10.1.1.10</source-address>
        <source-port>40000</source-port><destination-port>5001</destination-port></original></keep>
        """;

    @Test
    void assessesFlowByFlow() throws Exception {
        try (var device = new ForeignDevice("device", freePort())) {
            final var answer = ask(device, "assess", "<chunk><sequence>1</sequence>%s</chunk>".formatted(FLOW));
            final var text = XmlUtil.toString(answer);
            assertTrue(text.contains("unsupported-protocol"), text);
            assertEquals(1, Xml.children(answer, "refused").size(), text);
        }
    }

    @Test
    void releaseLeavesWhatIsToBeKept() throws Exception {
        try (var device = new ForeignDevice("device", freePort())) {
            bring(device, FLOW);
            ask(device, "upload", VM);
            assertEquals("0", Xml.text(ask(device, "release", KEEP), "released"));
            assertEquals(1, device.flows().size());
        }
    }

    @Test
    void releaseTakesTheOthersAway() throws Exception {
        try (var device = new ForeignDevice("device", freePort())) {
            bring(device, FLOW);
            ask(device, "upload", VM);
            assertEquals("1", Xml.text(ask(device, "release", ""), "released"));
            assertEquals(0, device.flows().size());
        }
    }

    @Test
    void abortLeavesTheFlowsAtTheirSource() throws Exception {
        try (var device = new ForeignDevice("device", freePort())) {
            bring(device, FLOW);
            device.getResponse(request("upload", "other", VM));
            device.getResponse(request("abort", "other", ""));
            assertEquals(1, device.flows().size());
            assertEquals("1", Xml.text(ask(device, "abort", ""), "removed"));
        }
    }

    /** OpenDaylight sends entries of a list in no order. */
    @Test
    void orderOfArrivalMattersNot() throws Exception {
        try (var device = new ForeignDevice("device", freePort())) {
            final int second = FLOW.lastIndexOf("<flow>");
            bring(device, FLOW.substring(second) + FLOW.substring(0, second));
        }
    }

    /** The example of docs/device.md. */
    @Test
    void canonicalFormIsThatOfTheGuide() throws Exception {
        final var chunk = XmlElement.fromString("<chunk xmlns=\"x\">" + FLOW + "</chunk>").getDomElement();
        assertEquals("""
            {"assured":true,"original":{"destination-address":"10.3.3.10","destination-port":5001,\
            "source-address":"10.1.1.10","source-port":40000},"protocol":6,"reply":{"destination-address":"10.1.1.10",\
            "destination-port":40000,"source-address":"10.3.3.10","source-port":5001},"seen-reply":true,\
            "tcp":{"originator":{"sack-permitted":[null],"window-scale":10},"responder":{"window-scale":7},\
            "state":"established"},"timeout":432000}""", CanonicalFlow.of(Xml.children(chunk, "flow").getFirst()));
    }

    private static void bring(final ForeignDevice device, final String flows) throws Exception {
        final var digest = CanonicalFlow.digest("m", 1, Xml.children(XmlElement.fromString(
            "<chunk xmlns=\"x\">" + FLOW + "</chunk>").getDomElement(), "flow"));
        ask(device, "get-ready", "");
        assertEquals("1", Xml.text(ask(device, "download",
            "<chunk><sequence>1</sequence><digest>%s</digest>%s</chunk>".formatted(digest, flows)), "accepted"));
    }

    private static Element ask(final ForeignDevice device, final String operation, final String input)
            throws Exception {
        return device.getResponse(request(operation, "m", input)).orElseThrow().getDocumentElement();
    }

    private static XmlElement request(final String operation, final String migration, final String input)
            throws Exception {
        return XmlElement.fromString("""
            <%1$s xmlns="urn:opendaylight:statemigration:agent"><migration-id>%2$s</migration-id>%3$s</%1$s>"""
            .formatted(operation, migration, input));
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
