package org.aegishydra.core.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteOrder;
import org.aegishydra.core.coinbase.Side;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DecisionRecordTest {
    private static Int128 wide(long high, long low) {
        final Int128 number = new Int128();
        number.set(high, low);
        return number;
    }

    /** A record whose every field differs from every other and from 0. */
    static DecisionRecord sample() {
        return new DecisionRecord()
                .at(0x1101, -0x2202, Long.MAX_VALUE)
                .product("BTC-USD", 2, 18)
                .decision(DecisionType.REFUSAL, Side.ASK, OrderIntent.EXIT, RefusalReason.POSITION_LIMIT, -0x3303, 63)
                .numbers(-0x4404, Long.MIN_VALUE)
                .account(-0x5505, wide(-0x6606, 0x7707), wide(0x8808, -0x9909));
    }

    private static void assertSample(DecisionRecord record) {
        assertEquals(0x1101, record.marketSequence());
        assertEquals(-0x2202, record.step());
        assertEquals(Long.MAX_VALUE, record.eventTimeNs());
        assertEquals("BTC-USD", record.productId());
        assertEquals(2, record.priceScale());
        assertEquals(18, record.sizeScale());
        assertEquals(DecisionType.REFUSAL, record.type());
        assertEquals(Side.ASK, record.side());
        assertEquals(OrderIntent.EXIT, record.intent());
        assertEquals(RefusalReason.POSITION_LIMIT, record.reason());
        assertEquals(-0x3303, record.orderId());
        assertEquals(63, record.level());
        assertEquals(-0x4404, record.price());
        assertEquals(Long.MIN_VALUE, record.size());
        assertEquals(-0x5505, record.position());
        final Int128 number = new Int128();
        record.flow(number);
        assertEquals(-0x6606, number.high());
        assertEquals(0x7707, number.low());
        record.turnover(number);
        assertEquals(0x8808, number.high());
        assertEquals(-0x9909, number.low());
    }

    @Test
    void shouldGiveBackEveryField() {
        assertSample(sample());
    }

    @Test
    void shouldBeReadFromAnywhereInABuffer() {
        final UnsafeBuffer journal = new UnsafeBuffer(new byte[500]);
        journal.setMemory(0, 500, (byte) 0x5A);
        journal.putBytes(131, sample().buffer(), 0, DecisionRecord.LENGTH_BYTES);
        assertSample(new DecisionRecord().wrap(journal, 131));
    }

    @Test
    void shouldLieAtTheDocumentedOffsets() {
        final var bytes = sample().buffer();
        assertEquals(128, DecisionRecord.LENGTH_BYTES);
        final long[] longs = {0x1101, -0x2202, Long.MAX_VALUE, -0x3303, -0x4404, Long.MIN_VALUE, -0x5505};
        for (int i = 0; i < longs.length; i++) {
            assertEquals(longs[i], bytes.getLong(8 * i, ByteOrder.LITTLE_ENDIAN), "offset " + 8 * i);
        }
        assertEquals(0x7707, bytes.getLong(56, ByteOrder.LITTLE_ENDIAN));
        assertEquals(-0x6606, bytes.getLong(64, ByteOrder.LITTLE_ENDIAN));
        assertEquals(-0x9909, bytes.getLong(72, ByteOrder.LITTLE_ENDIAN));
        assertEquals(0x8808, bytes.getLong(80, ByteOrder.LITTLE_ENDIAN));
        final int[] small = {
            DecisionType.REFUSAL.ordinal(), 1, OrderIntent.EXIT.ordinal(), RefusalReason.POSITION_LIMIT.ordinal(), 2, 18
        };
        for (int i = 0; i < small.length; i++) {
            assertEquals(small[i], bytes.getByte(88 + i), "offset " + (88 + i));
        }
        assertEquals(63, bytes.getShort(94, ByteOrder.LITTLE_ENDIAN));
        assertEquals(7, bytes.getByte(96));
        assertEquals("BTC-USD", bytes.getStringWithoutLengthAscii(97, 7));
    }

    @Test
    void shouldLeaveNothingOfALongerNameBehind() {
        final DecisionRecord reused = sample().product("A-VERY-LONG-PRODUCT-NAME-USD", 2, 18);
        reused.product("BTC-USD", 2, 18);
        for (int i = 0; i < DecisionRecord.LENGTH_BYTES; i++) {
            assertEquals(sample().buffer().getByte(i), reused.buffer().getByte(i), "offset " + i);
        }
    }

    @Test
    void shouldKeepTheFirst31CharactersOfALongerName() {
        final String name = "1234567890123456789012345678901234567890";
        assertEquals(name.substring(0, 31), sample().product(name, 0, 0).productId());
    }

    @ParameterizedTest
    @EnumSource(RefusalReason.class)
    void shouldTellEveryReasonApart(RefusalReason reason) {
        for (final DecisionType type : DecisionType.values()) {
            for (final OrderIntent intent : OrderIntent.values()) {
                for (final Side side : Side.values()) {
                    final DecisionRecord record = sample().decision(type, side, intent, reason, 1, 0);
                    assertEquals(type, record.type());
                    assertEquals(side, record.side());
                    assertEquals(intent, record.intent());
                    assertEquals(reason, record.reason());
                }
            }
        }
    }
}
