// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.it.device;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.w3c.dom.Element;

/** Reads XML. */
final class Xml {
    private Xml() {
        // Hidden on purpose
    }

    static List<Element> children(final Element parent) {
        final var found = new ArrayList<Element>();
        for (var node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element) {
                found.add(element);
            }
        }
        return found;
    }

    static List<Element> children(final Element parent, final String name) {
        return children(parent).stream().filter(child -> child.getLocalName().equals(name)).toList();
    }

    /** Entries of a list in the order of its key {@code index}: in XML they may have any order. */
    static List<Element> entries(final Element parent, final String name) {
        return children(parent, name).stream()
            .sorted(Comparator.comparingLong(entry -> Long.parseLong(text(entry, "index")))).toList();
    }

    static Optional<Element> child(final Element parent, final String name) {
        return children(parent, name).stream().findFirst();
    }

    /** The text at the end of a path of elements; empty text if there is none. */
    static String text(final Element parent, final String... path) {
        var here = Optional.of(parent);
        for (var name : path) {
            here = here.flatMap(element -> child(element, name));
        }
        return here.map(element -> element.getTextContent().strip()).orElse("");
    }
}
