// SPDX-License-Identifier: EPL-1.0
/**
 * The life-cycle of a migration as a pure state machine: {@code (state, event) -> (state, commands)}. No clock, no
 * input or output: the master executes the commands and feeds back what comes of them.
 *
 * <p>Several legs commit or roll back as a whole. There are two barriers: nothing is committed before everything has
 * been transferred, and nothing is released before everything has been committed. Up to the second barrier a failure or
 * a cancellation undoes all legs; behind it the migration can only go forward.
 */
package org.opendaylight.statemigration.som.lifecycle;
