// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.netconf.transport;

import static java.util.Objects.requireNonNull;

import com.google.common.util.concurrent.ListenableFuture;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.Set;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.opendaylight.netconf.transport.api.TransportChannel;
import org.opendaylight.netconf.transport.api.TransportChannelListener;
import org.opendaylight.netconf.transport.api.TransportStack;
import org.opendaylight.netconf.transport.api.UnsupportedConfigurationException;
import org.opendaylight.netconf.transport.ssh.SSHTransportStackFactory;
import org.opendaylight.netconf.transport.tls.FixedSslHandlerFactory;
import org.opendaylight.netconf.transport.tls.TLSServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** TLS (RFC 7589). A controller must show a trusted certificate and, if fingerprints are pinned, one of those. */
public final class TlsTransport implements SecureTransport {
    private static final Logger LOG = LoggerFactory.getLogger(TlsTransport.class);

    private final SSHTransportStackFactory stacks;
    private final FixedSslHandlerFactory handlers;
    private final Set<String> fingerprints;

    /**
     * Read keys and certificates.
     *
     * @param stacks source of connections
     * @param parameters files of keys and certificates
     * @throws GeneralSecurityException if a file does not hold what it should
     * @throws IOException if a file cannot be read
     */
    public TlsTransport(final SSHTransportStackFactory stacks, final TlsParameters parameters)
            throws GeneralSecurityException, IOException {
        this.stacks = requireNonNull(stacks);
        handlers = new FixedSslHandlerFactory(context(parameters));
        fingerprints = parameters.fingerprints();
    }

    private static SslContext context(final TlsParameters parameters) throws GeneralSecurityException, IOException {
        final var certificates = PemFiles.certificates(parameters.certificate());
        final var key = PemFiles.privateKey(parameters.privateKey(), certificates.getFirst());
        return SslContextBuilder.forServer(key, certificates.toArray(X509Certificate[]::new))
            .trustManager(PemFiles.certificates(parameters.trustedCertificates()).toArray(X509Certificate[]::new))
            .clientAuth(ClientAuth.REQUIRE)
            .protocols("TLSv1.3", "TLSv1.2")
            .build();
    }

    @Override
    public ListenableFuture<? extends TransportStack> listen(final Endpoint endpoint,
            final TransportChannelListener<TransportChannel> listener) throws UnsupportedConfigurationException {
        return TLSServer.listen(new Gate(listener), stacks.newServerBootstrap(), TcpParameters.server(endpoint),
            handlers);
    }

    @Override
    public ListenableFuture<? extends TransportStack> connect(final Endpoint endpoint,
            final TransportChannelListener<TransportChannel> listener) throws UnsupportedConfigurationException {
        return TLSServer.connect(new Gate(listener), stacks.newBootstrap(), TcpParameters.client(endpoint), handlers);
    }

    /**
     * SHA-256 fingerprint of a certificate.
     *
     * @param certificate the certificate
     * @return lower case hexadecimal
     * @throws GeneralSecurityException if the certificate cannot be encoded
     */
    public static String fingerprint(final X509Certificate certificate) throws GeneralSecurityException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
    }

    /** Between handshake and session: looks at the fingerprint. */
    private final class Gate implements TransportChannelListener<TransportChannel> {
        private final TransportChannelListener<TransportChannel> next;

        Gate(final TransportChannelListener<TransportChannel> next) {
            this.next = requireNonNull(next);
        }

        @Override
        public void onTransportChannelEstablished(final TransportChannel channel) {
            final var pipeline = channel.channel().pipeline();
            try {
                final var peer = (X509Certificate) pipeline.get(SslHandler.class).engine().getSession()
                    .getPeerCertificates()[0];
                final var fingerprint = fingerprint(peer);
                if (!fingerprints.isEmpty() && !fingerprints.contains(fingerprint)) {
                    throw new GeneralSecurityException("The certificate of " + peer.getSubjectX500Principal()
                        + " is trusted, but its fingerprint " + fingerprint + " is not among those configured");
                }
                LOG.debug("{} shows the certificate of {}", channel.channel().remoteAddress(),
                    peer.getSubjectX500Principal());
            } catch (GeneralSecurityException | SSLPeerUnverifiedException e) {
                channel.channel().close();
                next.onTransportChannelFailed(e);
                return;
            }
            next.onTransportChannelEstablished(channel);
            // The session sends its hello when the channel becomes active, which was before the handshake
            pipeline.fireChannelActive();
        }

        @Override
        public void onTransportChannelFailed(final Throwable cause) {
            next.onTransportChannelFailed(cause);
        }
    }
}
