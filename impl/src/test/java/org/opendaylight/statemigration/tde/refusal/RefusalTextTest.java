// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.tde.refusal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.net.InetAddresses;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.opendaylight.statemigration.OperatorSentences;
import org.opendaylight.statemigration.host.FunctionType;
import org.opendaylight.statemigration.host.StateHostId;
import org.opendaylight.statemigration.host.VmIdentity;
import org.opendaylight.statemigration.ifmt.HostRejection;
import org.opendaylight.statemigration.ifmt.Rejection;
import org.opendaylight.statemigration.ifmt.StateMigrationNotification.Leg;
import org.opendaylight.statemigration.tde.refusal.UnclearFlows.Path;

class RefusalTextTest {
    private static final StateHostId FW1 = new StateHostId("fw1");
    private static final StateHostId FW2 = new StateHostId("fw2");
    private static final TopologyInconsistency NO_FUNCTION = new TopologyInconsistency.NoFunction(FW1, "n1");
    private static final Rejection REJECTION = new HostRejection.NotListed(FW1);

    static Stream<TopologyRefusal> refusals() {
        final var all = new ArrayList<TopologyRefusal>(List.of(
            new TopologyInconsistency.DuplicateNode("n1"),
            new TopologyInconsistency.DuplicateLink("l1"),
            NO_FUNCTION,
            new TopologyInconsistency.UnsupportedFunction(FW1, "n1", "deep-packet-inspection"),
            new TopologyInconsistency.DuplicateStateHost(FW1, List.of("n1", "n2")),
            new TopologyInconsistency.InvalidAddresses("vm1", "it has too many addresses"),
            new TopologyInconsistency.AttachedToNoEdge("vm1", "n1", true),
            new TopologyInconsistency.SharedAddress("vm1", List.of("vm1", "vm2"),
                InetAddresses.forString("10.0.0.1"), Optional.empty()),
            new TopologyRefusal.VmWithoutAddress("vm1"),
            new TopologyRefusal.NotMigrated("vm1",
                new VmIdentity(Set.of(InetAddresses.forString("10.0.0.1")), Optional.empty()),
                List.of(new Leg(FW1, FW2, List.of())), REJECTION),
            new TopologyRefusal.PlannedToNoEdge("vm1", "n1"),
            new TopologyRefusal.PlannedRefused("vm1", "nve2", new TopologyRefusal.VmWithoutAddress("vm1")),
            new TopologyRefusal.NotAnnounced("vm1", "nve2", REJECTION),
            new TopologyRefusal.NotEvaluated()));
        unclear().forEach(why -> all.add(new TopologyRefusal.FlowsStay("vm1", Map.of(why, Set.of("vm2")))));
        return all.stream();
    }

    private static Stream<UnclearFlows> unclear() {
        final var functions = List.of(new UnclearFlows.NoCounterpart.Function(FunctionType.NAT, Path.OLD, List.of(FW1)),
            new UnclearFlows.NoCounterpart.Function(FunctionType.FIREWALL, Path.NEW, List.of(FW2)));
        return Stream.of(
            Stream.of(new UnclearFlows.PeerWithoutAddress("vm2"),
                new UnclearFlows.InconsistentStateHost(List.of(NO_FUNCTION)),
                new UnclearFlows.NoCounterpart(functions), new UnclearFlows.Forgotten()),
            Arrays.stream(Path.values()).flatMap(path -> Stream.of(
                new UnclearFlows.TooManyFunctions(path, 9, 8),
                new UnclearFlows.SplitFunctions(FW1, List.of(FW2, new StateHostId("fw3")), path),
                new UnclearFlows.PathTooLong(path, "nve1", "nve2", 32))),
            Arrays.stream(UnclearFlows.AmbiguousFunction.Cause.values()).map(cause ->
                new UnclearFlows.AmbiguousFunction(FunctionType.FIREWALL, List.of(FW1), List.of(FW2), cause)),
            Arrays.stream(UnclearFlows.AmbiguousPath.Cause.values()).map(cause -> new UnclearFlows.AmbiguousPath(
                Path.OLD, cause, "nve1", "nve2", new TreeSet<>(Set.of(FW1)), new TreeSet<>(Set.of()))))
            .flatMap(each -> each);
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void sentenceIsPlainAndNamesWhatItIsAbout(final TopologyRefusal refusal) {
        final var sentence = RefusalText.of(refusal);
        OperatorSentences.assertPlain(sentence);
        assertTrue(sentence.length() > 20 && !sentence.contains("..") && !sentence.contains("  "), sentence);
    }

    @Test
    void differentReasonsHaveDifferentSentences() {
        final var sentences = refusals().map(RefusalText::of).toList();
        assertEquals(sentences.size(), new HashSet<>(sentences).size());
    }

    @Test
    void reasonsComeInOrderWhateverTheOrderOfTheirData() {
        final var one = new LinkedHashMap<UnclearFlows, Set<String>>();
        one.put(new UnclearFlows.Forgotten(), Set.of("vm3"));
        one.put(new UnclearFlows.PeerWithoutAddress("b"), Set.of("b"));
        one.put(new UnclearFlows.PeerWithoutAddress("a"), Set.of("a"));
        final var other = new LinkedHashMap<UnclearFlows, Set<String>>();
        one.sequencedEntrySet().reversed().forEach(entry -> other.put(entry.getKey(), entry.getValue()));
        final var first = new TopologyRefusal.FlowsStay("vm1", one);
        assertEquals(RefusalText.of(first), RefusalText.of(new TopologyRefusal.FlowsStay("vm1", other)));
        assertEquals(first, new TopologyRefusal.FlowsStay("vm1", other));
    }
}
