package org.opendaylight.statemigration.agent.backend.linux;

import java.io.IOException;

/** The kernel refused something, or did not answer. */
final class KernelException extends IOException {
    static final int EPERM = 1;
    static final int ENOENT = 2;
    static final int EINTR = 4;
    static final int EAGAIN = 11;
    static final int ENOMEM = 12;
    static final int EBUSY = 16;
    static final int EEXIST = 17;
    static final int EINVAL = 22;
    static final int EMFILE = 24;
    static final int ENOSPC = 28;
    static final int ERANGE = 34;
    static final int EOPNOTSUPP = 95;
    static final int ENOBUFS = 105;
    static final int ESHUTDOWN = 108;

    private static final long serialVersionUID = 1L;

    private final int errno;

    /**
     * The kernel answered with an error number.
     *
     * @param what what was tried, to go after "Cannot "
     * @param errno the error number, positive
     */
    KernelException(final String what, final int errno) {
        super("Cannot " + what + ": " + Libc.describe(errno)
            + (errno == EPERM ? "; run as root or with CAP_NET_ADMIN" : ""));
        this.errno = errno;
    }

    /**
     * Something else went wrong.
     *
     * @param message a sentence
     */
    KernelException(final String message) {
        super(message);
        errno = 0;
    }

    /** {@return the error number; 0 if there is none} */
    int errno() {
        return errno;
    }
}
