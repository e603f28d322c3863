// SPDX-License-Identifier: EPL-1.0
/**
 * Values and rules between flows and entries of the kernel's table, without any input or output: what an entry is as
 * a flow, which bits a flow is written with, whether an entry is as a flow asks for.
 */
package org.opendaylight.statemigration.agent.backend.linux.mapping;
