// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.it.device;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.opendaylight.netconf.api.xml.XmlElement;
import org.opendaylight.netconf.test.tool.NetconfDeviceSimulator;
import org.opendaylight.netconf.test.tool.config.ConfigurationBuilder;
import org.opendaylight.netconf.test.tool.rpchandler.RpcHandler;
import org.opendaylight.yangtools.binding.meta.YangModuleInfo;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/**
 * A firewall that keeps its flows in a map. It knows neither SCTP nor address translation, and says so flow by flow. It
 * takes one chunk in a migration, and has no packets to hold.
 */
public final class ForeignDevice implements RpcHandler, AutoCloseable {
    private static final String BASE = "urn:ietf:params:xml:ns:netconf:base:1.0";
    private static final String AGENT = "urn:opendaylight:statemigration:agent";
    private static final String SCTP = "132";

    private final String hostId;
    private final NetconfDeviceSimulator server;
    private final int port;
    private final Map<String, Element> table = new LinkedHashMap<>();
    private final Map<String, Set<String>> arrivals = new HashMap<>();
    private final Map<String, Set<String>> departures = new HashMap<>();
    private final List<String> taken = new ArrayList<>();

    /**
     * Start the device on the loopback interface.
     *
     * @param hostId its identity
     * @param port its port for NETCONF over SSH; any user is let in
     */
    public ForeignDevice(final String hostId, final int port) {
        this.hostId = hostId;
        this.port = port;
        final var models = new LinkedHashSet<YangModuleInfo>();
        collect(org.opendaylight.yang.svc.v1.urn.opendaylight.statemigration.agent.rev261123.YangModuleInfoImpl
            .getInstance(), models);
        server = new NetconfDeviceSimulator(new ConfigurationBuilder().setIp("127.0.0.1").setSsh(true)
            .setDeviceCount(1).setStartingPort(port).setThreadPoolSize(2).setModels(models).setRpcMapping(this)
            .setCapabilities(Set.of("urn:ietf:params:netconf:base:1.0", "urn:ietf:params:netconf:base:1.1"))
            .build());
        server.start();
    }

    /** {@return its port} */
    public int port() {
        return port;
    }

    /** {@return the flows in its table, in canonical form} */
    public synchronized List<String> flows() {
        return table.values().stream().map(CanonicalFlow::of).toList();
    }

    /** {@return the flows that it has ever taken over, in canonical form} */
    public synchronized List<String> taken() {
        return List.copyOf(taken);
    }

    @Override
    public synchronized Optional<Document> getResponse(final XmlElement operation) {
        final var request = operation.getDomElement();
        return switch (request.getLocalName()) {
            case "get" -> Xml.text(request, "filter").isEmpty() && Xml.child(request, "filter")
                .flatMap(filter -> Xml.child(filter, "state-host")).isPresent() ? reply(profile()) : Optional.empty();
            case "get-ready" -> {
                arrivals.put(Xml.text(request, "migration-id"), new LinkedHashSet<>());
                yield answer("<hold>drop</hold><flows-per-chunk>10000</flows-per-chunk><credit>1</credit>");
            }
            case "assess" -> answer(refusals(chunk(request)));
            case "download" -> download(request);
            case "commit" -> commit(request);
            case "upload" -> upload(request);
            case "release" -> release(request);
            case "abort" -> abort(request);
            default -> Optional.empty();
        };
    }

    @Override
    public void close() {
        server.close();
    }

    private Optional<Document> download(final Element request) {
        final var migration = Xml.text(request, "migration-id");
        final var chunk = Xml.child(request, "chunk").orElseThrow();
        final var digest = CanonicalFlow.digest(migration, 1, chunk(request));
        if (!arrivals.containsKey(migration)) {
            return error("data-missing", "Migration " + migration + " is not known here");
        }
        if (!Xml.text(chunk, "sequence").equals("1") || !Xml.text(chunk, "digest").equals(digest)) {
            return error("invalid-value", "The digest is not " + digest);
        }
        int accepted = 0;
        for (var flow : chunk(request)) {
            if (refusal(flow).isEmpty()) {
                table.put(key(flow), flow);
                arrivals.get(migration).add(key(flow));
                taken.add(CanonicalFlow.of(flow));
                accepted++;
            }
        }
        return answer("<accepted>" + accepted + "</accepted>" + refusals(chunk(request)));
    }

    private Optional<Document> commit(final Element request) {
        final var keys = arrivals.get(Xml.text(request, "migration-id"));
        return keys != null && Xml.text(request, "flows").equals(Integer.toString(keys.size()))
            ? answer("<verified>" + keys.size() + "</verified>")
            : error("invalid-value", "Other flows came than the commit says");
    }

    private Optional<Document> upload(final Element request) {
        final var migration = Xml.text(request, "migration-id");
        final var addresses = Xml.children(Xml.child(request, "vm").orElseThrow(), "address").stream()
            .map(address -> address.getTextContent().strip()).toList();
        final var selected = table.values().stream().filter(flow ->
            addresses.contains(Xml.text(flow, "original", "source-address"))
                || addresses.contains(Xml.text(flow, "reply", "source-address"))).toList();
        for (int i = 0; i < selected.size(); i++) {
            Xml.child(selected.get(i), "index").orElseThrow().setTextContent(Integer.toString(i));
        }
        departures.put(migration, new LinkedHashSet<>(selected.stream().map(ForeignDevice::key).toList()));
        final var document = answer("<total-flows>" + selected.size() + "</total-flows>" + (selected.isEmpty() ? ""
            : "<chunk><sequence>1</sequence><digest>" + CanonicalFlow.digest(migration, 1, selected)
                + "</digest></chunk>")).orElseThrow();
        Xml.child(document.getDocumentElement(), "chunk").ifPresent(chunk -> selected.forEach(flow ->
            chunk.appendChild(document.importNode(flow, true))));
        return Optional.of(document);
    }

    private Optional<Document> release(final Element request) {
        final var keys = departures.get(Xml.text(request, "migration-id"));
        if (keys == null) {
            return error("data-missing", "Nothing was uploaded in this migration");
        }
        Xml.children(request, "keep").forEach(kept -> keys.remove(key(kept)));
        final int removed = remove(keys);
        return answer("<released>" + removed + "</released><gone>" + (keys.size() - removed) + "</gone>");
    }

    private Optional<Document> abort(final Element request) {
        final var migration = Xml.text(request, "migration-id");
        departures.remove(migration);
        return answer("<removed>" + remove(arrivals.remove(migration)) + "</removed>");
    }

    private int remove(final Collection<String> keys) {
        return keys == null ? 0 : (int) keys.stream().filter(key -> table.remove(key) != null).count();
    }

    /** The flows of a chunk by index, as list entries arrive in any order. */
    private static List<Element> chunk(final Element request) {
        return Xml.entries(Xml.child(request, "chunk").orElseThrow(), "flow");
    }

    /** What distinguishes a flow: all that is in these elements. */
    private static String key(final Element flow) {
        return Xml.text(flow, "protocol") + " " + Xml.children(Xml.child(flow, "original").orElseThrow()).stream()
            .map(leaf -> leaf.getLocalName() + "=" + leaf.getTextContent().strip()).sorted().toList();
    }

    private static Optional<String> refusal(final Element flow) {
        if (Xml.text(flow, "protocol").equals(SCTP)) {
            return Optional.of("unsupported-protocol");
        }
        return Xml.child(flow, "nat").filter(nat -> !Xml.children(nat).isEmpty())
            .map(nat -> "unsupported-attribute");
    }

    private static String refusals(final List<Element> flows) {
        final var answer = new StringBuilder();
        for (var flow : flows) {
            refusal(flow).ifPresent(reason -> answer.append("<refused><index>").append(Xml.text(flow, "index"))
                .append("</index><reason xmlns:t=\"urn:opendaylight:statemigration:types\">t:").append(reason)
                .append("</reason><detail>This device has no counterpart of it</detail></refused>"));
        }
        return answer.toString();
    }

    private String profile() {
        return """
            <data><state-host xmlns="%s"><profile xmlns:t="urn:opendaylight:statemigration:types">
            <host-id>%s</host-id><vendor>Another make</vendor><protocol-version>1.0</protocol-version>
            <function>t:firewall</function><role>source</role><role>destination</role>
            <representation>t:yang-list</representation>
            <flow-protocol>1</flow-protocol><flow-protocol>6</flow-protocol><flow-protocol>17</flow-protocol>
            </profile></state-host></data>""".formatted(AGENT, hostId);
    }

    /** Output of an RPC: each element of it in the namespace of the module. */
    private static Optional<Document> answer(final String output) {
        final var document = reply(output.isEmpty() ? "<ok/>" : "<output xmlns=\"" + AGENT + "\">" + output
            + "</output>").orElseThrow();
        Xml.child(document.getDocumentElement(), "output").ifPresent(wrapper -> {
            Xml.children(wrapper).forEach(document.getDocumentElement()::appendChild);
            document.getDocumentElement().removeChild(wrapper);
        });
        return Optional.of(document);
    }

    private static Optional<Document> error(final String tag, final String message) {
        return reply("<rpc-error><error-type>application</error-type><error-tag>" + tag
            + "</error-tag><error-severity>error</error-severity><error-message>" + message
            + "</error-message></rpc-error>");
    }

    private static Optional<Document> reply(final String content) {
        final var factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        try {
            return Optional.of(factory.newDocumentBuilder().parse(new InputSource(new StringReader(
                "<rpc-reply xmlns=\"" + BASE + "\">" + content + "</rpc-reply>"))));
        } catch (ParserConfigurationException | SAXException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void collect(final YangModuleInfo module, final Set<YangModuleInfo> models) {
        if (models.add(module)) {
            module.getImportedModules().forEach(imported -> collect(imported, models));
        }
    }
}
