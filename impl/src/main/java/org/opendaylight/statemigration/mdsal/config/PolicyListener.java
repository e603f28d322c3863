// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.mdsal.config;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.ExecutionException;
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
 * Follows the policy that the operator sets, and has State Hosts judged by it anew.
 */
public final class PolicyListener implements DataListener<Policy>, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PolicyListener.class);
    private static final DataObjectIdentifier<Policy> PATH = DataObjectIdentifier.builder(StateMigration.class)
        .child(Policy.class)
        .build();

    private final DataBroker dataBroker;
    private final PolicyStore store;
    private final StateHostRegistry registry;

    private Registration registration;
    // To the policy in the datastore, so that it is said once
    private String objection;

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
     * policy and then asks for a migration, or changes a topology, is to get it by that policy.
     */
    public synchronized void refresh() {
        final org.opendaylight.statemigration.som.policy.Policy read;
        try (var tx = dataBroker.newReadOnlyTransaction()) {
            read = PolicyCodec.read(tx.read(LogicalDatastoreType.CONFIGURATION, PATH).get().orElse(null));
        } catch (IllegalArgumentException e) {
            // Not the message: there may be none
            if (!e.toString().equals(objection)) {
                LOG.error("The new policy cannot be used, so the former one stays in force", e);
                objection = e.toString();
            }
            return;
        } catch (ExecutionException e) {
            LOG.error("The policy cannot be read, so the former one stays in force", e);
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        objection = null;
        if (!read.equals(store.get())) {
            store.replace(read);
            LOG.info("New policy: {} State Hosts are authorized", read.authorized().size());
            registry.policyChanged();
        }
    }

    @Override
    public void close() {
        registration.close();
    }
}
