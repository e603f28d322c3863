// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.mdsal.codec;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.opendaylight.statemigration.codec.AddressCodec;
import org.opendaylight.statemigration.codec.VmCodec;
import org.opendaylight.statemigration.host.StateHostId;
import org.opendaylight.statemigration.ifmt.StateMigrationNotification.Leg;
import org.opendaylight.statemigration.som.request.MigrationRequest;
import org.opendaylight.statemigration.som.request.VmReference;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123.NotificationFields;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123.RequestReference;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123.notification.fields.state.hosts.Pair;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123.notification.fields.state.hosts.Pairs;

/** Notifications of Topology Discovery Entities outside the controller, from YANG. */
public final class MigrationRequestCodec {
    private static final Comparator<Leg> ORDER = Comparator.comparing(Leg::source).thenComparing(Leg::destination);

    private MigrationRequestCodec() {
        // Hidden on purpose
    }

    public static MigrationRequest read(final NotificationFields input) {
        return new MigrationRequest(reference(input.getVm()), legs(input));
    }

    public static Optional<String> requestId(final RequestReference input) {
        return Optional.ofNullable(input.getRequestId()).map(id -> id.getValue());
    }

    static VmReference reference(
            final org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123.MachineClues vm) {
        if (vm == null) {
            throw new IllegalArgumentException("The notification does not say which VM it is about:"
                + " vm is missing");
        }
        return new VmReference(AddressCodec.decodeAll(vm.getAddress()), VmCodec.decodeNetwork(vm.getVirtualNetwork()),
            Optional.ofNullable(vm.getVmName()), Optional.ofNullable(vm.getMacAddress()).map(mac -> mac.getValue()),
            Optional.ofNullable(vm.getUuid()).map(uuid -> uuid.getValue()));
    }

    /** A list whose order is not the client's comes in an order of ours, so that repetitions are equal. */
    private static List<Leg> legs(final NotificationFields input) {
        return switch (input.getStateHosts()) {
            case Pair pair -> {
                if (pair.getSource() == null || pair.getDestination() == null) {
                    throw new IllegalArgumentException("Both source and destination are needed");
                }
                yield List.of(new Leg(new StateHostId(pair.getSource().getValue()),
                    new StateHostId(pair.getDestination().getValue()), AddressCodec.decodePrefixes(pair.getPeer())));
            }
            case Pairs pairs -> pairs.nonnullLeg().values().stream()
                .map(leg -> new Leg(new StateHostId(leg.requireSource().getValue()),
                    new StateHostId(leg.requireDestination().getValue()), AddressCodec.decodePrefixes(leg.getPeer())))
                .sorted(ORDER)
                .toList();
            case null, default -> List.of();
        };
    }
}
