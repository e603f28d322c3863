// SPDX-License-Identifier: EPL-1.0
/**
 * The assembled controller as a process, and what an operator writes to it over RESTCONF.
 */
package org.opendaylight.statemigration.it.controller;
