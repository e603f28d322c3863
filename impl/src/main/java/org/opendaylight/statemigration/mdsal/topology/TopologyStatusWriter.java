// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.mdsal.topology;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import org.opendaylight.statemigration.codec.TimeCodec;
import org.opendaylight.statemigration.mdsal.operational.OperationalWriter;
import org.opendaylight.statemigration.tde.refusal.RefusalText;
import org.opendaylight.statemigration.tde.refusal.TopologyRefusal;
import org.opendaylight.statemigration.tde.watch.TopologyStatusListener;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123.TopologyChangeRefusedBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123.state.migration.RefusedChange;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123.state.migration.RefusedChangeBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123.state.migration.RefusedChangeKey;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123.state.migration.SuppressedLink;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123.state.migration.SuppressedLinkBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.master.rev261123.state.migration.SuppressedLinkKey;
import org.opendaylight.yangtools.binding.DataObjectIdentifier;

/**
 * Shows operators which changes of topology were not acted upon: list {@code refused-change} and the notification
 * {@code topology-change-refused}. Links that change too often are in list {@code suppressed-link}.
 */
public final class TopologyStatusWriter implements TopologyStatusListener {
    private final OperationalWriter writer;

    public TopologyStatusWriter(final OperationalWriter writer) {
        this.writer = requireNonNull(writer);
    }

    @Override
    public void refused(final String topologyId, final String vmName, final List<TopologyRefusal> refusals,
            final Instant at) {
        final var detail = RefusalText.of(refusals);
        final var change = new RefusedChangeBuilder()
            .setTopologyId(topologyId)
            .setVmName(vmName)
            .setDetail(detail)
            .setAt(TimeCodec.encode(at))
            .build();
        writer.put(path(topologyId, vmName), () -> change);
        writer.publish(new TopologyChangeRefusedBuilder()
            .setTopologyId(topologyId)
            .setVmName(vmName)
            .setDetail(detail)
            .build());
    }

    @Override
    public void cleared(final String topologyId, final String vmName) {
        writer.delete(path(topologyId, vmName));
    }

    @Override
    public void suppressed(final String topologyId, final String linkId, final Instant until) {
        final var key = new SuppressedLinkKey(linkId, topologyId);
        final var suppressed = new SuppressedLinkBuilder().withKey(key).setUntil(TimeCodec.encode(until)).build();
        writer.put(path(key), () -> suppressed);
    }

    @Override
    public void released(final String topologyId, final String linkId) {
        final var key = new SuppressedLinkKey(linkId, topologyId);
        writer.delete(path(key));
    }

    private static DataObjectIdentifier<SuppressedLink> path(final SuppressedLinkKey key) {
        return OperationalWriter.ROOT.toBuilder().child(SuppressedLink.class, key).build();
    }

    private static DataObjectIdentifier<RefusedChange> path(final String topologyId, final String vmName) {
        return OperationalWriter.ROOT.toBuilder()
            .child(RefusedChange.class, new RefusedChangeKey(topologyId, vmName))
            .build();
    }
}
