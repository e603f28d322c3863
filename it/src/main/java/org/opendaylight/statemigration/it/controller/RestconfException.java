// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.it.controller;

import java.io.IOException;

/** The controller answered a request with an error. */
public final class RestconfException extends IOException {
    private static final long serialVersionUID = 1L;

    private final int status;

    RestconfException(final String request, final int status, final String body) {
        super(request + " was answered with status " + status + ": " + body.replaceAll("\\s+", " "));
        this.status = status;
    }

    /** {@return the HTTP status code} */
    public int status() {
        return status;
    }
}
