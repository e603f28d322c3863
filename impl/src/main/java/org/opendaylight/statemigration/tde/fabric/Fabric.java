// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.tde.fabric;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What of a topology decides about paths. VMs are not in it, because none is ever transit. Immutable, but
 * remembers some of the paths that were computed in it.
 */
public final class Fabric {
    private final Set<String> edges;
    private final Map<String, StateHost> hosts;
    private final Set<String> devices;
    private final List<Link> links;
    private PathTable paths;

    /**
     * A fabric.
     *
     * @param edges nodes that are network virtualization edges
     * @param hosts State Hosts by node
     * @param devices all other nodes
     * @param links links between these that carry traffic, in the order of their ids
     */
    public Fabric(final Set<String> edges, final Map<String, StateHost> hosts, final Set<String> devices,
            final List<Link> links) {
        this.edges = Set.copyOf(edges);
        this.hosts = Map.copyOf(hosts);
        this.devices = Set.copyOf(devices);
        this.links = List.copyOf(links);
    }

    public Set<String> edges() {
        return edges;
    }

    public Map<String, StateHost> hosts() {
        return hosts;
    }

    public Set<String> devices() {
        return devices;
    }

    public List<Link> links() {
        return links;
    }

    public synchronized PathTable paths() {
        if (paths == null) {
            paths = new PathTable(new ForwardingGraph(this));
        }
        return paths;
    }

    @Override
    public boolean equals(final Object obj) {
        return this == obj || obj instanceof Fabric other && links.equals(other.links) && hosts.equals(other.hosts)
            && edges.equals(other.edges) && devices.equals(other.devices);
    }

    @Override
    public int hashCode() {
        return links.hashCode();
    }
}
