// SPDX-License-Identifier: EPL-1.0
/**
 * The threads of the State Orchestration Master: pools of fixed size with a name, mailboxes that handle one event after
 * the other on the threads of a pool, and one thread that hands tasks over when their time has come. Nobody else in
 * {@code som} starts a thread.
 *
 * <p>The threads are platform threads. Virtual threads share as many carriers as there are processors; one that loads a
 * class or is in a native call holds its carrier while it waits, and the datastore of OpenDaylight, whose journal is
 * written by a virtual thread, then ends no transaction any more. So a task does not wait on its thread for an event or
 * a time: it returns, and is run again when the event has come.
 */
package org.opendaylight.statemigration.som.worker;
