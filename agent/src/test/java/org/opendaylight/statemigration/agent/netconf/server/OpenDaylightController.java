// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.netconf.server;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.opendaylight.mdsal.binding.api.DataBroker;
import org.opendaylight.mdsal.binding.dom.adapter.BindingAdapterFactory;
import org.opendaylight.mdsal.binding.dom.adapter.ConstantAdapterContext;
import org.opendaylight.mdsal.common.api.LogicalDatastoreType;
import org.opendaylight.mdsal.dom.api.DOMMountPoint;
import org.opendaylight.mdsal.dom.api.DOMMountPointListener;
import org.opendaylight.mdsal.dom.broker.DOMMountPointServiceImpl;
import org.opendaylight.mdsal.dom.broker.SerializedDOMDataBroker;
import org.opendaylight.mdsal.dom.spi.FixedDOMSchemaService;
import org.opendaylight.mdsal.dom.store.inmemory.InMemoryDOMDataStoreFactory;
import org.opendaylight.netconf.client.mdsal.DeviceActionFactoryImpl;
import org.opendaylight.netconf.client.mdsal.impl.DefaultBaseNetconfSchemaProvider;
import org.opendaylight.netconf.client.mdsal.impl.DefaultSchemaResourceManager;
import org.opendaylight.netconf.client.mdsal.impl.DefaultSslContextFactoryProvider;
import org.opendaylight.netconf.common.di.DefaultNetconfTimer;
import org.opendaylight.netconf.keystore.legacy.CertifiedPrivateKey;
import org.opendaylight.netconf.keystore.legacy.NetconfKeystore;
import org.opendaylight.netconf.keystore.legacy.NetconfKeystoreService;
import org.opendaylight.netconf.shaded.sshd.common.config.keys.PublicKeyEntry;
import org.opendaylight.netconf.topology.callhome.CallHomeMountService;
import org.opendaylight.netconf.topology.callhome.CallHomeMountSshAuthProvider;
import org.opendaylight.netconf.topology.callhome.CallHomeMountStatusReporter;
import org.opendaylight.netconf.topology.callhome.CallHomeMountTlsAuthProvider;
import org.opendaylight.netconf.topology.callhome.IetfZeroTouchCallHomeServerProvider;
import org.opendaylight.netconf.topology.callhome.NetconfCallHomeTlsService;
import org.opendaylight.netconf.topology.spi.NetconfTopologySchemaAssembler;
import org.opendaylight.statemigration.lab.time.Await;
import org.opendaylight.yang.gen.v1.urn.opendaylight.params.xml.ns.yang.netconf.callhome.server.rev240129.NetconfCallhomeServer;
import org.opendaylight.yang.gen.v1.urn.opendaylight.params.xml.ns.yang.netconf.callhome.server.rev240129.SshPublicKey;
import org.opendaylight.yang.gen.v1.urn.opendaylight.params.xml.ns.yang.netconf.callhome.server.rev240129.credentials.CredentialsBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.params.xml.ns.yang.netconf.callhome.server.rev240129.netconf.callhome.server.AllowedDevices;
import org.opendaylight.yang.gen.v1.urn.opendaylight.params.xml.ns.yang.netconf.callhome.server.rev240129.netconf.callhome.server.allowed.devices.Device;
import org.opendaylight.yang.gen.v1.urn.opendaylight.params.xml.ns.yang.netconf.callhome.server.rev240129.netconf.callhome.server.allowed.devices.DeviceBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.params.xml.ns.yang.netconf.callhome.server.rev240129.netconf.callhome.server.allowed.devices.DeviceKey;
import org.opendaylight.yang.gen.v1.urn.opendaylight.params.xml.ns.yang.netconf.callhome.server.rev240129.netconf.callhome.server.allowed.devices.device.Transport;
import org.opendaylight.yang.gen.v1.urn.opendaylight.params.xml.ns.yang.netconf.callhome.server.rev240129.netconf.callhome.server.allowed.devices.device.transport.SshBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.params.xml.ns.yang.netconf.callhome.server.rev240129.netconf.callhome.server.allowed.devices.device.transport.TlsBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.params.xml.ns.yang.netconf.callhome.server.rev240129.netconf.callhome.server.allowed.devices.device.transport.ssh.SshClientParamsBuilder;
import org.opendaylight.yang.gen.v1.urn.opendaylight.params.xml.ns.yang.netconf.callhome.server.rev240129.netconf.callhome.server.allowed.devices.device.transport.tls.TlsClientParamsBuilder;
import org.opendaylight.yangtools.binding.DataObjectIdentifier;
import org.opendaylight.yangtools.binding.data.codec.impl.di.DefaultBindingDOMCodecServices;
import org.opendaylight.yangtools.binding.runtime.api.BindingRuntimeContext;
import org.opendaylight.yangtools.binding.runtime.spi.BindingRuntimeHelpers;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier;
import org.opendaylight.yangtools.yang.parser.api.YangParserFactory;

/** OpenDaylight's call home server, as a controller runs it, without the controller. */
final class OpenDaylightController implements AutoCloseable {
    private static final DataObjectIdentifier<AllowedDevices> DEVICES =
        DataObjectIdentifier.builder(NetconfCallhomeServer.class).child(AllowedDevices.class).build();

    private static final class Holder {
        static final BindingRuntimeContext RUNTIME =
            BindingRuntimeHelpers.createRuntimeContext();
        static final DefaultBindingDOMCodecServices CODEC = new DefaultBindingDOMCodecServices(RUNTIME);
        static final YangParserFactory PARSERS = ServiceLoader.load(YangParserFactory.class).findFirst().orElseThrow();
    }

    private final ConcurrentHashMap<String, DOMMountPoint> mounts = new ConcurrentHashMap<>();
    private final ExecutorService commits = Executors.newSingleThreadExecutor();
    private final DefaultNetconfTimer timer = new DefaultNetconfTimer();
    private final TestKeys keys;
    private final int sshPort;
    private final int tlsPort;
    private final DataBroker broker;
    private final IetfZeroTouchCallHomeServerProvider ssh;
    private final NetconfCallHomeTlsService tls;

    OpenDaylightController(final TestKeys keys, final int sshPort, final int tlsPort) throws Exception {
        this.keys = keys;
        this.sshPort = sshPort;
        this.tlsPort = tlsPort;
        final var schema = new FixedDOMSchemaService(Holder.RUNTIME.modelContext());
        broker = new BindingAdapterFactory(new ConstantAdapterContext(Holder.CODEC)).createDataBroker(
            new SerializedDOMDataBroker(Map.of(
                LogicalDatastoreType.CONFIGURATION, InMemoryDOMDataStoreFactory.create("config", schema),
                LogicalDatastoreType.OPERATIONAL, InMemoryDOMDataStoreFactory.create("operational", schema)),
                commits));
        final var mountService = new DOMMountPointServiceImpl();
        mountService.registerProvisionListener(new DOMMountPointListener() {
            @Override
            public void onMountPointCreated(final DOMMountPoint mount) {
                mounts.put(mount.getIdentifier().getLastPathArgument().toString(), mount);
            }

            @Override
            public void onMountPointRemoved(final YangInstanceIdentifier path) {
                mounts.remove(path.getLastPathArgument().toString());
            }
        });
        final var keystore = new NetconfKeystore(Map.of("key",
            new CertifiedPrivateKey(keys.controller.key().getPrivate(), List.of(keys.controller.certificate()))),
            Map.of("agent", keys.agent.certificate()), Map.of());
        final NetconfKeystoreService keystores = consumer -> {
            consumer.accept(keystore);
            return () -> {
                // Never changes
            };
        };
        final var configuration = (CallHomeMountService.Configuration) Proxy.newProxyInstance(
            getClass().getClassLoader(), new Class<?>[] {CallHomeMountService.Configuration.class},
            (proxy, method, args) -> switch (method.getName()) {
                case "host" -> "127.0.0.1";
                case "ssh$_$port" -> sshPort;
                case "tls$_$port" -> tlsPort;
                default -> method.getDefaultValue();
            });
        final var service = new CallHomeMountService(timer, new NetconfTopologySchemaAssembler(1),
            new DefaultSchemaResourceManager(Holder.PARSERS, "target/cache", "schema"),
            new DefaultBaseNetconfSchemaProvider(Holder.PARSERS),
            broker, mountService, new DeviceActionFactoryImpl(), configuration);
        final var status = new CallHomeMountStatusReporter(broker);
        ssh = new IetfZeroTouchCallHomeServerProvider(timer, service, new CallHomeMountSshAuthProvider(broker, status),
            status, configuration);
        tls = new NetconfCallHomeTlsService(timer, service, new CallHomeMountTlsAuthProvider(
            new DefaultSslContextFactoryProvider(keystores), broker, keystores), status, configuration);
    }

    int sshPort() {
        return sshPort;
    }

    int tlsPort() {
        return tlsPort;
    }

    void allowTls(final String node) throws Exception {
        allow(node, new TlsBuilder().setTlsClientParams(new TlsClientParamsBuilder()
            .setCertificateId("agent").setKeyId("key").build()).build());
    }

    void allowSsh(final String node) throws Exception {
        final var hostKey = Base64.getDecoder().decode(
            PublicKeyEntry.toString(keys.hostKey.getPublic()).split(" ")[1]);
        allow(node, new SshBuilder().setSshClientParams(new SshClientParamsBuilder()
            .setHostKey(new SshPublicKey(hostKey))
            .setCredentials(new CredentialsBuilder().setUsername(TestKeys.USER)
                .setPasswords(Set.of(TestKeys.PASSWORD)).build())
            .build()).build());
    }

    private void allow(final String node, final Transport transport) throws Exception {
        final var transaction = broker.newWriteOnlyTransaction();
        transaction.mergeParentStructurePut(LogicalDatastoreType.CONFIGURATION,
            DEVICES.toBuilder().child(Device.class, new DeviceKey(node)).build(),
            new DeviceBuilder().setUniqueId(node).setTransport(transport).build());
        transaction.commit().get();
    }

    DOMMountPoint awaitMount(final String node) throws IOException, InterruptedException {
        return Await.present(node + " is mounted", () -> mounts.entrySet().stream()
            .filter(mount -> mount.getKey().contains(node)).map(Map.Entry::getValue).findFirst());
    }

    @Override
    public void close() throws Exception {
        ssh.close();
        tls.close();
        timer.close();
        commits.shutdown();
    }
}
