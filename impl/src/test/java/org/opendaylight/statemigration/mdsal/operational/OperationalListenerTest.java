// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.mdsal.operational;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.Mockito.after;
import static org.mockito.Mockito.timeout;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;

import com.google.common.net.InetAddresses;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.mockito.ArgumentCaptor;
import org.mockito.Mock;
import org.mockito.junit.jupiter.MockitoExtension;
import org.opendaylight.mdsal.binding.api.DataBroker;
import org.opendaylight.mdsal.binding.api.NotificationPublishService;
import org.opendaylight.mdsal.binding.testutils.DataBrokerTestModule;
import org.opendaylight.mdsal.common.api.LogicalDatastoreType;
import org.opendaylight.statemigration.host.StateHostId;
import org.opendaylight.statemigration.host.VmIdentity;
import org.opendaylight.statemigration.ifma.HoldKind;
import org.opendaylight.statemigration.ifma.MigrationId;
import org.opendaylight.statemigration.ifmt.StateMigrationNotification;
import org.opendaylight.statemigration.ifmt.VmRejection;
import org.opendaylight.statemigration.som.model.BatchId;
import org.opendaylight.statemigration.som.model.BatchRecord;
import org.opendaylight.statemigration.som.model.Failure;
import org.opendaylight.statemigration.som.model.MigrationRecord;
import org.opendaylight.statemigration.som.model.Phase;
import org.opendaylight.statemigration.som.model.StateHostRecord;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123.HostStatus;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123.MigrationPhaseChanged;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123.StateHostStatusChanged;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123.StateMigration;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123.state.migration.Migration;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.types.rev261123.FlowsRefused;
import org.opendaylight.yangtools.binding.DataObjectIdentifier;
import org.opendaylight.yangtools.binding.Notification;

@ExtendWith(MockitoExtension.class)
class OperationalListenerTest {
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00.123456Z");
    private static final StateMigrationNotification.Leg LEG =
        new StateMigrationNotification.Leg(new StateHostId("fw1"), new StateHostId("fw2"), List.of());

    @Mock
    private NotificationPublishService notifications;

    private DataBroker broker;
    private OperationalWriter writer;
    private OperationalListener observer;

    @BeforeEach
    void before() {
        broker = new DataBrokerTestModule(true).getDataBroker();
        writer = new OperationalWriter(broker, notifications);
        observer = new OperationalListener(writer);
    }

    private Optional<StateMigration> shown() throws Exception {
        try (var tx = broker.newReadOnlyTransaction()) {
            return tx.read(LogicalDatastoreType.OPERATIONAL,
                DataObjectIdentifier.builder(StateMigration.class).build()).get();
        }
    }

    private static StateHostRecord host(final StateHostRecord.Status status) {
        return new StateHostRecord(new StateHostId("fw1"), status, "", Optional.of(NOW), Optional.of(NOW),
            Optional.empty(), Optional.empty());
    }

    private static MigrationRecord migration(final Phase phase, final Optional<Failure> failure) {
        return new MigrationRecord(new MigrationId("m-1"),
            new StateMigrationNotification(StateMigrationNotification.Origin.TOPOLOGY, Optional.of("vm1"),
                new VmIdentity(Set.of(InetAddresses.forString("10.1.1.10")), Optional.empty()), List.of(LEG)),
            phase, failure, Optional.empty(), NOW, Optional.empty(), Optional.empty(),
            List.of(new MigrationRecord.LegRecord(LEG, phase, Optional.of(HoldKind.QUEUE),
                new MigrationRecord.Counts(3, 3, 2, 1, 0, 0, 0, 0, 1), Optional.empty(), List.of(),
                Map.of(Phase.PREPARING, Duration.ofMillis(4)), failure)));
    }

    @Test
    void statusOfHostIsPublishedOnceForEachChange() throws Exception {
        observer.hostChanged(host(StateHostRecord.Status.CONNECTED));
        observer.hostChanged(host(StateHostRecord.Status.CONNECTED));
        observer.hostChanged(host(StateHostRecord.Status.DISCONNECTED));

        final var published = ArgumentCaptor.forClass(Notification.class);
        verify(notifications, timeout(5000).times(2)).offerNotification(published.capture(), anyInt(), any());
        verify(notifications, after(100).times(2)).offerNotification(any(), anyInt(), any());
        assertEquals(List.of(HostStatus.Connected, HostStatus.Disconnected), published.getAllValues().stream()
            .map(notification -> ((StateHostStatusChanged) notification).getStatus()).toList());
        assertEquals(HostStatus.Disconnected,
            shown().orElseThrow().nonnullStateHost().values().iterator().next().getStatus());
    }

    @Test
    void migrationIsShownWithItsLegs() throws Exception {
        final var failure = Optional.<Failure>of(
            new Failure.TooManyRefused(new StateHostId("fw2"), 7, 5));
        observer.migrationChanged(migration(Phase.FAILED, failure));
        observer.phaseEntered(new MigrationId("m-1"), OptionalInt.of(1), Phase.FAILED, NOW, failure);

        final var published = ArgumentCaptor.forClass(Notification.class);
        verify(notifications, timeout(5000)).offerNotification(published.capture(), anyInt(), any());
        final var change = (MigrationPhaseChanged) published.getValue();
        assertEquals(FlowsRefused.VALUE, change.getReason());
        assertEquals("2026-11-23T12:00:00.123Z", change.getAt().getValue());

        final var migration = shown().orElseThrow().nonnullMigration().values().iterator().next();
        assertEquals(Migration.Origin.Topology, migration.getOrigin());
        assertEquals(failure.orElseThrow().detail(), migration.getDetail());
        final var leg = migration.nonnullLeg().values().iterator().next();
        assertEquals("fw2", leg.getDestination().getValue());
        assertEquals(1, leg.getFlows().getRefused().intValue());
        assertEquals(4000, leg.nonnullTiming().values().iterator().next().getDuration().intValue());
    }

    @Test
    void batchIsShownWithItsCountsUntilItIsForgotten() throws Exception {
        final var id = new BatchId("b-1");
        observer.batchChanged(new BatchRecord(id, "nve1 is drained", false, OptionalInt.of(2), NOW, Optional.empty(),
            List.of(new BatchRecord.Migrating("vm1", new MigrationId("m-1"), Phase.COMPLETED),
                new BatchRecord.Migrating("vm2", new MigrationId("m-2"), Phase.COMMITTING),
                new BatchRecord.Migrating("vm3", new MigrationId("m-3"), Phase.NOTIFIED),
                new BatchRecord.Rejected("vm4", new VmRejection.NotNamed()))));
        observer.hostChanged(host(StateHostRecord.Status.CONNECTED));
        verify(notifications, timeout(5000)).offerNotification(any(), anyInt(), any());
        final var batch = shown().orElseThrow().nonnullBatch().values().iterator().next();
        assertEquals(List.of(4, 1, 1, 1, 1), List.of(batch.getTotal().intValue(), batch.getWaiting().intValue(),
            batch.getUnderWay().intValue(), batch.getCompleted().intValue(), batch.getRejected().intValue()));
        assertEquals(new VmRejection.NotNamed().detail(), batch.nonnullMember().values().stream()
            .filter(member -> member.getMachine().equals("vm4")).findFirst().orElseThrow().getDetail());

        observer.batchForgotten(id);
        observer.hostChanged(host(StateHostRecord.Status.DISCONNECTED));
        verify(notifications, timeout(5000).times(2)).offerNotification(any(), anyInt(), any());
        assertTrue(shown().orElseThrow().nonnullBatch().isEmpty());
    }

    @Test
    void whatIsForgottenIsNotShown() throws Exception {
        observer.migrationChanged(migration(Phase.COMPLETED, Optional.empty()));
        observer.migrationForgotten(new MigrationId("m-1"));
        observer.hostChanged(host(StateHostRecord.Status.CONNECTED));
        observer.hostForgotten(new StateHostId("fw1"));
        observer.migrationNotified(migration(Phase.NOTIFIED, Optional.empty()));
        verify(notifications, timeout(5000).times(2)).offerNotification(any(), anyInt(), any());
        final var left = shown();
        assertTrue(left.isEmpty() || left.orElseThrow().nonnullMigration().isEmpty()
            && left.orElseThrow().nonnullStateHost().isEmpty());
    }

    @Test
    void nothingIsShownAfterClose() throws Exception {
        observer.hostChanged(host(StateHostRecord.Status.CONNECTED));
        writer.close();
        verify(notifications, times(1)).offerNotification(any(), anyInt(), any());
        assertTrue(shown().isEmpty());
    }
}
