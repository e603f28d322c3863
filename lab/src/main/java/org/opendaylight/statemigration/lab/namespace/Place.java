// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.lab.namespace;

import java.io.IOException;
import java.util.List;

/** Where a process runs and where a socket is opened: this machine's own network, or a namespace of it. */
public interface Place {
    /** This machine's own network. */
    Place LOCAL = new Place() {
        @Override
        public List<String> command(final List<String> command) {
            return command;
        }

        @Override
        public <T> T call(final Task<T> task) throws IOException {
            try {
                return task.run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("Interrupted", e);
            }
        }

        @Override
        public String toString() {
            return "this machine";
        }
    };

    /**
     * The command line that runs a command in this place.
     *
     * @param command name and arguments
     * @return name and arguments
     */
    List<String> command(List<String> command);

    /**
     * Do something in this place. Sockets that it opens stay in this place, also when others use them later, and
     * so do the threads that it starts.
     *
     * @param task what to do
     * @param <T> type of the result
     * @return the result
     * @throws IOException if the task throws it, or was interrupted
     */
    <T> T call(Task<T> task) throws IOException;

    /**
     * Something to be done in a place.
     *
     * @param <T> type of the result
     */
    @FunctionalInterface
    interface Task<T> {
        /** {@return the result} */
        T run() throws IOException, InterruptedException;
    }
}
