// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration;

import com.google.common.net.InetAddresses;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.opendaylight.statemigration.flow.FlowKey;
import org.opendaylight.statemigration.flow.Identifiers;
import org.opendaylight.statemigration.flow.Tuple;
import org.opendaylight.statemigration.flow.VirtualNetwork;
import org.opendaylight.statemigration.host.StateHostId;
import org.opendaylight.statemigration.host.VmIdentity;
import org.opendaylight.statemigration.ifma.MigrationId;
import org.opendaylight.statemigration.ifmt.Explanation;
import org.opendaylight.statemigration.ifmt.HostRejection;
import org.opendaylight.statemigration.ifmt.InventoryVm;
import org.opendaylight.statemigration.ifmt.Rejection;
import org.opendaylight.statemigration.ifmt.StateMigrationNotification;
import org.opendaylight.statemigration.tde.refusal.TopologyRefusal;

/** Makes values of all records of a sealed type: with each constant, and with and without what is optional. */
final class RecordSamples {
    /** Reasons within reasons, so that there is an end. */
    private static final Map<Class<?>, Object> NESTED = Map.of(
        TopologyRefusal.class, new TopologyRefusal.VmWithoutAddress("vm7"),
        Rejection.class, new HostRejection.NotListed(new StateHostId("nested-host")),
        Explanation.class, new HostRejection.NotListed(new StateHostId("nested-host")));

    private final List<String> subjects = new ArrayList<>();
    private int names;

    private RecordSamples() {
        // Hidden on purpose
    }

    /**
     * A value.
     *
     * @param value the value
     * @param subjects texts of State Hosts, migrations, VMs and flows in it
     */
    record Sample(Object value, List<String> subjects) {
        @Override
        public String toString() {
            return value.toString();
        }
    }

    /** {@return values of all records of a type, each with other names} */
    static Stream<Sample> of(final Class<?> type) {
        return recordsOf(type).flatMap(each -> {
            final var samples = new ArrayList<Sample>();
            for (int choice = 0; choice < alternatives(each); choice++) {
                final var maker = new RecordSamples();
                samples.add(new Sample(maker.make(each, choice), List.copyOf(maker.subjects)));
            }
            return samples.stream();
        });
    }

    /** {@return all records of a sealed type} */
    static Stream<Class<?>> recordsOf(final Class<?> type) {
        return type.isSealed() ? Arrays.stream(type.getPermittedSubclasses()).flatMap(RecordSamples::recordsOf)
            : Stream.of(type);
    }

    /** How many values there have to be for each constant and alternative to be in one of them. */
    private static int alternatives(final Type type) {
        final var raw = raw(type);
        if (NESTED.containsKey(raw) || new RecordSamples().known(raw).isPresent()) {
            return 1;
        } else if (raw == boolean.class) {
            return 2;
        } else if (raw == Optional.class) {
            return 1 + alternatives(argument(type, 0));
        } else if (Collection.class.isAssignableFrom(raw) || raw == Map.class) {
            return alternatives(argument(type, 0));
        } else if (raw.isEnum()) {
            return raw.getEnumConstants().length;
        } else if (raw.isSealed()) {
            return recordsOf(raw).mapToInt(RecordSamples::alternatives).sum();
        } else if (raw.isRecord()) {
            return Arrays.stream(raw.getRecordComponents()).map(RecordComponent::getGenericType)
                .mapToInt(RecordSamples::alternatives).max().orElse(1);
        }
        return 1;
    }

    private Object make(final Type type, final int choice) {
        final var raw = raw(type);
        final var known = known(raw);
        if (known.isPresent()) {
            return known.orElseThrow();
        } else if (NESTED.containsKey(raw)) {
            return NESTED.get(raw);
        } else if (raw == boolean.class) {
            return choice % 2 != 0;
        } else if (raw == Optional.class) {
            final int which = choice % alternatives(type);
            return which == 0 ? Optional.empty() : Optional.of(make(argument(type, 0), which - 1));
        } else if (raw == Map.class) {
            return Map.of(make(argument(type, 0), choice), make(argument(type, 1), choice));
        } else if (Collection.class.isAssignableFrom(raw)) {
            return collection(type, choice);
        } else if (raw.isEnum()) {
            return raw.getEnumConstants()[choice % raw.getEnumConstants().length];
        } else if (raw.isSealed()) {
            return oneOf(raw, choice % alternatives(raw));
        }
        return record(raw, choice);
    }

    private Object oneOf(final Class<?> sealed, final int choice) {
        int left = choice;
        for (var each : recordsOf(sealed).toList()) {
            if (left < alternatives(each)) {
                return make(each, left);
            }
            left -= alternatives(each);
        }
        throw new IllegalStateException(sealed + " has no choice " + choice);
    }

    private Object collection(final Type type, final int choice) {
        final var element = argument(type, 0);
        if (raw(type) == SortedSet.class) {
            return new TreeSet<>(List.of(make(element, choice)));
        }
        return raw(type) == Set.class ? Set.of(make(element, choice))
            : List.of(make(element, choice), make(element, choice + 1));
    }

    /** Values with rules of their own, or that a sentence has to name. */
    private Optional<Object> known(final Class<?> type) {
        final int number = ++names;
        if (type == int.class) {
            return Optional.of(number);
        } else if (type == long.class) {
            return Optional.of((long) number);
        } else if (type == String.class) {
            return Optional.of("text" + number);
        } else if (type == Duration.class) {
            return Optional.of(Duration.ofSeconds(number));
        } else if (type == InetAddress.class) {
            return Optional.of(address(number));
        } else if (type == VirtualNetwork.class) {
            return Optional.of(subject(new VirtualNetwork.VnName("net" + number)));
        } else if (type == StateHostId.class) {
            return Optional.of(subject(new StateHostId("host" + number)));
        } else if (type == MigrationId.class) {
            return Optional.of(subject(new MigrationId("m-" + number)));
        } else if (type == VmIdentity.class) {
            return Optional.of(subject(new VmIdentity(Set.of(address(number)), Optional.empty())));
        } else if (type == FlowKey.class) {
            return Optional.of(subject(new FlowKey(Optional.empty(), 6,
                new Tuple(address(number), address(number + 1), new Identifiers.Ports(1024 + number, 80)))));
        } else if (type == InventoryVm.class) {
            return Optional.of(subject(new InventoryVm("dc", "vm" + number, Set.of(address(number)),
                Optional.of(new VirtualNetwork.VnName("of-vm" + number)), Optional.empty(), Optional.empty(),
                Set.of())));
        } else if (type == StateMigrationNotification.class) {
            return Optional.of(new StateMigrationNotification(StateMigrationNotification.Origin.TOPOLOGY,
                Optional.empty(), (VmIdentity) make(VmIdentity.class, 0),
                List.of((StateMigrationNotification.Leg) make(StateMigrationNotification.Leg.class, 0))));
        }
        return Optional.empty();
    }

    private static InetAddress address(final int number) {
        return InetAddresses.forString("10.0.0." + number);
    }

    private <T> T subject(final T value) {
        subjects.add(value.toString());
        return value;
    }

    private Object record(final Class<?> type, final int choice) {
        final var components = type.getRecordComponents();
        try {
            final var constructor = type.getDeclaredConstructor(
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
            constructor.setAccessible(true);
            return constructor.newInstance(Arrays.stream(components)
                .map(component -> make(component.getGenericType(), choice)).toArray());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type.getName() + " cannot be made", e);
        }
    }

    private static Class<?> raw(final Type type) {
        return type instanceof ParameterizedType generic ? (Class<?>) generic.getRawType() : (Class<?>) type;
    }

    private static Type argument(final Type type, final int index) {
        return ((ParameterizedType) type).getActualTypeArguments()[index];
    }
}
