// SPDX-License-Identifier: EPL-1.0
/** Access to nftables by way of libnftables, and the rules there that holds do not need. */
package org.opendaylight.statemigration.agent.backend.linux.nft;
