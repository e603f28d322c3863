// SPDX-License-Identifier: EPL-1.0
/** SSH and TLS connections, with the keys and certificates that authenticate both ends, and their parameters. */
package org.opendaylight.statemigration.agent.netconf.transport;
