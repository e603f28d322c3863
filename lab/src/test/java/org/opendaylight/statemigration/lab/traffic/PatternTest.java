// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.lab.traffic;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PatternTest {
    private static final int LENGTH = 200_000;

    @Test
    void whatWasSentIsRecognizedInPiecesOfAnySize() {
        final var sent = sent();
        final var expected = Pattern.start();
        for (int at = 0, size = 1; at < LENGTH; at += size, size = size * 3 + 1) {
            final var piece = Arrays.copyOfRange(sent, at, Math.min(LENGTH, at + size));
            assertTrue(expected.matches(piece, piece.length), "piece at " + at);
        }
    }

    @Test
    void changedByteIsFound() {
        final var sent = sent();
        sent[LENGTH - 1] ^= 1;
        assertFalse(Pattern.start().matches(sent, LENGTH));
    }

    @Test
    void lostByteIsFound() {
        final var sent = sent();
        System.arraycopy(sent, 1001, sent, 1000, LENGTH - 1001);
        assertFalse(Pattern.start().matches(sent, LENGTH - 1));
    }

    @Test
    void repeatedPacketIsFound() {
        final var sent = sent();
        System.arraycopy(sent, 1448, sent, 2896, 1448);
        assertFalse(Pattern.start().matches(sent, LENGTH));
    }

    private static byte[] sent() {
        final var bytes = new byte[LENGTH];
        Pattern.start().fill(bytes);
        return bytes;
    }
}
