// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.backend.linux.conntrack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.opendaylight.statemigration.agent.backend.FlowStateMerge;
import org.opendaylight.statemigration.agent.backend.linux.Flows;
import org.opendaylight.statemigration.agent.backend.linux.mapping.ConntrackEntry;
import org.opendaylight.statemigration.agent.backend.linux.mapping.EntryComparison;
import org.opendaylight.statemigration.agent.backend.linux.mapping.TupleInversion;
import org.opendaylight.statemigration.agent.backend.linux.netlink.Ctnetlink;
import org.opendaylight.statemigration.agent.backend.linux.netlink.KernelException;
import org.opendaylight.statemigration.agent.backend.linux.netlink.NetlinkMessage;
import org.opendaylight.statemigration.agent.backend.linux.netlink.NetlinkMessageWriter;
import org.opendaylight.statemigration.flow.CanonicalJson;
import org.opendaylight.statemigration.flow.Flow;
import org.opendaylight.statemigration.flow.JsonFlowReader;
import org.opendaylight.statemigration.flow.RandomFlows;
import org.opendaylight.statemigration.flow.VirtualNetwork;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;

/**
 * Every leaf that the YANG model has for a flow is carried all the way: by the codec in both directions, by the digest,
 * by the comparison of an entry with the flow that it was made from, and by the merge of what two State Hosts have
 * seen. Whoever adds a leaf finds here what still has to learn of it. A leaf that is not carried everywhere on purpose
 * is named below, with the reason.
 */
class FlowLeavesTest {
    /** Leaves, or containers of leaves, that the comparison with an entry does not look at, and why. */
    private static final Map<String, String> NOT_COMPARED = Map.of(
        "timeout", "runs by itself from the moment at which the entry is made",
        "counters", "metadata: no State Host restores them",
        "reply", "the kernel makes it from the original direction and nat, which are compared",
        "expectation", "entries of a table of their own, which ExpectationTable compares");

    /** Those that a flow may differ in and still be in the same state, and why. */
    private static final Map<String, String> NOT_STATE = Map.of(
        "timeout", "runs by itself",
        "counters", "metadata: they grow with each packet",
        "expectation/timeout", "runs by itself");

    /** What has been seen by either State Host has happened: leaves that are taken from the one that has it. */
    private static final Set<String> GROWING = Set.of("seen-reply", "assured", "tcp", "sctp");

    /** Leaves that are taken from the entry that is there, if both have them: packets or local policy have set them. */
    private static final Set<String> OF_ENTRY = Set.of("timeout", "mark", "label", "counters",
        "sctp/original-verification-tag", "sctp/reply-verification-tag",
        "tcp/originator/sequence-adjustment/offset-before", "tcp/originator/sequence-adjustment/offset-after",
        "tcp/responder/sequence-adjustment/offset-before", "tcp/responder/sequence-adjustment/offset-after");

    private static final FlowTree TREE = new FlowTree();
    private static final List<Sample> SAMPLES = Stream.concat(
        Stream.generate(new RandomFlows(8)::next).limit(800), Flows.ofEveryKind().stream()).map(Sample::of).toList();

    private final Map<VirtualNetwork, Integer> zones = new HashMap<>();

    private record Sample(Flow flow, ContainerNode tree, Set<String> leaves) {
        static Sample of(final Flow flow) {
            final var tree = TREE.encode(flow);
            return new Sample(flow, tree, TREE.leaves(tree));
        }
    }

    static Set<String> leaves() {
        return TREE.leaves();
    }

    @Test
    void listsOfLeavesThatAreLeftOutNameLeavesOfTheModel() {
        Stream.of(NOT_COMPARED, NOT_STATE).flatMap(left -> left.keySet().stream()).forEach(path -> assertTrue(
            TREE.leaves().stream().anyMatch(leaf -> isBelow(leaf, path)), path));
    }

    @Test
    void samplesHaveEveryLeafOnceTheyAreEncoded() {
        final var encoded = new TreeSet<String>();
        SAMPLES.forEach(sample -> encoded.addAll(sample.leaves()));
        assertEquals(TREE.leaves(), encoded);
    }

    @Test
    void canonicalJsonHasTheMembersThatTheModelHas() {
        final var members = new TreeSet<String>();
        SAMPLES.forEach(sample ->
            members(members, "", JsonParser.parseString(CanonicalJson.of(sample.flow()))));
        assertEquals(TREE.leaves(), members);
    }

    @ParameterizedTest
    @MethodSource("leaves")
    void codecCarriesItInBothDirections(final String leaf) {
        assertHolds(leaf, "a change of the leaf in YANG changes the flow, which is encoded as it was decoded",
            (before, after) -> true);
    }

    @ParameterizedTest
    @MethodSource("leaves")
    void digestCoversIt(final String leaf) {
        assertHolds(leaf, "a change of the leaf changes the JSON object that chunk digests are made over",
            (before, after) -> !CanonicalJson.of(before).equals(CanonicalJson.of(after))
                && JsonFlowReader.read(CanonicalJson.of(after)).equals(after));
    }

    @ParameterizedTest
    @MethodSource("leaves")
    void comparisonWithTheEntrySeesIt(final String leaf) {
        if (!isLeftOut(leaf, NOT_COMPARED)) {
            assertHolds(leaf, "a change of the leaf makes a difference to the entry made from the flow",
                (before, after) -> difference(after, entry(before).orElseThrow()).isPresent(),
                before -> entry(before).filter(entry -> difference(before, entry).isEmpty()).isPresent());
        }
    }

    @ParameterizedTest
    @MethodSource("leaves")
    void mergeKeepsIt(final String leaf) {
        assertHolds(leaf, "a flow that is merged with itself stays as it is",
            (before, after) -> FlowStateMerge.furthest(before, before).equals(before)
                && FlowStateMerge.furthest(after, after).equals(after));
    }

    @ParameterizedTest
    @MethodSource("leaves")
    void mergeTakesItFromTheRightOne(final String leaf) {
        final boolean ofEntry = isLeftOut(leaf, OF_ENTRY);
        if (!ofEntry && isLeftOut(leaf, GROWING)) {
            assertHolds(leaf, "what either of two flows has is in both merges of them", (before, after) -> {
                final var merged = FlowStateMerge.furthest(before, after);
                return merged.equals(FlowStateMerge.furthest(after, before))
                    && (merged.equals(before) || merged.equals(after));
            });
        } else {
            assertHolds(leaf, "a merge takes it from the flow " + (ofEntry ? "that is there" : "asked for"),
                (before, after) -> FlowStateMerge.furthest(before, after).equals(ofEntry ? after : before)
                    && FlowStateMerge.furthest(after, before).equals(ofEntry ? before : after));
        }
    }

    @ParameterizedTest
    @MethodSource("leaves")
    void differenceInItIsADifferenceOfState(final String leaf) {
        assertHolds(leaf, "a change of the leaf is " + (isLeftOut(leaf, NOT_STATE) ? "no" : "a") + " change of state",
            (before, after) -> FlowStateMerge.sameState(before, after) == isLeftOut(leaf, NOT_STATE));
    }

    /**
     * Of each protocol whose flows can differ in the leaf alone there are two that do, and they are as expected. So a
     * bit that is always set for one protocol, or carried for one only, is missed for the others.
     */
    private static void assertHolds(final String leaf, final String what, final BiPredicate<Flow, Flow> test) {
        assertHolds(leaf, what, test, before -> true);
    }

    private static void assertHolds(final String leaf, final String what, final BiPredicate<Flow, Flow> test,
            final Predicate<Flow> applies) {
        final var holds = new TreeMap<Integer, Boolean>();
        for (var sample : SAMPLES) {
            final int protocol = sample.flow().key().protocol();
            if (sample.leaves().contains(leaf) && !holds.getOrDefault(protocol, false)
                    && applies.test(sample.flow())) {
                changes(sample, leaf).map(after -> test.test(sample.flow(), after))
                    .reduce(Boolean::logicalOr).ifPresent(found -> holds.merge(protocol, found, Boolean::logicalOr));
            }
        }
        assertFalse(holds.isEmpty(), "Leaf " + leaf + " of the model: no sample can differ in it alone");
        assertFalse(holds.containsValue(false), "Leaf " + leaf + " of the model: there are protocols for which not "
            + what + ": " + holds);
    }

    /** {@return other flows that differ from a sample in that leaf alone} */
    private static Stream<Flow> changes(final Sample sample, final String leaf) {
        return TREE.changed(sample.tree(), leaf).stream().flatMap(changed -> TREE.decode(changed)
            .filter(after -> !after.equals(sample.flow()) && TREE.encode(after).equals(changed)).stream());
    }

    private static boolean isLeftOut(final String leaf, final Map<String, String> leftOut) {
        return isLeftOut(leaf, leftOut.keySet());
    }

    private static boolean isLeftOut(final String leaf, final Set<String> paths) {
        return paths.stream().anyMatch(path -> isBelow(leaf, path));
    }

    private static boolean isBelow(final String leaf, final String path) {
        return leaf.equals(path) || leaf.startsWith(path + "/");
    }

    private Optional<String> difference(final Flow flow, final ConntrackEntry entry) {
        return EntryComparison.difference(flow, zone(flow), entry);
    }

    private int zone(final Flow flow) {
        return flow.key().network().map(network -> zones.computeIfAbsent(network, any -> zones.size() + 1)).orElse(0);
    }

    /** {@return the entry that the kernel makes when it is asked for a flow; empty if it would not make one} */
    private Optional<ConntrackEntry> entry(final Flow flow) {
        final var reply = TupleInversion.reply(flow);
        if (!reply.equals(Optional.of(flow.reply()))) {
            return Optional.empty();
        }
        final var buffer = MemorySegment.ofArray(new long[EntryRequests.MAX_LENGTH / Long.BYTES]);
        EntryRequests.create(flow, zone(flow)).write(new NetlinkMessageWriter(buffer), 1);
        try {
            final var asked = EntryReader.read(new NetlinkMessage(buffer, 0));
            return Optional.of(new ConntrackEntry(asked.protocol(), asked.original(), flow.reply(), asked.zone(),
                asked.status()
                    | (flow.nat().source().isPresent() ? Ctnetlink.SRC_NAT | Ctnetlink.SRC_NAT_DONE : 0)
                    | (flow.nat().destination().isPresent() ? Ctnetlink.DST_NAT | Ctnetlink.DST_NAT_DONE : 0),
                asked.timeout(), asked.mark(), asked.labels(), asked.helper(), asked.tcp(), asked.sctp(),
                asked.originalCounters(), asked.replyCounters(), asked.id(), asked.special(), asked.master(),
                asked.originalShift(), asked.replyShift()));
        } catch (KernelException e) {
            throw new AssertionError(e);
        }
    }

    private static void members(final Set<String> members, final String path, final JsonElement json) {
        switch (json) {
            case JsonObject object -> object.entrySet().forEach(member -> members(members,
                path.isEmpty() ? member.getKey() : path + "/" + member.getKey(), member.getValue()));
            case JsonArray array when array.get(0).isJsonObject() ->
                array.forEach(element -> members(members, path, element));
            default -> members.add(path);
        }
    }
}
