// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.tde.topology;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where a VM was in all that is known from before: now-1 is number 0, the loss before that 1, and so on.
 *
 * @param stays each a number from which on, up to the next, it was in one place
 */
public record AttachmentHistory(List<Stay> stays) {
    /**
     * One place.
     *
     * @param from the newest number
     * @param edge the edge it was attached to, if any
     */
    record Stay(int from, Optional<String> edge) {
    }

    public AttachmentHistory {
        stays = List.copyOf(stays);
    }

    /** {@return the edge by one number} */
    public Optional<String> at(final int number) {
        return stays.get(index(number)).edge();
    }

    /** {@return the next number, if it was elsewhere then, else a great one} */
    public int changeAfter(final int number) {
        final int next = index(number) + 1;
        return next < stays.size() ? stays.get(next).from() : Integer.MAX_VALUE;
    }

    /** {@return where it was seen last} */
    public Optional<String> latest() {
        return stays.stream().flatMap(stay -> stay.edge().stream()).findFirst();
    }

    private int index(final int number) {
        int index = stays.size() - 1;
        while (stays.get(index).from() > number) {
            index--;
        }
        return index;
    }

    /** Collects places, newest first. */
    public static final class Builder {
        private final List<Stay> stays = new ArrayList<>();

        public Builder add(final int from, final Optional<String> edge) {
            if (stays.isEmpty() || !stays.getLast().edge().equals(edge)) {
                stays.add(new Stay(from, edge));
            }
            return this;
        }

        public AttachmentHistory build() {
            return new AttachmentHistory(stays);
        }
    }
}
