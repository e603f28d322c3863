// SPDX-License-Identifier: EPL-1.0
/**
 * When changes of a topology are acted upon: waits until they are quiet, damps links that flap, follows announced
 * moves, and notifies the State Orchestration Master over IF(M,T).
 */
package org.opendaylight.statemigration.tde.watch;
