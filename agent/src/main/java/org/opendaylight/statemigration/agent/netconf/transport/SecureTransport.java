// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.netconf.transport;

import com.google.common.util.concurrent.ListenableFuture;
import org.opendaylight.netconf.transport.api.TransportChannel;
import org.opendaylight.netconf.transport.api.TransportChannelListener;
import org.opendaylight.netconf.transport.api.TransportStack;
import org.opendaylight.netconf.transport.api.UnsupportedConfigurationException;

/** A transport that authenticates both sides. The agent is the server on it, whoever opens the connection. */
public interface SecureTransport {
    /**
     * Wait for controllers.
     *
     * @param endpoint where
     * @param listener told of each channel whose other end is authenticated
     * @return completes when connections are accepted
     * @throws UnsupportedConfigurationException if that cannot be
     */
    ListenableFuture<? extends TransportStack> listen(Endpoint endpoint,
        TransportChannelListener<TransportChannel> listener) throws UnsupportedConfigurationException;

    /**
     * Call a controller.
     *
     * @param endpoint where it listens
     * @param listener told of the channel once the controller is authenticated, or that it never will be
     * @return completes when there is a TCP connection
     * @throws UnsupportedConfigurationException if that cannot be
     */
    ListenableFuture<? extends TransportStack> connect(Endpoint endpoint,
        TransportChannelListener<TransportChannel> listener) throws UnsupportedConfigurationException;
}
