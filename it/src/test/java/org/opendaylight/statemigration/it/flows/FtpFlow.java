// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.it.flows;

import java.io.IOException;

/** A control connection of FTP, which announces a data connection that is opened later. */
final class FtpFlow implements TestFlow {
    private static final int PORT = 21;

    private final FlowEnds ends;
    private final TcpFlow control;
    private final boolean active;
    private int announced;

    private FtpFlow(final FlowEnds ends, final TcpFlow control, final boolean active) {
        this.ends = ends;
        this.control = control;
        this.active = active;
    }

    /** Log in. Where it is active the server will open data connections, else the client will. */
    static FtpFlow logIn(final FlowEnds ends, final boolean active) throws IOException {
        final var flow = new FtpFlow(ends, TcpFlow.open(ends, PORT), active);
        flow.control.down("220 at your service\r\n");
        flow.control.up("USER anonymous\r\n");
        flow.control.down("230 welcome\r\n");
        return flow;
    }

    /** Announce a data connection; in IPv6 in the extended way (RFC 2428). */
    void announce(final int port) throws IOException {
        final var numbers = "%d,%d".formatted(port / 256, port % 256);
        final var host = (active ? ends.from() : ends.to()).getHostAddress();
        if (active) {
            control.up(ends.isV6() ? "EPRT |2|%s|%d|\r\n".formatted(host, port)
                : "PORT %s,%s\r\n".formatted(host.replace('.', ','), numbers));
            control.down("200 fine\r\n");
        } else {
            control.up(ends.isV6() ? "EPSV\r\n" : "PASV\r\n");
            control.down(ends.isV6() ? "229 Entering Extended Passive Mode (|||%d|)\r\n".formatted(port)
                : "227 Entering Passive Mode (%s,%s)\r\n".formatted(host.replace('.', ','), numbers));
        }
        announced = port;
    }

    /** Open the data connection that was announced, and use it. */
    TcpFlow data() throws IOException {
        return TcpFlow.open(active ? new FlowEnds(ends.answerer(), ends.to(), ends.opener(), ends.from()) : ends,
            announced);
    }

    @Override
    public void goOn() throws IOException {
        control.up("NOOP\r\n");
        control.down("200 still here\r\n");
    }

    @Override
    public void end() throws IOException {
        control.end();
    }

    @Override
    public void close() throws IOException {
        control.close();
    }
}
