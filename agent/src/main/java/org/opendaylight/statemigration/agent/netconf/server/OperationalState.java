// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.netconf.server;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.opendaylight.mdsal.binding.api.DataBroker;
import org.opendaylight.mdsal.common.api.LogicalDatastoreType;
import org.opendaylight.statemigration.agent.soa.status.MigrationStatus;
import org.opendaylight.statemigration.codec.ProfileCodec;
import org.opendaylight.statemigration.ifma.AgentException;
import org.opendaylight.statemigration.ifma.StateOrchestrationAgent;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.StateHost;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.StateHostBuilder;
import org.opendaylight.yangtools.binding.DataObject;
import org.opendaylight.yangtools.binding.DataObjectIdentifier;
import org.opendaylight.yangtools.binding.util.BindingMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What {@code <get>} reads. Container {@code state-host} is written anew before each, so it is never out of date. */
final class OperationalState {
    private static final Logger LOG = LoggerFactory.getLogger(OperationalState.class);
    private static final DataObjectIdentifier<StateHost> STATE_HOST =
        DataObjectIdentifier.builder(StateHost.class).build();

    /** Time for a commit to the datastore in memory, in seconds. */
    private static final long COMMIT_TIMEOUT = 10;

    private final DataBroker broker;
    private final StateOrchestrationAgent agent;
    private final Supplier<List<MigrationStatus>> statuses;

    OperationalState(final DataBroker broker, final StateOrchestrationAgent agent,
            final Supplier<List<MigrationStatus>> statuses) {
        this.broker = requireNonNull(broker);
        this.agent = requireNonNull(agent);
        this.statuses = requireNonNull(statuses);
    }

    /** Write container {@code state-host}. */
    void refresh() {
        final var builder = new StateHostBuilder().setMigration(statuses.get().stream()
            .map(MigrationStatusCodec::encode).collect(BindingMap.toMap()));
        try {
            write(STATE_HOST, builder.setProfile(ProfileCodec.encode(agent.profile())).build());
        } catch (AgentException e) {
            LOG.warn("The agent has no profile to show", e);
            write(STATE_HOST, builder.build());
        } catch (InterruptedException e) {
            LOG.debug("Shutting down", e);
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Write a container.
     *
     * @param <T> type of the container
     * @param path where
     * @param data what
     */
    <T extends DataObject> void write(final DataObjectIdentifier<T> path, final T data) {
        final var transaction = broker.newWriteOnlyTransaction();
        transaction.put(LogicalDatastoreType.OPERATIONAL, path, data);
        try {
            transaction.commit().get(COMMIT_TIMEOUT, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("Cannot write operational state", e);
        } catch (InterruptedException e) {
            LOG.debug("Shutting down", e);
            Thread.currentThread().interrupt();
        }
    }
}
