// SPDX-License-Identifier: EPL-1.0
/**
 * Network namespaces of this machine, and what can be done in them. A laboratory is made of them.
 */
package org.opendaylight.statemigration.lab.namespace;
