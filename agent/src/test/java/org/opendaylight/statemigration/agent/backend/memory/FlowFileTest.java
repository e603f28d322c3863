// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.backend.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.opendaylight.statemigration.flow.CanonicalJson;
import org.opendaylight.statemigration.flow.Flow;
import org.opendaylight.statemigration.flow.JsonFlowReader;
import org.opendaylight.statemigration.flow.RandomFlows;

class FlowFileTest {
    private static final String FLOW = """
        {
          "vnid": 7,
          "protocol": 6,
          "original": {"source-address": "10.0.0.1", "destination-address": "192.0.2.1",
                       "source-port": 40000, "destination-port": 443},
          "reply": {"source-address": "192.0.2.1", "destination-address": "198.51.100.1",
                    "source-port": 443, "destination-port": 50000},
          "nat": {"source": {"address": "198.51.100.1", "port": 50000}},
          "tcp": {"state": "established", "originator": {"window-scale": 7, "sack-permitted": [null]}},
          "timeout": 432000,
          "label": "AQ==",
          "helper": "ftp",
          "mark": 1,
          "seen-reply": true,
          "counters": {"original": {"packets": "18446744073709551615", "octets": "1"}}
        }""";

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 20261123})
    void readsWhatCanonicalJsonWrites(final long seed) throws IOException {
        final var random = new RandomFlows(seed);
        final var flows = IntStream.range(0, 500).mapToObj(any -> random.next()).toList();
        final var file = write(flows.stream().map(CanonicalJson::of).collect(Collectors.joining(",\n", "[", "]")));
        final var read = FlowFile.read(file);
        assertEquals(flows, read);
        assertEquals(flows.stream().map(CanonicalJson::of).toList(), read.stream().map(CanonicalJson::of).toList());
    }

    @Test
    void readsFlowWithEveryMember() throws IOException {
        final var flow = FlowFile.read(write("[" + FLOW + "]")).getFirst();
        assertEquals(FLOW.replaceAll("\\s", "").length(), CanonicalJson.of(flow).length());
        assertEquals(-1L, flow.originalCounters().packets());
        assertEquals(flow, JsonFlowReader.read(FLOW));
    }

    @Test
    void readsEmptyArray() throws IOException {
        assertEquals(0, FlowFile.read(write("[]")).size());
    }

    @Test
    void missingFileIsAnIoError() {
        assertThrows(NoSuchFileException.class, () -> FlowFile.read(directory.resolve("none.json")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "[", "[1", "[}", "nothing", "[] []", "[{\"protocol\": }]", "[{'protocol': 6}]"})
    void textThatIsNoArrayNamesTheFile(final String text) throws IOException {
        final var file = write(text);
        final var e = assertThrows(IllegalArgumentException.class, () -> FlowFile.read(file));
        assertTrue(e.getMessage().contains(file.toString()), e.getMessage());
    }

    @Test
    void syntaxErrorNamesTheLine() throws IOException {
        final var file = write("[\n" + FLOW + ",\n{\n\"protocol\" 6}]");
        final var e = assertThrows(IllegalArgumentException.class, () -> FlowFile.read(file));
        final int line = 3 + (int) FLOW.lines().count();
        assertTrue(e.getMessage().contains("Expected ':' at line " + line + " "), e.getMessage());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "\"protocol\": 6, | `` | protocol is missing",
        "\"protocol\": 6, | \"protocol\": 256, | protocol 256 is not in the range 0..255",
        "\"protocol\": 6, | \"protocol\": 6.5, | protocol 6.5 is not in the range 0..255",
        "\"protocol\": 6, | \"protocol\": 1e400, | protocol 1e400 is not in the range",
        "\"protocol\": 6, | \"protocol\": \"6\", | protocol is not a number",
        "\"protocol\": 6, | \"protocol\": null, | protocol is not a number",
        "\"protocol\": 6, | \"protocol\": 17, | tcp is not a member of a flow, or does not",
        "\"protocol\": 6, | \"protocol\": 132, | sctp is missing",
        "\"vnid\": 7, | \"vnid\": 16777216, | vnid 16777216 is not in the range",
        "\"vnid\": 7, | \"vnid\": 7, \"vn-name\": \"a\", | vn-name is not a member",
        "\"vnid\": 7, | \"vn-name\": \" a\", | vn-name ' a' is not the name of a virtual",
        "\"source-address\": \"10.0.0.1\" | \"source-address\": \"10.0.0\" | address '10.0.0' is not",
        "\"source-address\": \"10.0.0.1\" | \"source-address\": \"fe80::1%1\" | address 'fe80::1%1' is not",
        "\"source-address\": \"10.0.0.1\" | \"source-address\": \"fd00::1\" | original: Source fd00::1 and destination",
        "\"source-port\": 40000, | `` | original.source-port is missing",
        "\"source-port\": 40000, | \"source-port\": 65536, | original.source-port 65536 is not in the range",
        "\"source-port\": 40000, | \"source-port\": 1, \"icmp-type\": 8, | original.icmp-type is not a member",
        "\"port\": 50000 | \"port\": -1 | nat.source.port -1 is not in the range",
        "\"source\": { | \"sources\": { | nat.sources is not a member",
        "established | open | tcp.state 'open' is not one of [syn-sent,",
        "\"window-scale\": 7 | \"window-scale\": 15 | tcp.originator: Window scale 15 is not in",
        "[null] | true | tcp.originator.sack-permitted is not [null]",
        "\"timeout\": 432000, | `` | timeout is missing",
        "\"timeout\": 432000, | \"timeout\": 4294967296, | timeout 4294967296 is not in the range",
        "AQ== | A | label 'A' is not 1 to 16 octets in base64",
        "AQ== | AAAAAAAAAAAAAAAAAAAAAAA= | label 'AAAAAAAAAAAAAAAAAAAAAAA=' is not 1 to",
        "\"ftp\" | \"\" | helper '' is not 1 to 16 printable",
        "\"mark\": 1 | \"mark\": true | mark is not a number",
        "\"seen-reply\": true | \"seen-reply\": \"true\" | seen-reply is not true or false",
        "18446744073709551615 | 18446744073709551616 | counters.original.packets '1844674407370955",
        "\"counters\": { | \"counters\": [ | ``",
        "\"mark\": | \"Mark\": | Mark is not a member of a flow"
    })
    void wrongMemberIsNamed(final String right, final String wrong, final String message) throws IOException {
        assertTrue(FLOW.contains(right), right);
        final var file = write("[" + FLOW + ",\n" + FLOW.replace(right, wrong) + "]");
        final var e = assertThrows(IllegalArgumentException.class, () -> FlowFile.read(file));
        assertTrue(e.getMessage().contains(message), e.getMessage());
        if (!message.isEmpty()) {
            assertTrue(e.getMessage().contains("Flow 1 (counted from 0)"), e.getMessage());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "[]", "null", "\"flow\""})
    void elementThatIsNoObjectIsNamed(final String element) throws IOException {
        final var file = write("[" + element + "]");
        final var e = assertThrows(IllegalArgumentException.class, () -> FlowFile.read(file));
        assertTrue(e.getMessage().contains("The flow is not a JSON object"), e.getMessage());
    }

    @Test
    void seedsATable() throws IOException {
        final var table = new MemoryStateTable(InstantSource.system());
        final var flows = FlowFile.read(write("[" + FLOW + "]"));
        table.seed(flows);
        assertEquals(flows.stream().map(Flow::key).toList(), table.flows().stream().map(Flow::key).toList());
    }

    private Path write(final String text) throws IOException {
        return Files.writeString(directory.resolve("flows.json"), text);
    }
}
