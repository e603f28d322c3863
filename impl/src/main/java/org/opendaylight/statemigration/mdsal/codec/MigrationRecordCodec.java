// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.mdsal.codec;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.opendaylight.statemigration.codec.AddressCodec;
import org.opendaylight.statemigration.codec.EnumCodec;
import org.opendaylight.statemigration.codec.FlowKeyCodec;
import org.opendaylight.statemigration.codec.IdentityCodec;
import org.opendaylight.statemigration.codec.ProfileCodec;
import org.opendaylight.statemigration.codec.TimeCodec;
import org.opendaylight.statemigration.codec.VmCodec;
import org.opendaylight.statemigration.ifmt.StateMigrationNotification;
import org.opendaylight.statemigration.som.model.Failure;
import org.opendaylight.statemigration.som.model.MigrationRecord;
import org.opendaylight.statemigration.som.model.Phase;
import org.opendaylight.statemigration.som.model.StateHostRecord;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123.HostStatus;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123.state.migration.Migration;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123.state.migration.MigrationBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123.state.migration.StateHost;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123.state.migration.StateHostBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123.state.migration.migration.Leg;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123.state.migration.migration.LegBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123.state.migration.migration.Planned;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123.state.migration.migration.PlannedBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123.state.migration.migration.Unmatched;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123.state.migration.migration.UnmatchedBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123.state.migration.migration.UnmatchedKey;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123.state.migration.migration.VmBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123.state.migration.migration.leg.Flows;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123.state.migration.migration.leg.FlowsBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123.state.migration.migration.leg.Refusal;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123.state.migration.migration.leg.RefusalBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123.state.migration.migration.leg.RefusalKey;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123.state.migration.migration.leg.Rounds;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123.state.migration.migration.leg.RoundsBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123.state.migration.migration.leg.TimingBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123.state.migration.migration.leg.refusal.FlowBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123.state.migration.state.host.ProfileBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.types.rev261123.MigrationId;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.types.rev261123.StateHostId;
import org.opendaylight.yangtools.binding.util.BindingMap;
import org.opendaylight.yangtools.yang.common.Uint16;
import org.opendaylight.yangtools.yang.common.Uint32;

/** What the master shows, to YANG. */
public final class MigrationRecordCodec {
    private MigrationRecordCodec() {
        // Hidden on purpose
    }

    public static StateHost writeHost(final StateHostRecord host) {
        return new StateHostBuilder()
            .setHostId(new StateHostId(host.hostId().value()))
            .setStatus(writeStatus(host.status()))
            .setDetail(host.detail().isEmpty() ? null : host.detail())
            .setRegisteredAt(host.registeredAt().map(TimeCodec::encode).orElse(null))
            .setLastContact(host.lastContact().map(TimeCodec::encode).orElse(null))
            .setConnectedFrom(host.connectedFrom().map(AddressCodec::encode).orElse(null))
            .setProfile(host.profile().map(profile -> new ProfileBuilder(ProfileCodec.encode(profile)).build())
                .orElse(null))
            .build();
    }

    public static HostStatus writeStatus(final StateHostRecord.Status status) {
        return EnumCodecs.HOST_STATUS.encode(status);
    }

    public static org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123
            .Phase writePhase(final Phase phase) {
        return EnumCodecs.PHASE.encode(phase);
    }

    public static Migration writeMigration(final MigrationRecord migration) {
        final var legs = new ArrayList<Leg>();
        migration.legs().forEach(leg -> legs.add(writeLeg(legs.size() + 1, leg)));
        return new MigrationBuilder()
            .setMigrationId(new MigrationId(migration.id().value()))
            .setOrigin(EnumCodecs.ORIGIN.encode(migration.notification().origin()))
            .setVmName(migration.notification().vmName().orElse(null))
            .setVm(new VmBuilder(VmCodec.encode(migration.notification().vm())).build())
            .setPhase(writePhase(migration.phase()))
            .setReason(migration.failure().map(Failure::reason).map(FailureCodec::encode).orElse(null))
            .setDetail(migration.failure().map(Failure::detail).orElse(null))
            .setRetryOf(migration.retryOf().map(id -> new MigrationId(id.value())).orElse(null))
            .setNotifiedAt(TimeCodec.encode(migration.notifiedAt()))
            .setEndedAt(migration.endedAt().map(TimeCodec::encode).orElse(null))
            .setPartial(migration.isPartial())
            .setPlanned(migration.preCopy().map(MigrationRecordCodec::writePlanned).orElse(null))
            .setUnmatched(writeUnmatched(migration.notification().unmatched()))
            .setLeg(BindingMap.ordered(legs))
            .build();
    }

    private static Planned writePlanned(final MigrationRecord.PreCopy planned) {
        return new PlannedBuilder()
            .setAnnouncedAt(TimeCodec.encode(planned.announcedAt()))
            .setSwitchedAt(planned.switchedOverAt().map(TimeCodec::encode).orElse(null))
            .setSwitchover(planned.switchover().map(MigrationRecordCodec::microseconds).orElse(null))
            .build();
    }

    private static Map<UnmatchedKey, Unmatched> writeUnmatched(
            final List<StateMigrationNotification.Unmatched> unmatched) {
        return BindingMap.ordered(unmatched.stream()
            .map(one -> new UnmatchedBuilder()
                .setHostId(new StateHostId(one.host().value()))
                .setFunction(IdentityCodec.FUNCTION.encode(one.function()))
                .setSide(EnumCodecs.UNMATCHED_SIDE.encode(one.side()))
                .build())
            .toList());
    }

    private static Rounds writeRounds(final MigrationRecord.Rounds rounds) {
        return new RoundsBuilder()
            .setCount(Uint32.valueOf(rounds.count()))
            .setUpdated(Uint32.valueOf(rounds.updated()))
            .setEnded(Uint32.valueOf(rounds.ended()))
            .build();
    }

    private static Map<RefusalKey, Refusal> writeRefusals(final List<MigrationRecord.RefusedFlow> refused) {
        final var refusals = new ArrayList<Refusal>();
        refused.forEach(flow -> refusals.add(new RefusalBuilder()
            .setNumber(Uint32.valueOf(refusals.size() + 1))
            .setReason(IdentityCodec.REFUSAL.encode(flow.reason()))
            .setDetail(flow.detail())
            .setFlow(new FlowBuilder(FlowKeyCodec.encode(flow.key())).build())
            .build()));
        return BindingMap.ordered(refusals);
    }

    private static Leg writeLeg(final int number, final MigrationRecord.LegRecord leg) {
        return new LegBuilder()
            .setLegId(Uint16.valueOf(number))
            .setSource(new StateHostId(leg.leg().source().value()))
            .setDestination(new StateHostId(leg.leg().destination().value()))
            .setPeer(leg.leg().peers().isEmpty() ? null : AddressCodec.encodePrefixes(leg.leg().peers()))
            .setPhase(writePhase(leg.phase()))
            .setHold(leg.hold().map(EnumCodec.HOLD::encode).orElse(null))
            .setFlows(writeCounts(leg.counts()))
            .setRounds(leg.rounds().map(MigrationRecordCodec::writeRounds).orElse(null))
            .setRefusal(writeRefusals(leg.refusals()))
            .setRestoredFromCheckpoint(leg.restoration().map(CheckpointRecordCodec::write).orElse(null))
            .setTiming(BindingMap.ordered(leg.timings().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(timing -> new TimingBuilder()
                    .setPhase(writePhase(timing.getKey()))
                    .setDuration(microseconds(timing.getValue()))
                    .build())
                .toList()))
            .setReason(leg.failure().map(Failure::reason).map(FailureCodec::encode).orElse(null))
            .setDetail(leg.failure().map(Failure::detail).orElse(null))
            .build();
    }

    private static Uint32 microseconds(final Duration duration) {
        // The type holds 71 minutes; no step may take longer than an hour
        return Uint32.saturatedOf(duration.toNanos() / 1000);
    }

    private static Flows writeCounts(final MigrationRecord.Counts counts) {
        return new FlowsBuilder()
            .setTotal(Uint32.valueOf(counts.total()))
            .setUploaded(Uint32.valueOf(counts.uploaded()))
            .setAccepted(Uint32.valueOf(counts.accepted()))
            .setRefused(Uint32.valueOf(counts.refused()))
            .setOmitted(Uint32.valueOf(counts.omitted()))
            .setVerified(Uint32.valueOf(counts.verified()))
            .setReleased(Uint32.valueOf(counts.released()))
            .setGone(Uint32.valueOf(counts.gone()))
            .setChunks(Uint32.valueOf(counts.chunks()))
            .build();
    }
}
