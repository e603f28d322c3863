// SPDX-License-Identifier: EPL-1.0
/**
 * What JUnit needs to know of a laboratory. JUnit is only on the class path of tests.
 */
package org.opendaylight.statemigration.lab.junit;
