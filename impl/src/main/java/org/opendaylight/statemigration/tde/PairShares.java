package org.opendaylight.statemigration.tde;

import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Shares out the pairs of machines whose flows have to be dealt with, so that each pair belongs to one of its two
 * machines, and few machines have any: the one with most pairs left takes all of them, then the next. Machines that
 * have moved come first. Where there is a tie the smaller edge decides, then the smaller name.
 */
final class PairShares {
    private final Map<String, Set<String>> open = new HashMap<>();
    private final TreeSet<Candidate> candidates = new TreeSet<>(Comparator.comparing(Candidate::settled)
        .thenComparing(Comparator.comparing(Candidate::pairs).reversed())
        .thenComparing(Candidate::edge)
        .thenComparing(Candidate::name));
    private final Map<String, VirtualMachine> machines;
    private final Set<String> moved;

    PairShares(final ContactScan scan, final Map<String, VirtualMachine> machines) {
        this.machines = machines;
        moved = scan.moved();
        scan.outcomes().forEach((name, peers) -> {
            final var pairs = peers.entrySet().stream().filter(peer -> isToDecide(peer.getValue()))
                .map(Map.Entry::getKey).collect(Collectors.toCollection(TreeSet::new));
            if (!pairs.isEmpty()) {
                open.put(name, pairs);
                candidates.add(candidate(name));
            }
        });
    }

    /** {@return by machine, the peers of its pairs; once only} */
    Map<VirtualMachine, Set<String>> shares() {
        final var shares = new LinkedHashMap<VirtualMachine, Set<String>>();
        while (!candidates.isEmpty()) {
            final var name = candidates.removeFirst().name();
            final var peers = open.remove(name);
            shares.put(machines.get(name), peers);
            for (var peer : peers) {
                candidates.remove(candidate(peer));
                open.get(peer).remove(name);
                if (open.get(peer).isEmpty()) {
                    open.remove(peer);
                } else {
                    candidates.add(candidate(peer));
                }
            }
        }
        return shares;
    }

    private static boolean isToDecide(final Outcome outcome) {
        return switch (outcome) {
            case Outcome.Move move -> true;
            case Outcome.Unclear unclear -> true;
            case Outcome.Severed severed -> false;
            case Outcome.Stay stay -> false;
        };
    }

    private Candidate candidate(final String name) {
        return new Candidate(!moved.contains(name), open.get(name).size(),
            machines.get(name).attachedTo().orElseThrow(), name);
    }

    private record Candidate(boolean settled, int pairs, String edge, String name) {
    }
}
