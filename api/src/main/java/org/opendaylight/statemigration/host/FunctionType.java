// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.host;

/**
 * Stateful functions: the identities derived from YANG identity {@code function-type}.
 */
public enum FunctionType {
    FIREWALL,
    NAT,
    LOAD_BALANCER,
    INTRUSION_DETECTION
}
