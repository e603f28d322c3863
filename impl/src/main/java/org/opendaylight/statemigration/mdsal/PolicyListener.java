package org.opendaylight.statemigration.mdsal;

import static java.util.Objects.requireNonNull;

import org.opendaylight.mdsal.binding.api.DataBroker;
import org.opendaylight.mdsal.binding.api.DataListener;
import org.opendaylight.mdsal.common.api.LogicalDatastoreType;
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
        final org.opendaylight.statemigration.som.Policy read;
        try {
            read = PolicyReader.read(policy);
        } catch (IllegalArgumentException e) {
            LOG.error("The new policy cannot be used, so the former one stays in force", e);
            return;
        }
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
