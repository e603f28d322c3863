// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.mdsal.topology;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.opendaylight.mdsal.binding.api.DataBroker;
import org.opendaylight.mdsal.binding.api.DataObjectDeleted;
import org.opendaylight.mdsal.binding.api.DataObjectModification.WithDataAfter;
import org.opendaylight.mdsal.binding.api.DataTreeChangeListener;
import org.opendaylight.mdsal.binding.api.DataTreeModification;
import org.opendaylight.mdsal.common.api.LogicalDatastoreType;
import org.opendaylight.statemigration.mdsal.codec.TopologyCodec;
import org.opendaylight.statemigration.mdsal.config.PolicyListener;
import org.opendaylight.statemigration.tde.watch.TopologyWatcher;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.topology.rev261123.TopologyTypes1;
import org.opendaylight.yang.gen.v1.urn.tbd.params.xml.ns.yang.network.topology.rev131021.NetworkTopology;
import org.opendaylight.yang.gen.v1.urn.tbd.params.xml.ns.yang.network.topology.rev131021.network.topology.Topology;
import org.opendaylight.yangtools.binding.DataObjectReference;
import org.opendaylight.yangtools.concepts.Registration;

/**
 * Gives each topology that is marked {@code virtual-data-center} a watcher, and tells it of changes, for which the
 * policy of that moment is put in force. Does no more than that on the datastore's thread: the topology is read when
 * the watcher decides.
 */
public final class TopologyListener implements DataTreeChangeListener<Topology>, AutoCloseable {
    private final Map<String, TopologyWatcher> watchers = new HashMap<>();
    private final DataBroker dataBroker;
    private final PolicyListener policy;
    private final Function<String, TopologyWatcher> watcherFactory;
    private Registration registration;
    private boolean closed;

    /**
     * Make a listener. It does nothing before {@link #init()}.
     *
     * @param dataBroker the datastore
     * @param policy read before a change is acted upon
     * @param watcherFactory makes a watcher for the topology with that id
     */
    public TopologyListener(final DataBroker dataBroker, final PolicyListener policy,
            final Function<String, TopologyWatcher> watcherFactory) {
        this.dataBroker = requireNonNull(dataBroker);
        this.policy = requireNonNull(policy);
        this.watcherFactory = requireNonNull(watcherFactory);
    }

    /** Begin to listen. Topologies as they are now are what later changes are compared with. */
    public synchronized void init() {
        registration = dataBroker.registerTreeChangeListener(LogicalDatastoreType.CONFIGURATION,
            DataObjectReference.builder(NetworkTopology.class).child(Topology.class).build(), this);
    }

    /** Stop to listen and give up all watchers. Decisions not yet taken are not taken. */
    @Override
    public synchronized void close() {
        closed = true;
        if (registration != null) {
            registration.close();
            registration = null;
        }
        watchers.values().forEach(TopologyWatcher::close);
        watchers.clear();
    }

    @Override
    public synchronized void onDataTreeChanged(final List<DataTreeModification<Topology>> changes) {
        if (closed) {
            return;
        }
        for (var change : changes) {
            final var id = change.path().getFirstKeyOf(Topology.class).getTopologyId().getValue();
            switch (change.getRootNode()) {
                case DataObjectDeleted<Topology> deleted -> forget(id);
                case WithDataAfter<Topology> present -> changed(id, present.dataAfter());
            }
        }
    }

    private void changed(final String id, final Topology topology) {
        if (isWatched(topology)) {
            // What comes as a change of policy may come later than this, though it was made before
            policy.refresh();
            watchers.computeIfAbsent(id, watcherFactory).changed(() -> TopologyCodec.read(topology));
        } else {
            forget(id);
        }
    }

    private void forget(final String id) {
        final var watcher = watchers.remove(id);
        if (watcher != null) {
            watcher.forget();
        }
    }

    static boolean isWatched(final Topology topology) {
        final var types = topology.getTopologyTypes();
        final var ours = types == null ? null : types.augmentation(TopologyTypes1.class);
        return ours != null && ours.getVirtualDataCenter() != null;
    }
}
