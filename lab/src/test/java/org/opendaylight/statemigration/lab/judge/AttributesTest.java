// SPDX-License-Identifier: EPL-1.0
package org.opendaylight.statemigration.lab.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

class AttributesTest {
    private static final short NESTED = (short) 0x8000;

    @Test
    void nestedAttributesAndPaddingAreRead() {
        // 12 octets nested under type 4: an octet of type 2, padded, and the header of an empty one of type 3
        final var bytes = ByteBuffer.allocate(24).order(ByteOrder.nativeOrder())
            .putShort((short) 16).putShort((short) (NESTED | 4))
            .putShort((short) 5).putShort((short) 2).put((byte) 10).put(new byte[3])
            .putShort((short) 4).putShort((short) 3)
            .putShort((short) 8).putShort((short) 12).order(ByteOrder.BIG_ENDIAN).putInt(0xfffffffe);
        final var read = new Attributes(bytes.flip());
        assertEquals(10, read.nested(4).octet(2));
        assertEquals(0, read.nested(4).octet(3 + 1));
        assertEquals(0xfffffffeL, read.networkInt(12));
        assertFalse(read.has(1));
    }

    @Test
    void lengthThatCannotBeIsRefused() {
        final var bytes = ByteBuffer.allocate(8).order(ByteOrder.nativeOrder()).putShort((short) 2);
        bytes.rewind();
        assertThrows(IllegalArgumentException.class, () -> new Attributes(bytes));
    }
}
