// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.som.worker;

/** Throws what a task is not expected to throw. */
final class SneakyThrow {
    private SneakyThrow() {
        // Hidden on purpose
    }

    static void of(final Throwable failure) {
        switch (failure) {
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            default -> throw new IllegalArgumentException("Neither unchecked nor an error", failure);
        }
    }
}
