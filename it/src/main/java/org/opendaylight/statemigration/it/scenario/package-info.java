// SPDX-License-Identifier: EPL-1.0
/**
 * What is played in the laboratory: scenario 1 of the draft, as a demonstration, as a measurement and for the tests.
 */
package org.opendaylight.statemigration.it.scenario;
