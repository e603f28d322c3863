/**
 * Notifications from Topology Discovery Entities outside the controller (section 5 of the draft, IF(M,T) F1): which
 * virtual machine they mean, and whether they have said it before.
 */
package org.opendaylight.statemigration.som.intake;
