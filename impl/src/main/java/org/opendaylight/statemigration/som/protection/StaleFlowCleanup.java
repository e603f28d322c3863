// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.protection;

import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.opendaylight.statemigration.ifma.AgentException;
import org.opendaylight.statemigration.ifma.FlowSelection;
import org.opendaylight.statemigration.ifma.MigrationId;
import org.opendaylight.statemigration.ifma.StateOrchestrationAgent;
import org.opendaylight.statemigration.som.model.CheckpointKey;
import org.opendaylight.statemigration.som.registry.RegisteredHost;
import org.opendaylight.statemigration.som.transfer.RemoteDeletion;
import org.opendaylight.statemigration.som.transfer.StepFailedException;
import org.opendaylight.statemigration.som.transfer.TransferLimits;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One try to delete flows at a State Host that was dead, under an identity of its own. */
final class StaleFlowCleanup {
    private static final Logger LOG = LoggerFactory.getLogger(StaleFlowCleanup.class);

    private final CheckpointKey key;
    private final StateOrchestrationAgent agent;
    private final VmLocks vmLocks;
    private final FailureDetector failureDetector;
    private final MigrationId id;
    private final RemoteDeletion remoteDeletion;

    StaleFlowCleanup(final CheckpointKey key, final FlowSelection selection, final RegisteredHost host,
            final ProtectionContext context, final VmLocks vmLocks, final FailureDetector failureDetector) {
        this.key = key;
        this.vmLocks = vmLocks;
        this.failureDetector = failureDetector;
        agent = host.agent().orElseThrow();
        id = context.newId().apply("x");
        final var profile = host.state().profile().orElseThrow();
        remoteDeletion = new RemoteDeletion(id, selection, key.host(), TransferLimits.of(context.policy().get(),
            profile, profile));
    }

    /**
     * Delete them. Migrations of the VM wait for the deletion, but not for the list, which takes longer.
     *
     * @param wanted whether it is still to be done, asked when no migration can change that any more
     * @return whether it was done; false if a migration of the VM is under way or waits, or it is not wanted
     */
    boolean run(final BooleanSupplier wanted)
            throws AgentException, StepFailedException, TimeoutException, InterruptedException {
        if (!vmLocks.isIdle(key.vm())) {
            return false;
        }
        boolean taken = false;
        boolean erased = false;
        try {
            failureDetector.ask(() -> {
                remoteDeletion.list(agent);
                return false;
            });
            taken = vmLocks.take(id, key.vm());
            if (taken && wanted.getAsBoolean()) {
                failureDetector.ask(() -> {
                    LOG.info("{} flows of {} were deleted, which had been restored elsewhere",
                        remoteDeletion.erase(agent), key);
                    return false;
                });
                erased = true;
            }
        } finally {
            try {
                if (!erased) {
                    // What was asked for must not be done late, when a migration is under way
                    giveUp();
                }
            } finally {
                if (taken) {
                    vmLocks.giveBack(id);
                }
            }
        }
        return erased;
    }

    private void giveUp() throws InterruptedException {
        try {
            failureDetector.ask(() -> {
                remoteDeletion.giveUp(agent, "The clean-up of " + key + " is put off");
                return false;
            });
        } catch (AgentException | StepFailedException | TimeoutException e) {
            LOG.debug("{} is forgotten in time", id, e);
        }
    }
}
