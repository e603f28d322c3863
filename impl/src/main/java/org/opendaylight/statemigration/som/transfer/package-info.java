// SPDX-License-Identifier: EPL-1.0
/**
 * Flows on their way from one State Host to another, a chunk of bounded size at a time. Whatever a State Host says is
 * checked before it is believed or handed on.
 */
package org.opendaylight.statemigration.som.transfer;
