package org.opendaylight.statemigration.flow;

import java.util.Locale;

/** Names of enumeration constants in YANG: lower case, hyphens. */
final class YangNames {
    private YangNames() {
        // Hidden on purpose
    }

    static String of(final Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
