// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.mdsal.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.opendaylight.mdsal.binding.api.DataBroker;
import org.opendaylight.mdsal.binding.testutils.DataBrokerTestModule;
import org.opendaylight.mdsal.common.api.LogicalDatastoreType;
import org.opendaylight.statemigration.mdsal.rpc.RpcExecutor;
import org.opendaylight.statemigration.som.RecordingListener;
import org.opendaylight.statemigration.som.policy.Policy;
import org.opendaylight.statemigration.som.registry.StateHostRegistry;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123.StateMigration;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123.state.migration.PolicyBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123.state.migration.policy.LimitsBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123.state.migration.policy.TimersBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123.state.migration.policy.timers.DampeningBuilder;
import org.opendaylight.yangtools.binding.DataObjectIdentifier;
import org.opendaylight.yangtools.yang.common.Uint16;
import org.opendaylight.yangtools.yang.common.Uint32;

/** A listener that is never told anything, as if it were to be told too late. */
class PolicyListenerTest {
    private static final DataObjectIdentifier<
        org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123.state.migration.Policy> PATH =
            DataObjectIdentifier.builder(StateMigration.class).child(
                org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123.state.migration
                    .Policy.class).build();

    private final DataBroker broker = new DataBrokerTestModule(true).getDataBroker();
    private final PolicyStore store = new PolicyStore();
    private final StateHostRegistry registry = new StateHostRegistry(store, new RecordingListener());
    private final PolicyListener listener = new PolicyListener(broker, store, registry);

    @AfterEach
    void close() {
        registry.close();
    }

    @Test
    void requestIsAnsweredByThePolicyThatIsThereWhenItComes() throws Exception {
        put(new PolicyBuilder().setLimits(new LimitsBuilder().setConcurrentMigrations(Uint16.TWO).build()));
        assertEquals(Policy.DEFAULT, store.get());
        final var executor = new RpcExecutor(listener);
        assertEquals(2, executor.answer("test", () -> store.get().limits().concurrent()).get().getResult());
        delete();
        assertEquals(Policy.DEFAULT, executor.answer("test", store::get).get().getResult());
        executor.close();
    }

    @Test
    void whatComesAsAChangeMayBeOldAlready() throws Exception {
        put(new PolicyBuilder().setLimits(new LimitsBuilder().setConcurrentMigrations(Uint16.TWO).build()));
        listener.dataChangedTo(null);
        assertEquals(2, store.get().limits().concurrent());
    }

    @Test
    void policyThatContradictsItselfLeavesTheFormerOneInForce() throws Exception {
        put(new PolicyBuilder().setLimits(new LimitsBuilder().setConcurrentMigrations(Uint16.TWO).build()));
        listener.refresh();
        put(new PolicyBuilder().setTimers(new TimersBuilder().setDampening(new DampeningBuilder()
            .setSuppress(Uint32.TWO).setReuse(Uint32.TEN).build()).build()));
        final var executor = new RpcExecutor(listener);
        assertTrue(executor.answer("test", () -> "done").get().isSuccessful());
        assertEquals(2, store.get().limits().concurrent());
        executor.close();
    }

    private void put(final PolicyBuilder policy) throws Exception {
        final var tx = broker.newWriteOnlyTransaction();
        tx.put(LogicalDatastoreType.CONFIGURATION, PATH, policy.build());
        tx.commit().get();
    }

    private void delete() throws Exception {
        final var tx = broker.newWriteOnlyTransaction();
        tx.delete(LogicalDatastoreType.CONFIGURATION, PATH);
        tx.commit().get();
    }
}
