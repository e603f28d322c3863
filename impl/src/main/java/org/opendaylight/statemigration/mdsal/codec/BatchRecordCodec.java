// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.mdsal.codec;

import java.util.ArrayList;
import org.opendaylight.statemigration.codec.TimeCodec;
import org.opendaylight.statemigration.som.model.BatchRecord;
import org.opendaylight.statemigration.som.model.Phase;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123.state.migration.Batch;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123.state.migration.BatchBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123.state.migration.batch.Member;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123.state.migration.batch.MemberBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.types.rev261123.Identifier;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.types.rev261123.MigrationId;
import org.opendaylight.yangtools.binding.util.BindingMap;
import org.opendaylight.yangtools.yang.common.Uint16;
import org.opendaylight.yangtools.yang.common.Uint32;

/** Batches, to YANG. */
public final class BatchRecordCodec {
    private BatchRecordCodec() {
        // Hidden on purpose
    }

    public static Batch write(final BatchRecord batch) {
        final var members = new ArrayList<Member>();
        batch.members().forEach(member -> members.add(write(members.size() + 1, member)));
        final int waiting = batch.count(phase -> phase == Phase.NOTIFIED);
        return new BatchBuilder()
            .setBatchId(new Identifier(batch.id().value()))
            .setCause(batch.cause())
            .setAnnounced(batch.announced())
            .setConcurrency(batch.concurrency().isPresent() ? Uint16.valueOf(batch.concurrency().getAsInt()) : null)
            .setStartedAt(TimeCodec.encode(batch.startedAt()))
            .setEndedAt(batch.endedAt().map(TimeCodec::encode).orElse(null))
            .setTotal(Uint32.valueOf(members.size()))
            .setWaiting(Uint32.valueOf(waiting))
            .setUnderWay(Uint32.valueOf(batch.count(phase -> !phase.isFinal()) - waiting))
            .setCompleted(count(batch, Phase.COMPLETED))
            .setFailed(count(batch, Phase.FAILED))
            .setCancelled(count(batch, Phase.CANCELLED))
            .setRejected(Uint32.valueOf(batch.rejected()))
            .setMember(BindingMap.ordered(members))
            .build();
    }

    private static Member write(final int number, final BatchRecord.Member member) {
        final var builder = new MemberBuilder().setNumber(Uint32.valueOf(number)).setMachine(member.vm());
        return switch (member) {
            case BatchRecord.Migrating migrating -> builder
                .setMigrationId(new MigrationId(migrating.migration().value()))
                .setPhase(MigrationRecordCodec.writePhase(migrating.phase()))
                .build();
            case BatchRecord.Rejected rejected -> builder.setDetail(rejected.why().detail()).build();
        };
    }

    private static Uint32 count(final BatchRecord batch, final Phase wanted) {
        return Uint32.valueOf(batch.count(phase -> phase == wanted));
    }
}
