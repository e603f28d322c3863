// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.netconf.transport;

import static java.util.Objects.requireNonNull;

import com.google.common.util.concurrent.ListenableFuture;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Optional;
import org.opendaylight.netconf.api.TransportConstants;
import org.opendaylight.netconf.shaded.sshd.common.keyprovider.FileKeyPairProvider;
import org.opendaylight.netconf.shaded.sshd.server.ServerFactoryManager;
import org.opendaylight.netconf.shaded.sshd.server.auth.UserAuthFactory;
import org.opendaylight.netconf.shaded.sshd.server.auth.password.UserAuthPasswordFactory;
import org.opendaylight.netconf.shaded.sshd.server.auth.pubkey.UserAuthPublicKeyFactory;
import org.opendaylight.netconf.shaded.sshd.server.config.keys.AuthorizedKeysAuthenticator;
import org.opendaylight.netconf.transport.api.TransportChannel;
import org.opendaylight.netconf.transport.api.TransportChannelListener;
import org.opendaylight.netconf.transport.api.TransportStack;
import org.opendaylight.netconf.transport.api.UnsupportedConfigurationException;
import org.opendaylight.netconf.transport.ssh.SSHTransportStackFactory;

/** SSH (RFC 6242). Who may log in is decided here, as the name of the user does not reach the session. */
public final class SshTransport implements SecureTransport {
    private final SSHTransportStackFactory stacks;
    private final SshParameters parameters;
    private final FileKeyPairProvider hostKeys;

    /**
     * Read the host key.
     *
     * @param stacks source of connections
     * @param parameters keys and user
     * @throws GeneralSecurityException if the host key is not one
     * @throws IOException if it cannot be read
     */
    public SshTransport(final SSHTransportStackFactory stacks, final SshParameters parameters)
            throws GeneralSecurityException, IOException {
        this.stacks = requireNonNull(stacks);
        this.parameters = requireNonNull(parameters);
        hostKeys = new FileKeyPairProvider(parameters.hostKey());
        // Otherwise a bad key is found out by the first controller
        if (!hostKeys.loadKeys(null).iterator().hasNext()) {
            throw new GeneralSecurityException("There is no private key in " + parameters.hostKey());
        }
    }

    @Override
    public ListenableFuture<? extends TransportStack> listen(final Endpoint endpoint,
            final TransportChannelListener<TransportChannel> listener) throws UnsupportedConfigurationException {
        return stacks.listenServer(TransportConstants.SSH_SUBSYSTEM, listener, TcpParameters.server(endpoint), null,
            this::configure);
    }

    @Override
    public ListenableFuture<? extends TransportStack> connect(final Endpoint endpoint,
            final TransportChannelListener<TransportChannel> listener) throws UnsupportedConfigurationException {
        return stacks.connectServer(TransportConstants.SSH_SUBSYSTEM, listener, TcpParameters.client(endpoint), null,
            this::configure);
    }

    private void configure(final ServerFactoryManager manager) {
        manager.setKeyPairProvider(hostKeys);
        final var methods = new ArrayList<UserAuthFactory>();
        final Optional<AuthorizedKeysAuthenticator> keys =
            parameters.authorizedKeys().map(AuthorizedKeysAuthenticator::new);
        if (keys.isPresent()) {
            final var publicKey = new UserAuthPublicKeyFactory();
            publicKey.setSignatureFactories(manager.getSignatureFactories());
            methods.add(publicKey);
            manager.setPublickeyAuthenticator((user, key, session) -> isUser(user)
                && keys.orElseThrow().authenticate(user, key, session));
        }
        if (parameters.passwordHash().isPresent()) {
            methods.add(new UserAuthPasswordFactory());
            manager.setPasswordAuthenticator((user, password, session) -> {
                // Computed for a wrong user too, so that both take equally long
                final var isPassword = CryptHash.matches(parameters.passwordHash().orElseThrow(), password);
                return isUser(user) && isPassword;
            });
        }
        manager.setUserAuthFactories(methods);
    }

    private boolean isUser(final String user) {
        return parameters.user().equals(user);
    }
}
