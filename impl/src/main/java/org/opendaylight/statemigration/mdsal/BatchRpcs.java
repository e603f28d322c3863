package org.opendaylight.statemigration.mdsal;

import static java.util.Objects.requireNonNull;

import java.util.Comparator;
import java.util.Optional;
import java.util.OptionalInt;
import org.opendaylight.mdsal.binding.api.RpcProviderService;
import org.opendaylight.statemigration.ifmt.MigrationRejectedException;
import org.opendaylight.statemigration.som.StateOrchestrationMaster;
import org.opendaylight.statemigration.som.batch.BatchId;
import org.opendaylight.statemigration.som.intake.BatchRequest;
import org.opendaylight.statemigration.som.intake.MachineResolver;
import org.opendaylight.statemigration.som.intake.RequestLog;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123.CancelBatch;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123.CancelBatchInput;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123.CancelBatchOutputBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123.NotifyStateMigrations;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123.NotifyStateMigrationsInput;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123.NotifyStateMigrationsOutputBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123.notify.state.migrations.input.Notification;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.types.rev261123.Identifier;
import org.opendaylight.yangtools.concepts.Registration;
import org.opendaylight.yangtools.yang.common.Uint16;
import org.opendaylight.yangtools.yang.common.Uint32;

/** The RPCs of module {@code statemigration-master} that are about several virtual machines. */
public final class BatchRpcs implements AutoCloseable {
    private static final String DEFAULT_CAUSE = "Asked for with notify-state-migrations";

    private final RpcAnswers answers = new RpcAnswers();
    private final RpcProviderService rpcs;
    private final StateOrchestrationMaster master;
    private final MachineResolver machines;
    private final RequestLog requests;

    private Registration registration;

    /**
     * RPCs that are not offered before {@link #init()}.
     *
     * @param rpcs where to offer them
     * @param master does what is asked for
     * @param machines knows which virtual machine is meant
     * @param requests what was asked for before
     */
    public BatchRpcs(final RpcProviderService rpcs, final StateOrchestrationMaster master,
            final MachineResolver machines, final RequestLog requests) {
        this.rpcs = requireNonNull(rpcs);
        this.master = requireNonNull(master);
        this.machines = requireNonNull(machines);
        this.requests = requireNonNull(requests);
    }

    /** Offer the RPCs. */
    public void init() {
        registration = rpcs.registerRpcImplementations(
            (NotifyStateMigrations) input -> answers.answer("notify-state-migrations", () ->
                new NotifyStateMigrationsOutputBuilder()
                    .setBatchId(new Identifier(notify(input)))
                    .build()),
            (CancelBatch) input -> answers.answer("cancel-batch", () ->
                new CancelBatchOutputBuilder()
                    .setCancelled(Uint32.valueOf(cancel(input)))
                    .build()));
    }

    @Override
    public void close() {
        registration.close();
        answers.close();
    }

    private String notify(final NotifyStateMigrationsInput input) throws MigrationRejectedException {
        final var request = new BatchRequest(Optional.ofNullable(input.getCause()).orElse(DEFAULT_CAUSE),
            Boolean.TRUE.equals(input.getAnnounced()), concurrency(input.getConcurrency()),
            input.nonnullNotification().values().stream()
                .sorted(Comparator.comparing(Notification::requireNumber))
                .map(RequestReader::read)
                .toList());
        return requests.once(RequestReader.requestId(input), request, () -> {
            final var resolved = request.resolve(machines);
            return master.submit(resolved.batch(), resolved.unclear()).id().value();
        });
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
