/**
 * Protection against the death of a State Host: the flows of protected machines are copied to the master as they go, so
 * that they can be restored elsewhere, and what a dead host still has is deleted when it comes back.
 */
package org.opendaylight.statemigration.som.protection;
