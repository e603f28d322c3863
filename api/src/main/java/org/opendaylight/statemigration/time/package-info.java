// SPDX-License-Identifier: EPL-1.0
/** How long to wait, as plain values: nothing here reads a clock or sleeps. */
package org.opendaylight.statemigration.time;
