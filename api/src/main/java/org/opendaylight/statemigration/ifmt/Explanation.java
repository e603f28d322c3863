// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.ifmt;

/**
 * Why something is not done, as data: the type of the value is the reason, and its components are what the reason is
 * about. Each family of reasons has one class that makes the sentences.
 */
public interface Explanation {
    /** {@return the sentence that an operator reads} */
    String detail();
}
