// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.backend.linux;

import static java.util.Objects.requireNonNull;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.opendaylight.statemigration.agent.backend.BackendCapabilities;
import org.opendaylight.statemigration.agent.backend.BackendException;
import org.opendaylight.statemigration.agent.backend.BackendFeature;
import org.opendaylight.statemigration.agent.backend.StateTable;
import org.opendaylight.statemigration.agent.backend.linux.conntrack.Conntrack;
import org.opendaylight.statemigration.agent.backend.linux.conntrack.ConntrackEvents;
import org.opendaylight.statemigration.agent.backend.linux.conntrack.Sysctls;
import org.opendaylight.statemigration.agent.backend.linux.hold.HoldRules;
import org.opendaylight.statemigration.agent.backend.linux.hold.PacketHolds;
import org.opendaylight.statemigration.agent.backend.linux.mapping.FlowSupportCheck;
import org.opendaylight.statemigration.agent.backend.linux.mapping.Zones;
import org.opendaylight.statemigration.agent.backend.linux.netlink.NetworkNamespace;
import org.opendaylight.statemigration.agent.backend.linux.nft.NatHookChain;
import org.opendaylight.statemigration.agent.backend.linux.nft.Nftables;
import org.opendaylight.statemigration.agent.backend.linux.nft.PolicyDigest;
import org.opendaylight.statemigration.agent.backend.linux.read.DumpFilterSupport;
import org.opendaylight.statemigration.agent.backend.linux.read.EntryExporter;
import org.opendaylight.statemigration.agent.backend.linux.read.EntryVerifier;
import org.opendaylight.statemigration.agent.backend.linux.read.LinuxFeed;
import org.opendaylight.statemigration.agent.backend.linux.write.EntryAssessor;
import org.opendaylight.statemigration.agent.backend.linux.write.EntryCreator;
import org.opendaylight.statemigration.agent.backend.linux.write.EntryDeleter;
import org.opendaylight.statemigration.agent.backend.linux.write.EntryUpdater;
import org.opendaylight.statemigration.agent.backend.linux.write.TcpLiberalReset;
import org.opendaylight.statemigration.flow.Flow;
import org.opendaylight.statemigration.ifma.FlowSelection;
import org.opendaylight.statemigration.ifma.Refusal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The table of connections of a Linux kernel, in one network namespace. */
public final class LinuxStateTable implements StateTable {
    private static final Logger LOG = LoggerFactory.getLogger(LinuxStateTable.class);
    private static final Set<String> OWN_TABLES = Set.of(HoldRules.TABLE, NatHookChain.TABLE);

    private final NetworkNamespace namespace;
    private final Zones zones;
    // Two, so that a long export does not keep others waiting
    private final Conntrack reader;
    private final Conntrack writer;
    private final DumpFilterSupport filters;
    private final TcpLiberalReset liberalReset;
    private final Nftables nftables;
    private final NatHookChain translation;
    private final PacketHolds holds;
    private final ConntrackEvents events;

    private LinuxStateTable(final NetworkNamespace namespace, final Zones zones, final Conntrack reader,
            final Conntrack writer, final DumpFilterSupport filters, final TcpLiberalReset liberalReset,
            final Nftables nftables, final PacketHolds holds, final ConntrackEvents events) {
        this.namespace = requireNonNull(namespace);
        this.zones = requireNonNull(zones);
        this.reader = requireNonNull(reader);
        this.writer = requireNonNull(writer);
        this.filters = requireNonNull(filters);
        this.liberalReset = requireNonNull(liberalReset);
        this.nftables = requireNonNull(nftables);
        translation = new NatHookChain(nftables);
        this.holds = requireNonNull(holds);
        this.events = requireNonNull(events);
    }

    /**
     * Open the table. Sets what it needs in {@code /proc/sys/net/netfilter} and says so in the log, finds out what the
     * kernel can do, and removes holds that a former process has left behind.
     *
     * @param options how
     * @return the table
     * @throws BackendException if this is not a Linux kernel with connection tracking, or without the right to use it
     */
    public static LinuxStateTable open(final LinuxOptions options) throws BackendException {
        return open(options, ConntrackEvents.BUFFER);
    }

    static LinuxStateTable open(final LinuxOptions options, final int eventBuffer) throws BackendException {
        final var namespace = new NetworkNamespace(options.namespace());
        final var zones = new Zones(options.zones());
        final var opened = new ArrayList<Closeable>();
        try {
            Sysctls.prepare(namespace);
            final var reader = Conntrack.open(namespace);
            opened.add(reader);
            final var writer = Conntrack.open(namespace);
            opened.add(writer);
            final var filters = DumpFilterSupport.test(writer);
            final var liberalReset = new TcpLiberalReset(Conntrack.open(namespace), zones);
            opened.add(liberalReset);
            final var nftables = Nftables.open(namespace);
            opened.add(nftables);
            return new LinuxStateTable(namespace, zones, reader, writer, filters, liberalReset, nftables,
                PacketHolds.open(namespace, nftables, options.holdOptions()),
                    new ConntrackEvents(namespace, eventBuffer));
        } catch (IOException e) {
            for (var each : opened.reversed()) {
                close(each);
            }
            throw new BackendException("This host cannot be a State Host: " + e.getMessage(), e);
        }
    }

    @Override
    public Set<BackendFeature> features() {
        final var features = EnumSet.allOf(BackendFeature.class);
        if (zones.byNetwork().isEmpty()) {
            features.remove(BackendFeature.VIRTUAL_NETWORKS);
        }
        return features;
    }

    @Override
    public BackendCapabilities capabilities() {
        return new BackendCapabilities("Linux " + release() + " nf_conntrack", FlowSupportCheck.PROTOCOLS,
            PolicyDigest.compute(nftables, namespace, OWN_TABLES));
    }

    @Override
    public Export export(final FlowSelection selection) throws BackendException {
        final int zone = zones.require(selection.vm().network());
        try {
            return new EntryExporter(selection, zone, filters).export(reader);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    @Override
    public ChangeFeed follow(final FlowSelection selection) throws BackendException {
        final var feed = new LinuxFeed(selection, zones.require(selection.vm().network()), filters, reader, events);
        try {
            events.add(feed);
            return feed;
        } catch (IOException e) {
            throw failed(e);
        }
    }

    @Override
    public List<Refusal> assess(final List<Flow> flows) throws BackendException {
        try {
            return new EntryAssessor(reader, namespace, zones).assess(flows);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    @Override
    public Creation create(final List<Flow> flows) throws BackendException {
        try {
            translation.require(flows);
            liberalReset.forget(flows);
            return new EntryCreator(writer, namespace, zones).create(flows);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    @Override
    public Creation update(final List<Change> changes) throws BackendException {
        try {
            final var flows = changes.stream().map(Change::flow).toList();
            translation.require(flows);
            liberalReset.forget(flows);
            return new EntryUpdater(writer, namespace, zones).update(changes);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    @Override
    public Verification verify(final List<Entry> entries) throws BackendException {
        try {
            return new EntryVerifier(writer, zones).verify(entries);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    @Override
    public int delete(final List<Entry> entries) throws BackendException {
        try {
            return new EntryDeleter(writer, zones).delete(entries);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    @Override
    public Hold hold(final FlowSelection selection) throws BackendException {
        try {
            return holds.hold(selection, zones.require(selection.vm().network()));
        } catch (IOException e) {
            throw new BackendException("Packets of " + selection.vm() + " cannot be held: " + e.getMessage(), e);
        }
    }

    @Override
    public void takeIntoService(final List<Entry> entries) {
        liberalReset.add(entries);
    }

    @Override
    public void close() {
        events.close();
        holds.close();
        close(nftables);
        close(liberalReset);
        close(reader);
        close(writer);
    }

    private static void close(final Closeable resource) {
        try {
            resource.close();
        } catch (IOException e) {
            LOG.warn("Cannot close {}", resource, e);
        }
    }

    private static BackendException failed(final IOException cause) {
        return new BackendException(cause.getMessage(), cause);
    }

    private static String release() {
        try {
            return Sysctls.read(Path.of("/proc/sys/kernel/osrelease"));
        } catch (IOException e) {
            LOG.debug("The release of the kernel is not known", e);
            return System.getProperty("os.version");
        }
    }
}
