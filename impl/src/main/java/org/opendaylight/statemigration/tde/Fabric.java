package org.opendaylight.statemigration.tde;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What of a topology decides about paths. Virtual machines are not in it, because none is ever transit.
 *
 * @param edges nodes that are network virtualization edges
 * @param hosts State Hosts by node
 * @param devices all other nodes
 * @param links links between these that are up, in the order of their ids
 */
record Fabric(Set<String> edges, Map<String, StateHost> hosts, Set<String> devices, List<Link> links) {
    Fabric {
        edges = Set.copyOf(edges);
        hosts = Map.copyOf(hosts);
        devices = Set.copyOf(devices);
        links = List.copyOf(links);
    }
}
