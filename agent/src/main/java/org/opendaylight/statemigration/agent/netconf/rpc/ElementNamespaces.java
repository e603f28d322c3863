// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.netconf.rpc;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.Iterator;
import javax.xml.XMLConstants;
import javax.xml.namespace.NamespaceContext;
import org.w3c.dom.Element;

/** Namespaces in scope at an element, for values with prefixes. */
final class ElementNamespaces implements NamespaceContext {
    private final Element element;

    ElementNamespaces(final Element element) {
        this.element = requireNonNull(element);
    }

    @Override
    public String getNamespaceURI(final String prefix) {
        final var uri = element.lookupNamespaceURI(prefix.isEmpty() ? null : prefix);
        return uri == null ? XMLConstants.NULL_NS_URI : uri;
    }

    @Override
    public String getPrefix(final String namespaceURI) {
        return element.lookupPrefix(namespaceURI);
    }

    @Override
    public Iterator<String> getPrefixes(final String namespaceURI) {
        final var prefix = getPrefix(namespaceURI);
        return prefix == null ? Collections.emptyIterator() : Collections.singleton(prefix).iterator();
    }
}
