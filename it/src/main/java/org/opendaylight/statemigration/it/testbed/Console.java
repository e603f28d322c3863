// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.it.testbed;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;

/** A short console of what happens, for the person in front of the screen. */
public final class Console {
    private final PrintStream out;

    private Console(final PrintStream out) {
        this.out = out;
    }

    /** {@return an console on standard output} */
    @SuppressWarnings("checkstyle:regexpSinglelineJava")
    public static Console onConsole() {
        return new Console(System.out);
    }

    /**
     * A heading.
     *
     * @param text the text
     */
    public void heading(final String text) {
        out.println();
        out.println(text);
        out.println("-".repeat(text.length()));
    }

    /**
     * One or more lines.
     *
     * @param text the text
     */
    public void say(final String text) {
        text.lines().forEach(line -> out.println("  " + line));
    }

    /**
     * Do something that takes a while: says what, shows a dot for each second, says how long it took.
     *
     * @param what what is done
     * @param work how
     * @throws IOException what the work throws
     * @throws InterruptedException if interrupted
     */
    public void step(final String what, final Work work) throws IOException, InterruptedException {
        out.print("  " + what + " ");
        out.flush();
        final var done = new AtomicBoolean();
        final var dots = Thread.ofVirtual().start(() -> {
            try {
                while (!done.get()) {
                    Thread.sleep(1_000);
                    out.print(".");
                    out.flush();
                }
            } catch (InterruptedException e) {
                // the step is done
            }
        });
        final var begin = Instant.now();
        try {
            work.run();
            done.set(true);
            out.printf(" %.1f s%n", Duration.between(begin, Instant.now()).toMillis() / 1000.0);
        } finally {
            done.set(true);
            dots.interrupt();
        }
    }

    /** Something that takes a while. */
    @FunctionalInterface
    public interface Work {
        /** Do it. */
        void run() throws IOException, InterruptedException;
    }
}
