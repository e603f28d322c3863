// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.agent.netconf.server;

import static java.util.Objects.requireNonNull;

import com.google.common.util.concurrent.FutureCallback;
import com.google.common.util.concurrent.Futures;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.opendaylight.netconf.transport.api.TransportChannel;
import org.opendaylight.netconf.transport.api.TransportChannelListener;
import org.opendaylight.netconf.transport.api.TransportStack;
import org.opendaylight.netconf.transport.api.UnsupportedConfigurationException;
import org.opendaylight.statemigration.agent.netconf.transport.CallHomeParameters;
import org.opendaylight.statemigration.agent.netconf.transport.SecureTransport;
import org.opendaylight.statemigration.agent.task.GuardedTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one session with one controller by calling it again and again (RFC 8071, section 3.1). A call that fails or
 * ends is followed by another one after a pause. A session in which the controller asks nothing is ended and made anew:
 * a controller may lose the session on its side without the connection having ended, and would then never ask again.
 *
 * <p>Each call has a number. All that happens to it is brought, with the number, to one thread; what comes in late
 * from an earlier call is told apart by its number.
 */
final class CallHome {
    private static final Logger LOG = LoggerFactory.getLogger(CallHome.class);
    /** Time from the beginning of a call until the controller must be authenticated, in seconds. */
    private static final long ESTABLISH_TIMEOUT = 30;
    /** A session that lasts so long, in seconds, is worth a line in the log. */
    private static final long SETTLED = 1;

    private final CallHomeParameters parameters;
    private final SecureTransport transport;
    private final NetconfSessions sessions;
    private final ScheduledExecutorService thread;
    private final RandomGenerator random = RandomGenerator.getDefault();

    private int call;
    private int failures;
    private TransportStack stack;
    private RpcHandler session;

    /**
     * Create a caller.
     *
     * @param parameters whom to call
     * @param transport over what
     * @param sessions puts sessions on channels
     * @param thread one thread
     */
    CallHome(final CallHomeParameters parameters, final SecureTransport transport, final NetconfSessions sessions,
            final ScheduledExecutorService thread) {
        this.parameters = requireNonNull(parameters);
        this.transport = requireNonNull(transport);
        this.sessions = requireNonNull(sessions);
        this.thread = requireNonNull(thread);
    }

    void start() {
        thread.execute(new GuardedTask("call home", this::dial));
    }

    private void dial() {
        final int number = ++call;
        stack = null;
        session = null;
        schedule(() -> expire(number), ESTABLISH_TIMEOUT * 1000);
        try {
            Futures.addCallback(transport.connect(parameters.controller(), new Listener(number)),
                new FutureCallback<TransportStack>() {
                    @Override
                    public void onSuccess(final TransportStack result) {
                        LOG.debug("{} has accepted the connection", parameters.controller());
                        stack(number, result);
                    }

                    @Override
                    public void onFailure(final Throwable cause) {
                        failed(number, cause);
                    }
                }, thread);
        } catch (UnsupportedConfigurationException e) {
            failed(number, e);
        }
    }

    private void stack(final int number, final TransportStack result) {
        if (number == call) {
            stack = result;
        } else {
            result.shutdown();
        }
    }

    private void expire(final int number) {
        if (number == call && session == null) {
            failed(number, new IOException("It did not authenticate within " + ESTABLISH_TIMEOUT + " seconds"));
        }
    }

    private void failed(final int number, final Throwable cause) {
        if (number != call) {
            return;
        }
        if (failures == 0) {
            LOG.warn("Cannot call home to {} over {}, trying on: {}", parameters.controller(), parameters.transport(),
                cause.getMessage());
        } else {
            LOG.debug("Cannot call home to {}", parameters.controller(), cause);
        }
        again(failures + 1);
    }

    private void established(final int number, final TransportChannel channel, final RpcHandler handler) {
        if (number != call) {
            channel.channel().close();
            return;
        }
        session = handler;
        channel.channel().closeFuture().addListener(closed -> execute(() -> ended(number)));
        schedule(() -> {
            if (number == call) {
                LOG.info("In session with {} over {}", parameters.controller(), parameters.transport());
            }
        }, SETTLED * 1000);
        watch(number, parameters.idleTimeout());
    }

    private void ended(final int number) {
        if (number == call) {
            if (session.hasRequests()) {
                LOG.info("The session with {} has ended", parameters.controller());
                again(1);
            } else {
                // Thus OpenDaylight turns down an agent that it does not know
                failed(number, new IOException("It ended the session without having asked anything; does it allow this"
                    + " agent?"));
            }
        }
    }

    private void watch(final int number, final Duration delay) {
        schedule(() -> {
            if (number == call) {
                final var left = parameters.idleTimeout().minusNanos(System.nanoTime() - session.lastRequest());
                if (left.isPositive()) {
                    watch(number, left);
                } else {
                    LOG.info("{} has asked nothing for {} seconds, calling anew", parameters.controller(),
                        parameters.idleTimeout().toSeconds());
                    again(1);
                }
            }
        }, delay.toMillis() + 1);
    }

    private void again(final int newFailures) {
        failures = newFailures;
        // From now on, everything about this call is late
        call++;
        if (stack != null) {
            stack.shutdown();
        }
        final var pause = parameters.backoff().after(failures, random);
        LOG.debug("Calling {} again in {} ms", parameters.controller(), pause.toMillis());
        schedule(this::dial, pause.toMillis());
    }

    /** End the session, if there is one, and do not call again. To be called on the thread, as the last. */
    void stop() {
        call++;
        if (stack != null) {
            stack.shutdown();
        }
    }

    private void schedule(final Runnable event, final long millis) {
        thread.schedule(new GuardedTask("follow a call home", event), millis, TimeUnit.MILLISECONDS);
    }

    private void execute(final Runnable event) {
        try {
            thread.execute(new GuardedTask("follow a call home", event));
        } catch (RejectedExecutionException e) {
            LOG.debug("Shutting down", e);
        }
    }

    /** Brings events of one call from the event loop to the thread. */
    private final class Listener implements TransportChannelListener<TransportChannel> {
        private final int number;

        Listener(final int number) {
            this.number = number;
        }

        @Override
        public void onTransportChannelEstablished(final TransportChannel channel) {
            final var handler = sessions.begin(channel);
            execute(() -> established(number, channel, handler));
        }

        @Override
        public void onTransportChannelFailed(final Throwable cause) {
            execute(() -> failed(number, cause));
        }
    }
}
