// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.lab.network;

/** Local policy of the firewalls. All always have the same, as in section 3.1 of the draft. */
public enum FirewallRules {
    /** Packets of known flows pass; new flows only from the VMs, to the services of VM3. */
    STRICT("""
        ct state established,related accept
        iifname "north" ct state new tcp dport 5001-5002 tcp flags & (fin|syn|rst|ack) == syn accept
        iifname "north" ct state new udp dport 5001 accept
        iifname "north" ct state new meta l4proto { icmp, ipv6-icmp } accept
        """),
    /** Packets of known flows pass, and no others: whatever is lost stays lost. */
    CLOSED("ct state established,related accept\n"),
    /** Everything passes, without state: what a move costs by itself. */
    OPEN("accept\n");

    private final String rules;

    FirewallRules(final String rules) {
        this.rules = rules;
    }

    /** {@return a script for {@code nft}} */
    public String script() {
        return """
            table inet rules
            delete table inet rules
            table inet rules {
              chain forward {
                type filter hook forward priority filter; policy drop;
                %s
              }
            }
            """.formatted(rules);
    }
}
