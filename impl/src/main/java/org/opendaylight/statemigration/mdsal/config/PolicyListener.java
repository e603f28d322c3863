// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.mdsal.config;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.opendaylight.mdsal.binding.api.DataBroker;
import org.opendaylight.mdsal.binding.api.DataListener;
import org.opendaylight.mdsal.common.api.LogicalDatastoreType;
import org.opendaylight.statemigration.mdsal.codec.PolicyCodec;
import org.opendaylight.statemigration.som.registry.StateHostRegistry;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123.StateMigration;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123.state.migration.Policy;
import org.opendaylight.yangtools.binding.DataObjectIdentifier;
import org.opendaylight.yangtools.concepts.Registration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the policy that the operator sets, and has State Hosts judged by it anew. Its monitor decides which of two
 * policies is in force; it is not held while the datastore is read, nor while the registry is told.
 */
public final class PolicyListener implements DataListener<Policy>, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PolicyListener.class);
    private static final DataObjectIdentifier<Policy> PATH = DataObjectIdentifier.builder(StateMigration.class)
        .child(Policy.class)
        .build();
    /** How long the datastore may take to answer. */
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(10);

    private final DataBroker dataBroker;
    private final PolicyStore store;
    private final StateHostRegistry registry;

    private final AtomicLong reads = new AtomicLong();
    private Registration registration;
    /** Number of the read whose policy is in force. */
    private long applied;
    /** What is wrong with the policy in the datastore, so that it is said once. */
    private String inconsistency;

    public PolicyListener(final DataBroker dataBroker, final PolicyStore store, final StateHostRegistry registry) {
        this.dataBroker = requireNonNull(dataBroker);
        this.store = requireNonNull(store);
        this.registry = requireNonNull(registry);
    }

    /** Begin to follow; what is there already comes as the first change. */
    public void init() {
        registration = dataBroker.registerDataListener(LogicalDatastoreType.CONFIGURATION, PATH, this);
    }

    @Override
    public void dataChangedTo(final Policy policy) {
        refresh();
    }

    /**
     * Put the policy in force that is in the datastore now. What comes as a change may come late: whoever has set a
     * policy and then asks for a migration, or changes a topology, is to get it by that policy. Takes no longer than a
     * bound; if the policy cannot be read the former one stays in force.
     */
    public void refresh() {
        final long number = reads.incrementAndGet();
        final org.opendaylight.statemigration.som.policy.Policy read;
        try (var tx = dataBroker.newReadOnlyTransaction()) {
            read = PolicyCodec.read(tx.read(LogicalDatastoreType.CONFIGURATION, PATH)
                .get(READ_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS).orElse(null));
        } catch (IllegalArgumentException e) {
            reject(e);
            return;
        } catch (ExecutionException | TimeoutException e) {
            LOG.error("The policy cannot be read, so the former one stays in force", e);
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        apply(number, read);
        // Also if another thread has put it in force: once this returns the registry has heard of it
        registry.policyChanged();
    }

    /** One that was read before the one in force may be older than that. */
    private synchronized void apply(final long number, final org.opendaylight.statemigration.som.policy.Policy read) {
        if (number < applied) {
            return;
        }
        applied = number;
        inconsistency = null;
        if (!read.equals(store.get())) {
            store.replace(read);
            LOG.info("New policy: {} State Hosts are authorized", read.authorized().size());
        }
    }

    private synchronized void reject(final IllegalArgumentException cause) {
        // Not the message: there may be none
        if (!cause.toString().equals(inconsistency)) {
            LOG.error("The new policy cannot be used, so the former one stays in force", cause);
            inconsistency = cause.toString();
        }
    }

    @Override
    public void close() {
        registration.close();
    }
}
