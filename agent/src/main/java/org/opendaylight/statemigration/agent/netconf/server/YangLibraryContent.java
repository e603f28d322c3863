// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.netconf.server;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.opendaylight.yang.gen.v1.urn.ietf.params.xml.ns.yang.ietf.datastores.rev180214.Operational;
import org.opendaylight.yang.gen.v1.urn.ietf.params.xml.ns.yang.ietf.datastores.rev180214.Running;
import org.opendaylight.yang.gen.v1.urn.ietf.params.xml.ns.yang.ietf.inet.types.rev130715.Uri;
import org.opendaylight.yang.gen.v1.urn.ietf.params.xml.ns.yang.ietf.yang.library.rev190104.RevisionIdentifier;
import org.opendaylight.yang.gen.v1.urn.ietf.params.xml.ns.yang.ietf.yang.library.rev190104.YangLibrary;
import org.opendaylight.yang.gen.v1.urn.ietf.params.xml.ns.yang.ietf.yang.library.rev190104.YangLibraryBuilder;
import org.opendaylight.yang.gen.v1.urn.ietf.params.xml.ns.yang.ietf.yang.library.rev190104.module.set.parameters.ModuleBuilder;
import org.opendaylight.yang.gen.v1.urn.ietf.params.xml.ns.yang.ietf.yang.library.rev190104.yang.library.parameters.DatastoreBuilder;
import org.opendaylight.yang.gen.v1.urn.ietf.params.xml.ns.yang.ietf.yang.library.rev190104.yang.library.parameters.ModuleSetBuilder;
import org.opendaylight.yang.gen.v1.urn.ietf.params.xml.ns.yang.ietf.yang.library.rev190104.yang.library.parameters.SchemaBuilder;
import org.opendaylight.yang.gen.v1.urn.ietf.params.xml.ns.yang.ietf.yang.types.rev130715.YangIdentifier;
import org.opendaylight.yangtools.binding.util.BindingMap;
import org.opendaylight.yangtools.yang.common.Revision;
import org.opendaylight.yangtools.yang.model.api.EffectiveModelContext;
import org.opendaylight.yangtools.yang.model.api.Module;

/** The YANG library (RFC 8525) of a set of modules that have neither deviations nor submodules. */
final class YangLibraryContent {
    private static final String MODULES = "agent";

    private YangLibraryContent() {
        // Hidden on purpose
    }

    /**
     * Describe modules.
     *
     * @param context the modules
     * @return their library
     */
    static YangLibrary of(final EffectiveModelContext context) {
        return new YangLibraryBuilder()
            .setModuleSet(BindingMap.of(new ModuleSetBuilder()
                .setName(MODULES)
                .setModule(context.getModules().stream()
                    .map(module -> new ModuleBuilder()
                        .setName(new YangIdentifier(module.getName()))
                        .setRevision(module.getRevision()
                            .map(revision -> new RevisionIdentifier(revision.toString())).orElse(null))
                        .setNamespace(new Uri(module.getNamespace().toString()))
                        .build())
                    .collect(BindingMap.toMap()))
                .build()))
            .setSchema(BindingMap.of(new SchemaBuilder().setName(MODULES).setModuleSet(Set.of(MODULES)).build()))
            .setDatastore(BindingMap.of(
                new DatastoreBuilder().setName(Running.VALUE).setSchema(MODULES).build(),
                new DatastoreBuilder().setName(Operational.VALUE).setSchema(MODULES).build()))
            .setContentId(contentId(context))
            .build();
    }

    /** An identifier that changes with the set of modules and with nothing else. */
    static String contentId(final EffectiveModelContext context) {
        final var names = context.getModules().stream().map(YangLibraryContent::name)
            .collect(Collectors.toCollection(TreeSet::new));
        return UUID.nameUUIDFromBytes(names.toString().getBytes(StandardCharsets.UTF_8)).toString();
    }

    private static String name(final Module module) {
        return module.getName() + module.getRevision().map(Revision::toString).orElse("");
    }
}
