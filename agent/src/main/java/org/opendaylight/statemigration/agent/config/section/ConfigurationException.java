// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.config.section;

import com.typesafe.config.ConfigOrigin;

/** The configuration cannot be used. The message is one line for the operator, with file and line if there is one. */
public final class ConfigurationException extends Exception {
    private static final long serialVersionUID = 1L;

    /**
     * Without a place.
     *
     * @param message what is wrong
     * @param cause why, may be null
     */
    public ConfigurationException(final String message, final Throwable cause) {
        super(message, cause);
    }

    ConfigurationException(final ConfigOrigin origin, final String key, final String message) {
        this(origin, key, message, null);
    }

    ConfigurationException(final ConfigOrigin origin, final String key, final String message, final Throwable cause) {
        super(place(origin) + key + ": " + message, cause);
    }

    private static String place(final ConfigOrigin origin) {
        final var file = origin.filename() == null ? origin.description() : origin.filename();
        return origin.lineNumber() < 0 ? file + ": " : file + ":" + origin.lineNumber() + ": ";
    }
}
