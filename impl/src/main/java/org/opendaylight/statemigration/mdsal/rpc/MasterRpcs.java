// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.mdsal.rpc;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import org.opendaylight.mdsal.binding.api.RpcProviderService;
import org.opendaylight.statemigration.codec.FlowCodec;
import org.opendaylight.statemigration.codec.IdentityCodec;
import org.opendaylight.statemigration.host.StateHostId;
import org.opendaylight.statemigration.ifma.MigrationId;
import org.opendaylight.statemigration.ifmt.MigrationRejectedException;
import org.opendaylight.statemigration.mdsal.codec.EnumCodecs;
import org.opendaylight.statemigration.mdsal.codec.MigrationRequestCodec;
import org.opendaylight.statemigration.som.StateOrchestrationMaster;
import org.opendaylight.statemigration.som.model.MigrationPlan;
import org.opendaylight.statemigration.som.request.IdempotencyCache;
import org.opendaylight.statemigration.som.request.MigrationRequest;
import org.opendaylight.statemigration.som.request.VmResolver;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123.CancelMigration;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123.CancelMigrationOutputBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123.NotifyStateMigration;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123.NotifyStateMigrationInput;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123.NotifyStateMigrationOutputBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123.PlanStateMigration;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123.PlanStateMigrationOutput;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123.PlanStateMigrationOutputBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123.RetryMigration;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123.RetryMigrationOutputBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123.plan.state.migration.output.Refusal;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123.plan.state.migration.output.RefusalBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123.plan.state.migration.output.refusal.FlowBuilder;
import org.opendaylight.yangtools.binding.util.BindingMap;
import org.opendaylight.yangtools.concepts.Registration;
import org.opendaylight.yangtools.yang.common.Uint32;

/**
 * The RPCs of module {@code statemigration-master}: IF(M,T) for Topology Discovery Entities outside the controller, and
 * what operators ask for.
 */
public final class MasterRpcs implements AutoCloseable {
    private final RpcProviderService rpcs;
    private final RpcExecutor executor;
    private final StateOrchestrationMaster master;
    private final VmResolver vmResolver;
    private final IdempotencyCache idempotencyCache;

    private Registration registration;

    /**
     * RPCs that are not offered before {@link #init()}.
     *
     * @param rpcs where to offer them
     * @param executor answers them
     * @param master does what is asked for
     * @param vmResolver knows which VM is meant
     * @param idempotencyCache what was asked for before
     */
    public MasterRpcs(final RpcProviderService rpcs, final RpcExecutor executor, final StateOrchestrationMaster master,
            final VmResolver vmResolver, final IdempotencyCache idempotencyCache) {
        this.rpcs = requireNonNull(rpcs);
        this.executor = requireNonNull(executor);
        this.master = requireNonNull(master);
        this.vmResolver = requireNonNull(vmResolver);
        this.idempotencyCache = requireNonNull(idempotencyCache);
    }

    /** Offer the RPCs. */
    public void init() {
        registration = rpcs.registerRpcImplementations(
            (NotifyStateMigration) input -> executor.answer("notify-state-migration", () ->
                new NotifyStateMigrationOutputBuilder()
                    .setMigrationId(id(new MigrationId(notify(input))))
                    .build()),
            (PlanStateMigration) input -> executor.answer("plan-state-migration", () ->
                output(master.plan(MigrationRequestCodec.read(input).resolve(vmResolver)))),
            (CancelMigration) input -> executor.answer("cancel-migration", () -> {
                master.cancel(id(input.getMigrationId()));
                return new CancelMigrationOutputBuilder().build();
            }),
            (RetryMigration) input -> executor.answer("retry-migration", () ->
                new RetryMigrationOutputBuilder()
                    .setMigrationId(id(master.retry(id(input.getMigrationId()))))
                    .build()));
    }

    @Override
    public void close() {
        registration.close();
    }

    /** What a request-id stands for. */
    private record Told(MigrationRequest request, boolean announced) {
    }

    private String notify(final NotifyStateMigrationInput input) throws MigrationRejectedException {
        final var request = MigrationRequestCodec.read(input);
        final boolean announced = Boolean.TRUE.equals(input.getAnnounced());
        return idempotencyCache.once(MigrationRequestCodec.requestId(input), new Told(request, announced), () -> {
            final var notification = request.resolve(vmResolver);
            return (announced ? master.announce(notification) : master.notify(notification)).value();
        });
    }

    static PlanStateMigrationOutput output(final MigrationPlan plan) {
        final var refusals = new ArrayList<Refusal>();
        plan.refusals().forEach(refusal -> refusals.add(new RefusalBuilder()
            .setNumber(Uint32.valueOf(refusals.size() + 1))
            .setReason(IdentityCodec.REFUSAL.encode(refusal.reason()))
            .setDetail(refusal.detail())
            // As in a chunk, where a flow is not complete without its index
            .setFlow(new FlowBuilder(FlowCodec.encode(refusal.flow()).setIndex(Uint32.ZERO).build()).build())
            .build()));
        return new PlanStateMigrationOutputBuilder()
            .setSource(id(plan.leg().source()))
            .setDestination(id(plan.leg().destination()))
            .setFlows(Uint32.valueOf(plan.flows()))
            .setOmitted(Uint32.valueOf(plan.omitted()))
            .setRefused(Uint32.valueOf(plan.refused()))
            .setOutcome(EnumCodecs.PLAN_OUTCOME.encode(plan.outcome()))
            .setRefusal(BindingMap.ordered(refusals))
            .build();
    }

    private static MigrationId id(
            final org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.types.rev261123.MigrationId id) {
        if (id == null) {
            throw new IllegalArgumentException("migration-id is missing");
        }
        return new MigrationId(id.getValue());
    }

    private static org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.types.rev261123.MigrationId id(
            final MigrationId id) {
        return new org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.types.rev261123.MigrationId(id.value());
    }

    private static org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.types.rev261123.StateHostId id(
            final StateHostId id) {
        return new org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.types.rev261123.StateHostId(id.value());
    }
}
