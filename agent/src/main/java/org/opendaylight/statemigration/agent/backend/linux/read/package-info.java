// SPDX-License-Identifier: EPL-1.0
/** Reads the entries of a selection, once or as changes of them, and the expectations of their flows. */
package org.opendaylight.statemigration.agent.backend.linux.read;
