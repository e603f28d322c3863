// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.mdsal.rpc;

import static java.util.Objects.requireNonNull;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.opendaylight.mdsal.binding.api.RpcProviderService;
import org.opendaylight.statemigration.ifmt.Explanation;
import org.opendaylight.statemigration.ifmt.MigrationBatch;
import org.opendaylight.statemigration.ifmt.MigrationRejectedException;
import org.opendaylight.statemigration.ifmt.RequestRejection;
import org.opendaylight.statemigration.mdsal.codec.MigrationRequestCodec;
import org.opendaylight.statemigration.som.StateOrchestrationMaster;
import org.opendaylight.statemigration.som.model.BatchId;
import org.opendaylight.statemigration.som.model.BatchRecord;
import org.opendaylight.statemigration.som.request.BatchRequest;
import org.opendaylight.statemigration.som.request.IdempotencyCache;
import org.opendaylight.statemigration.som.request.VmResolver;
import org.opendaylight.statemigration.tde.relocation.EdgeDrain;
import org.opendaylight.statemigration.tde.watch.TopologyVmInventory;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123.CancelBatch;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123.CancelBatchInput;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123.CancelBatchOutputBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123.DrainEdge;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123.DrainEdgeInput;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123.DrainEdgeOutputBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123.NotifyStateMigrations;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123.NotifyStateMigrationsInput;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123.NotifyStateMigrationsOutputBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123.drain.edge.input.Machine;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123.notify.state.migrations.input.Notification;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.types.rev261123.Identifier;
import org.opendaylight.yangtools.concepts.Registration;
import org.opendaylight.yangtools.yang.common.Uint16;
import org.opendaylight.yangtools.yang.common.Uint32;

/** The RPCs of module {@code statemigration-master} that are about several VMs. */
public final class BatchRpcs implements AutoCloseable {
    private static final String DEFAULT_CAUSE = "Asked for with notify-state-migrations";

    private final RpcProviderService rpcs;
    private final RpcExecutor executor;
    private final StateOrchestrationMaster master;
    private final VmResolver vmResolver;
    private final IdempotencyCache idempotencyCache;
    private final TopologyVmInventory inventory;

    private Registration registration;

    /** What is asked for, to tell whether it was asked for before. Targets of VMs come in order. */
    private record DrainRequest(String topology, String edge, Optional<String> target, Map<String, String> targets,
            OptionalInt concurrency) {
    }

    /**
     * RPCs that are not offered before {@link #init()}.
     *
     * @param rpcs where to offer them
     * @param executor answers them
     * @param master does what is asked for
     * @param vmResolver knows which VM is meant
     * @param idempotencyCache what was asked for before
     * @param inventory the topologies
     */
    public BatchRpcs(final RpcProviderService rpcs, final RpcExecutor executor, final StateOrchestrationMaster master,
            final VmResolver vmResolver, final IdempotencyCache idempotencyCache, final TopologyVmInventory inventory) {
        this.rpcs = requireNonNull(rpcs);
        this.executor = requireNonNull(executor);
        this.master = requireNonNull(master);
        this.vmResolver = requireNonNull(vmResolver);
        this.idempotencyCache = requireNonNull(idempotencyCache);
        this.inventory = requireNonNull(inventory);
    }

    /** Offer the RPCs. */
    public void init() {
        registration = rpcs.registerRpcImplementations(
            (NotifyStateMigrations) input -> executor.answer("notify-state-migrations", () ->
                new NotifyStateMigrationsOutputBuilder()
                    .setBatchId(new Identifier(notify(input)))
                    .build()),
            (DrainEdge) input -> executor.answer("drain-edge", () ->
                new DrainEdgeOutputBuilder()
                    .setBatchId(new Identifier(drain(input)))
                    .build()),
            (CancelBatch) input -> executor.answer("cancel-batch", () ->
                new CancelBatchOutputBuilder()
                    .setCancelled(Uint32.valueOf(cancel(input)))
                    .build()));
    }

    @Override
    public void close() {
        registration.close();
    }

    private String notify(final NotifyStateMigrationsInput input) throws MigrationRejectedException {
        final var request = new BatchRequest(Optional.ofNullable(input.getCause()).orElse(DEFAULT_CAUSE),
            Boolean.TRUE.equals(input.getAnnounced()), concurrency(input.getConcurrency()),
            input.nonnullNotification().values().stream()
                .sorted(Comparator.comparing(Notification::requireNumber))
                .map(MigrationRequestCodec::read)
                .toList());
        return idempotencyCache.once(MigrationRequestCodec.requestId(input), request, () -> {
            final var resolved = request.resolve(vmResolver);
            return master.submit(resolved.batch(), resolved.unclear()).id().value();
        });
    }

    private String drain(final DrainEdgeInput input) throws MigrationRejectedException {
        final var request = new DrainRequest(required(input.getTopologyId(), "topology-id"),
            required(input.getEdge(), "edge"), Optional.ofNullable(input.getTarget()), targets(input),
            concurrency(input.getConcurrency()));
        return idempotencyCache.once(MigrationRequestCodec.requestId(input), request, () -> {
            final var outlook = outlook(request);
            if (outlook.notifications().isEmpty()) {
                throw new MigrationRejectedException(new RequestRejection.NothingToAnnounce(
                    outlook.refusals().values().stream().<Explanation>flatMap(List::stream).toList()));
            }
            return master.submit(new MigrationBatch(Optional.ofNullable(input.getCause())
                .orElse("Edge " + request.edge() + " is drained"), true, request.concurrency(),
                outlook.notifications()), outlook.refusals().entrySet().stream()
                    .map(one -> new BatchRecord.Rejected(one.getKey(),
                        new RequestRejection.UnclearTopology(List.copyOf(one.getValue())))).toList()).id().value();
        });
    }

    private EdgeDrain.Outlook outlook(final DrainRequest request) throws MigrationRejectedException {
        final var drain = new EdgeDrain(inventory.snapshot(request.topology())
            .orElseThrow(() -> new MigrationRejectedException(
                new RequestRejection.UnknownTopology(request.topology()))), request.edge());
        final var moves = new LinkedHashMap<>(request.targets());
        for (var vm : drain.vms()) {
            if (!moves.containsKey(vm)) {
                moves.put(vm, request.target().orElseThrow(() -> new IllegalArgumentException(
                    "It is not said where VM " + vm + " goes: give target, or an entry of machine")));
            }
        }
        return drain.outlook(moves);
    }

    private static Map<String, String> targets(final DrainEdgeInput input) {
        final var targets = new LinkedHashMap<String, String>();
        input.nonnullMachine().values().stream().sorted(Comparator.comparing(Machine::requireNumber)).forEach(vm ->
            targets.put(required(vm.getVmName(), "vm-name"), Optional.ofNullable(vm.getTarget())
                .or(() -> Optional.ofNullable(input.getTarget())).orElseThrow(() -> new IllegalArgumentException(
                    "It is not said where VM " + vm.getVmName() + " goes: give a target"))));
        return targets;
    }

    private static String required(final String value, final String name) {
        if (value == null) {
            throw new IllegalArgumentException(name + " is missing");
        }
        return value;
    }

    private int cancel(final CancelBatchInput input) throws MigrationRejectedException {
        if (input.getBatchId() == null) {
            throw new IllegalArgumentException("batch-id is missing");
        }
        return master.cancel(new BatchId(input.getBatchId().getValue()));
    }

    private static OptionalInt concurrency(final Uint16 concurrency) {
        return concurrency == null ? OptionalInt.empty() : OptionalInt.of(concurrency.intValue());
    }
}
