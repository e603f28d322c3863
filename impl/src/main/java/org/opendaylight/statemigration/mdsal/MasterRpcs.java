package org.opendaylight.statemigration.mdsal;

import static java.util.Objects.requireNonNull;

import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.opendaylight.mdsal.binding.api.RpcProviderService;
import org.opendaylight.statemigration.codec.AddressCodec;
import org.opendaylight.statemigration.codec.FlowCodec;
import org.opendaylight.statemigration.codec.IdentityCodec;
import org.opendaylight.statemigration.codec.VmCodec;
import org.opendaylight.statemigration.host.StateHostId;
import org.opendaylight.statemigration.ifma.MigrationId;
import org.opendaylight.statemigration.ifmt.MigrationRejectedException;
import org.opendaylight.statemigration.ifmt.StateMigrationNotification;
import org.opendaylight.statemigration.som.MigrationPlan;
import org.opendaylight.statemigration.som.StateOrchestrationMaster;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123.CancelMigration;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123.CancelMigrationOutputBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123.NotificationFields;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123.NotifyStateMigration;
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
import org.opendaylight.yangtools.yang.common.ErrorTag;
import org.opendaylight.yangtools.yang.common.ErrorType;
import org.opendaylight.yangtools.yang.common.RpcResult;
import org.opendaylight.yangtools.yang.common.RpcResultBuilder;
import org.opendaylight.yangtools.yang.common.Uint32;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The RPCs of module {@code statemigration-master}: IF(M,T) for Topology Discovery Entities outside the controller, and
 * what operators ask for.
 */
public final class MasterRpcs implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MasterRpcs.class);

    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
        Thread.ofVirtual().name("state-migration-rpc-", 0).factory());
    private final RpcProviderService rpcs;
    private final StateOrchestrationMaster master;

    private Registration registration;

    /** Something that the master is asked to do. */
    @FunctionalInterface
    private interface Request<T> {
        T run() throws MigrationRejectedException, InterruptedException;
    }

    public MasterRpcs(final RpcProviderService rpcs, final StateOrchestrationMaster master) {
        this.rpcs = requireNonNull(rpcs);
        this.master = requireNonNull(master);
    }

    /** Offer the RPCs. */
    public void init() {
        registration = rpcs.registerRpcImplementations(
            (NotifyStateMigration) input -> answer("notify-state-migration", () ->
                new NotifyStateMigrationOutputBuilder()
                    .setMigrationId(id(master.notify(notification(input))))
                    .build()),
            (PlanStateMigration) input -> answer("plan-state-migration", () ->
                output(master.plan(notification(input)))),
            (CancelMigration) input -> answer("cancel-migration", () -> {
                master.cancel(id(input.getMigrationId()));
                return new CancelMigrationOutputBuilder().build();
            }),
            (RetryMigration) input -> answer("retry-migration", () ->
                new RetryMigrationOutputBuilder()
                    .setMigrationId(id(master.retry(id(input.getMigrationId()))))
                    .build()));
    }

    @Override
    public void close() {
        registration.close();
        threads.shutdownNow();
    }

    /** Each request has a thread of its own: some of them talk to State Hosts. */
    private <T> ListenableFuture<RpcResult<T>> answer(final String rpc, final Request<T> request) {
        return Futures.submit(() -> run(rpc, request), threads);
    }

    private static <T> RpcResult<T> run(final String rpc, final Request<T> request) {
        try {
            return RpcResultBuilder.success(request.run()).build();
        } catch (MigrationRejectedException e) {
            LOG.info("{} is refused: {}", rpc, e.getMessage());
            return failure(new ErrorTag(e.kind().errorTag()), e.getMessage());
        } catch (IllegalArgumentException e) {
            LOG.info("{} is refused: {}", rpc, e.getMessage());
            return failure(ErrorTag.INVALID_VALUE, e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return failure(ErrorTag.OPERATION_FAILED, "The controller is shutting down");
        }
    }

    private static <T> RpcResult<T> failure(final ErrorTag tag, final String message) {
        return RpcResultBuilder.<T>failed().withError(ErrorType.APPLICATION, tag, message).build();
    }

    private static StateMigrationNotification notification(final NotificationFields input) {
        if (input.getSource() == null || input.getDestination() == null) {
            throw new IllegalArgumentException("Both source and destination are needed");
        }
        return new StateMigrationNotification(StateMigrationNotification.Origin.NOTIFICATION, Optional.empty(),
            VmCodec.decode(input.getVm()),
            List.of(new StateMigrationNotification.Leg(new StateHostId(input.getSource().getValue()),
                new StateHostId(input.getDestination().getValue()), AddressCodec.decodePrefixes(input.getPeer()))));
    }

    private static PlanStateMigrationOutput output(final MigrationPlan plan) {
        final var refusals = new ArrayList<Refusal>();
        plan.refusals().forEach(refusal -> refusals.add(new RefusalBuilder()
            .setNumber(Uint32.valueOf(refusals.size() + 1))
            .setReason(IdentityCodec.REFUSAL.encode(refusal.reason()))
            .setDetail(refusal.detail())
            .setFlow(new FlowBuilder(FlowCodec.encode(refusal.flow()).build()).build())
            .build()));
        return new PlanStateMigrationOutputBuilder()
            .setSource(id(plan.leg().source()))
            .setDestination(id(plan.leg().destination()))
            .setFlows(Uint32.valueOf(plan.flows()))
            .setOmitted(Uint32.valueOf(plan.omitted()))
            .setRefused(Uint32.valueOf(plan.refused()))
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
