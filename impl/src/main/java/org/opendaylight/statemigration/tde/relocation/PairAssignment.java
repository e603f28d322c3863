// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.tde.relocation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.opendaylight.statemigration.tde.relocation.VmGroup.Contact;

/**
 * Shares out the pairs of VMs whose flows have to be dealt with, so that each pair belongs to one of its two
 * VMs, and few VMs have any: the one with most pairs left takes all of them, then the next. VMs that
 * have moved come first. Where there is a tie the smaller edge decides, then the smaller name. The VMs of a group
 * have the same peers, so a group takes them as one.
 */
final class PairAssignment {
    private final Map<VmGroup, Integer> open = new IdentityHashMap<>();
    private final PriorityQueue<Candidate> candidates = new PriorityQueue<>(Comparator.comparing(Candidate::settled)
        .thenComparing(Comparator.comparing(Candidate::pairs).reversed())
        .thenComparing(candidate -> candidate.group().edge())
        .thenComparing(candidate -> candidate.group().name()));

    PairAssignment(final List<VmGroup> groups) {
        for (var vmGroup : groups) {
            open.put(vmGroup, vmGroup.contacts().stream().mapToInt(contact -> contact.peer().vms().size()).sum());
            candidates.add(candidate(vmGroup));
        }
    }

    /** {@return by group, the peers of its pairs; once only} */
    Map<VmGroup, List<Contact>> shares() {
        final var shares = new LinkedHashMap<VmGroup, List<Contact>>();
        while (!candidates.isEmpty()) {
            final var candidate = candidates.poll();
            final var vmGroup = candidate.group();
            if (candidate.pairs() != open.get(vmGroup)) {
                // Others have taken some of its pairs since: its turn comes later
                candidates.add(candidate(vmGroup));
            } else if (candidate.pairs() > 0) {
                final var own = new ArrayList<Contact>();
                for (var contact : vmGroup.contacts()) {
                    if (!shares.containsKey(contact.peer())) {
                        own.add(contact);
                        open.merge(contact.peer(), -vmGroup.vms().size(), Integer::sum);
                    }
                }
                shares.put(vmGroup, own);
            }
        }
        return shares;
    }

    private Candidate candidate(final VmGroup vmGroup) {
        return new Candidate(!vmGroup.hasMoved(), open.get(vmGroup), vmGroup);
    }

    private record Candidate(boolean settled, int pairs, VmGroup group) {
    }
}
