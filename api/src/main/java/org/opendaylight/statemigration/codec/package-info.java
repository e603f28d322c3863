// SPDX-License-Identifier: EPL-1.0
/**
 * The one mapping between YANG and Java. Both ends of IF(M,A), and the controller's own models, translate the generated
 * bindings of the YANG modules to the records of the domain here and nowhere else. What YANG cannot check, such as
 * a flow with ends of different address families, ends in an {@link java.lang.IllegalArgumentException} with a sentence
 * that names the place.
 */
package org.opendaylight.statemigration.codec;
