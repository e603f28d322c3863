// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.netconf.rpc;

import java.util.ServiceLoader;
import org.opendaylight.yang.gen.v1.urn.ietf.params.xml.ns.netconf.base._1._0.rev110601.IetfNetconfData;
import org.opendaylight.yang.gen.v1.urn.ietf.params.xml.ns.yang.ietf.netconf.monitoring.rev101004.IetfNetconfMonitoringData;
import org.opendaylight.yang.gen.v1.urn.ietf.params.xml.ns.yang.ietf.yang.library.rev190104.IetfYangLibraryData;
import org.opendaylight.yang.gen.v1.urn.opendaylight.statemigration.agent.rev261123.StatemigrationAgentData;
import org.opendaylight.yangtools.binding.data.codec.impl.di.DefaultBindingDOMCodecServices;
import org.opendaylight.yangtools.binding.runtime.api.BindingRuntimeGenerator;
import org.opendaylight.yangtools.binding.runtime.api.DefaultBindingRuntimeContext;
import org.opendaylight.yangtools.binding.runtime.api.ModuleInfoSnapshot;
import org.opendaylight.yangtools.binding.runtime.spi.BindingRuntimeHelpers;
import org.opendaylight.yangtools.binding.runtime.spi.ModuleInfoSnapshotBuilder;
import org.opendaylight.yangtools.yang.model.api.EffectiveModelContext;
import org.opendaylight.yangtools.yang.model.api.stmt.ModuleEffectiveStatement;
import org.opendaylight.yangtools.yang.parser.api.YangParserException;
import org.opendaylight.yangtools.yang.parser.api.YangParserFactory;

/**
 * The YANG modules that the agent serves, and the codec between their XML and the generated classes. Parsing them takes
 * most of the start of a server, so it is done once in a process.
 */
public final class AgentSchema {
    private static final class Holder {
        static final AgentSchema INSTANCE = load();
    }

    private final ModuleInfoSnapshot snapshot;
    private final DefaultBindingDOMCodecServices codec;
    private final ModuleEffectiveStatement agentModule;

    private AgentSchema(final ModuleInfoSnapshot snapshot, final DefaultBindingDOMCodecServices codec) {
        this.snapshot = snapshot;
        this.codec = codec;
        agentModule = snapshot.modelContext().findModuleStatements("statemigration-agent").iterator().next();
    }

    public static AgentSchema get() {
        return Holder.INSTANCE;
    }

    private static AgentSchema load() {
        final ModuleInfoSnapshot snapshot;
        try {
            final var builder = new ModuleInfoSnapshotBuilder(service(YangParserFactory.class));
            for (var module : new Class<?>[] {StatemigrationAgentData.class, IetfNetconfData.class,
                IetfNetconfMonitoringData.class, IetfYangLibraryData.class}) {
                builder.add(BindingRuntimeHelpers.getYangModuleInfo(module));
            }
            snapshot = builder.build();
        } catch (YangParserException e) {
            throw new IllegalStateException("The YANG modules of this release cannot be parsed", e);
        }
        final var types = service(BindingRuntimeGenerator.class).generateTypeMapping(snapshot.modelContext());
        return new AgentSchema(snapshot,
            new DefaultBindingDOMCodecServices(new DefaultBindingRuntimeContext(types, snapshot)));
    }

    private static <T> T service(final Class<T> type) {
        return ServiceLoader.load(type).findFirst()
            .orElseThrow(() -> new IllegalStateException("No " + type.getName() + " on the class path"));
    }

    public EffectiveModelContext context() {
        return snapshot.modelContext();
    }

    public ModuleEffectiveStatement agentModule() {
        return agentModule;
    }

    public DefaultBindingDOMCodecServices codec() {
        return codec;
    }

    /** Text of the modules, for get-schema. */
    public ModuleInfoSnapshot sources() {
        return snapshot;
    }
}
