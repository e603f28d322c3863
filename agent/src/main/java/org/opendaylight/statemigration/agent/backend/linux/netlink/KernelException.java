// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.backend.linux.netlink;

import java.io.IOException;

/** The kernel refused something, or did not answer. */
public final class KernelException extends IOException {
    public static final int EPERM = 1;
    public static final int ENOENT = 2;
    static final int EINTR = 4;
    static final int EAGAIN = 11;
    public static final int ENOMEM = 12;
    public static final int EBUSY = 16;
    public static final int EEXIST = 17;
    public static final int EINVAL = 22;
    public static final int EMFILE = 24;
    public static final int ENOSPC = 28;
    public static final int ERANGE = 34;
    public static final int EOPNOTSUPP = 95;
    public static final int ENOBUFS = 105;
    public static final int ESHUTDOWN = 108;

    private static final long serialVersionUID = 1L;

    private final int errno;

    /**
     * The kernel answered with an error number.
     *
     * @param what what was tried, to go after "Cannot "
     * @param errno the error number, positive
     */
    public KernelException(final String what, final int errno) {
        super("Cannot " + what + ": " + Libc.describe(errno)
            + (errno == EPERM ? "; run as root or with CAP_NET_ADMIN" : ""));
        this.errno = errno;
    }

    /**
     * Something else went wrong.
     *
     * @param message a sentence
     */
    public KernelException(final String message) {
        super(message);
        errno = 0;
    }

    /** {@return the error number; 0 if there is none} */
    public int errno() {
        return errno;
    }
}
