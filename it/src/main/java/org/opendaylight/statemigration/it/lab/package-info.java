/**
 * Figure 1 of the draft as a laboratory: virtual machines, edges and firewalls are network namespaces of this machine,
 * the firewalls are the kernel's own.
 */
package org.opendaylight.statemigration.it.lab;
