// SPDX-License-Identifier: EPL-1.0
/** Pieces of text that programs and people read: names of constants, and lists in sentences. */
package org.opendaylight.statemigration.text;
