// SPDX-License-Identifier: EPL-1.0
/**
 * The canonical flow: what a middlebox knows of one flow, in plain Java. The same words as YANG module
 * {@code statemigration-flow-state}, whose descriptions say what each means.
 */
package org.opendaylight.statemigration.flow;
