/**
 * The assembled controller as a process, and what an operator writes to it over RESTCONF.
 */
package org.opendaylight.statemigration.it.controller;
