// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.opendaylight.statemigration.host.StateHostId;
import org.opendaylight.statemigration.ifmt.StateMigrationNotification.Leg;
import org.opendaylight.statemigration.som.model.Failure;

/** The transitions that ARCHITECTURE.md lists are those that there are. */
class DocumentedTransitionsTest {
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z-]+)` \\| `([a-z-]+)` \\| .* \\|$");
    private static final Failure FAILURE = new Failure.Cancelled(Failure.Cancelled.Cause.OPERATOR);

    @Test
    void transitionsOfALegAreThoseOfTheDocument() throws IOException {
        final var text = Files.readString(Path.of("../docs/ARCHITECTURE.md"));
        final var documented = ROW.matcher(text.substring(text.indexOf("### A migration at the SOM"),
                text.indexOf("### A migration at a State Host"))).results()
            .map(row -> row.group(1) + " > " + row.group(2)).collect(Collectors.toCollection(TreeSet::new));
        assertEquals(transitions(), documented);
    }

    /** {@return from which stage to which a leg of one or two can come, whatever happens} */
    private static Set<String> transitions() {
        final var found = new TreeSet<String>();
        final var seen = new HashSet<MigrationState>();
        final var open = new ArrayDeque<MigrationState>();
        final var legs = List.of(leg("fw1", "fw2"), leg("fw3", "fw4"));
        for (int count = 1; count <= legs.size(); count++) {
            open.add(MigrationState.notified(legs.subList(0, count)));
            open.add(MigrationState.announced(legs.subList(0, count)));
        }
        while (!open.isEmpty()) {
            final var state = open.remove();
            if (seen.add(state)) {
                for (var event : events(state)) {
                    final var next = MigrationStateMachine.next(state, event).state();
                    note(state, next, found);
                    open.add(next);
                }
            }
        }
        return found;
    }

    private static void note(final MigrationState before, final MigrationState after, final Set<String> found) {
        IntStream.range(0, before.legs().size())
            .filter(leg -> before.legs().get(leg).stage() != after.legs().get(leg).stage())
            .mapToObj(leg -> name(before.legs().get(leg)) + " > " + name(after.legs().get(leg)))
            .forEach(found::add);
    }

    private static String name(final LegState leg) {
        return leg.stage().name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static List<MigrationEvent> events(final MigrationState state) {
        final var events = new ArrayList<MigrationEvent>(List.of(new MigrationEvent.Started(),
            new MigrationEvent.Started(Set.of(0)), new MigrationEvent.SwitchedOver(),
            new MigrationEvent.CalledOff(FAILURE), new MigrationEvent.StartRejected(FAILURE),
            new MigrationEvent.CancelRequested(FAILURE)));
        for (int leg = 0; leg < state.legs().size(); leg++) {
            events.add(new MigrationEvent.PreCopyCurrent(leg));
            events.add(new MigrationEvent.HostReturned(state.legs().get(leg).source()));
            events.add(new MigrationEvent.HostReturned(state.legs().get(leg).destination()));
            for (var step : Step.values()) {
                events.add(new MigrationEvent.StepDone(leg, step));
                events.add(new MigrationEvent.StepFailed(leg, step, FAILURE, true));
                events.add(new MigrationEvent.StepFailed(leg, step, FAILURE, false));
                events.add(new MigrationEvent.DeadlinePassed(leg, step, FAILURE));
            }
        }
        return events;
    }

    private static Leg leg(final String source, final String destination) {
        return new Leg(new StateHostId(source), new StateHostId(destination), List.of());
    }
}
