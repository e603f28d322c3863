// SPDX-License-Identifier: EPL-1.0
/**
 * The RPCs of YANG module {@code statemigration-master}.
 */
package org.opendaylight.statemigration.mdsal.rpc;
