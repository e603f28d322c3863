// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.tde.refusal;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.SortedSet;
import org.opendaylight.statemigration.host.FunctionType;
import org.opendaylight.statemigration.host.StateHostId;

/** Why it cannot be told where the state of the flows between two VMs is, or where it has to go. */
public sealed interface UnclearFlows {
    /** Which of two paths. */
    enum Path { OLD, NEW }

    /**
     * The peer has no address.
     *
     * @param peer id of its node
     */
    record PeerWithoutAddress(String peer) implements UnclearFlows {
        public PeerWithoutAddress {
            requireNonNull(peer);
        }
    }

    /**
     * A State Host on one of the paths is not shown consistently.
     *
     * @param causes what is inconsistent
     */
    record InconsistentStateHost(List<TopologyInconsistency> causes) implements UnclearFlows {
        public InconsistentStateHost {
            causes = List.copyOf(causes);
        }
    }

    /**
     * A path passes too many functions.
     *
     * @param path which one
     * @param count how many functions
     * @param limit how many there may be
     */
    record TooManyFunctions(Path path, int count, int limit) implements UnclearFlows {
        public TooManyFunctions {
            requireNonNull(path);
        }
    }

    /**
     * Several State Hosts perform a function, and it is not clear which takes over from which.
     *
     * @param function the function
     * @param left State Hosts on the old path only, in order
     * @param arrived State Hosts on the new path only, in order
     * @param cause why it is not clear
     */
    record AmbiguousFunction(FunctionType function, List<StateHostId> left, List<StateHostId> arrived, Cause cause)
            implements UnclearFlows {
        public AmbiguousFunction {
            requireNonNull(function);
            left = List.copyOf(left);
            arrived = List.copyOf(arrived);
            requireNonNull(cause);
        }

        /** Why it is not clear. */
        public enum Cause {
            /** There are not as many on both paths. */
            COUNT,
            /** The way back does not pass them in the opposite order. */
            WAY_BACK,
            /** What else is passed is not in the same order on both paths. */
            ORDER
        }
    }

    /**
     * No function has a counterpart.
     *
     * @param functions the functions, at least one
     */
    record NoCounterpart(List<Function> functions) implements UnclearFlows {
        public NoCounterpart {
            functions = List.copyOf(functions);
        }

        /**
         * A function without a counterpart.
         *
         * @param function the function
         * @param path the path on which it is
         * @param hosts State Hosts that perform it there, in order
         */
        public record Function(FunctionType function, Path path, List<StateHostId> hosts) {
            public Function {
                requireNonNull(function);
                requireNonNull(path);
                hosts = List.copyOf(hosts);
            }
        }
    }

    /**
     * Functions that one State Host performs on one path are performed by two on the other.
     *
     * @param host the State Host that performs them alone
     * @param others the two others, in order
     * @param path the path that has two
     */
    record SplitFunctions(StateHostId host, List<StateHostId> others, Path path) implements UnclearFlows {
        public SplitFunctions {
            requireNonNull(host);
            others = List.copyOf(others);
            requireNonNull(path);
        }
    }

    /** It is no longer remembered where the state is. */
    record Forgotten() implements UnclearFlows {
    }

    /**
     * It is not clear which path the flows take, or took before the change.
     *
     * @param path the new path, or the old one, so that it is not known where the state is
     * @param cause how that comes
     * @param from edge at one end
     * @param to edge at the other end
     * @param one State Hosts on one path; from the smaller edge to the greater, where directions differ
     * @param other State Hosts on another
     */
    record AmbiguousPath(Path path, Cause cause, String from, String to, SortedSet<StateHostId> one,
            SortedSet<StateHostId> other) implements UnclearFlows {
        public AmbiguousPath {
            requireNonNull(path);
            requireNonNull(cause);
            requireNonNull(from);
            requireNonNull(to);
            requireNonNull(one);
            requireNonNull(other);
        }

        /** Why a path is ambiguous. */
        public enum Cause {
            /** Paths of equal cost pass different State Hosts. */
            EQUAL_COST,
            /** The two directions pass different State Hosts. */
            ASYMMETRIC
        }
    }

    /**
     * A path passes more State Hosts than are looked at.
     *
     * @param path the new path, or the old one, so that it is not known where the state is
     * @param from edge at one end
     * @param to edge at the other end
     * @param limit how many are looked at
     */
    record PathTooLong(Path path, String from, String to, int limit) implements UnclearFlows {
        public PathTooLong {
            requireNonNull(path);
            requireNonNull(from);
            requireNonNull(to);
        }
    }
}
