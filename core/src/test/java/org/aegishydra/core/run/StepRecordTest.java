package org.aegishydra.core.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteOrder;
import java.util.List;
import org.aegishydra.core.latency.LatencyTrace;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class StepRecordTest {
    private static StepRecord sample() {
        return new StepRecord()
                .at(101, 202, 303)
                .product("ETH-USD", 3, 9)
                .top(404, 505, 606, 707)
                .state(-0.125, -808, 99.75)
                .operations(StepOperation.CSV_FLUSH.bit() | StepOperation.STATUS_LINE.bit());
    }

    private static void assertSample(StepRecord record) {
        assertEquals(101, record.marketSequence());
        assertEquals(202, record.step());
        assertEquals(303, record.eventTimeNs());
        assertEquals("ETH-USD", record.productId());
        assertEquals(3, record.priceScale());
        assertEquals(9, record.sizeScale());
        assertEquals(404, record.bestBid());
        assertEquals(505, record.bestBidSize());
        assertEquals(606, record.bestAsk());
        assertEquals(707, record.bestAskSize());
        assertEquals(-0.125, record.signal());
        assertEquals(-808, record.position());
        assertEquals(99.75, record.capital());
        assertEquals(List.of("csv_flush", "status_line"), StepOperation.names(record.operations()));
    }

    private static LatencyTrace trace(long receivedNs) {
        final LatencyTrace trace = new LatencyTrace();
        trace.begin(receivedNs);
        trace.decoded();
        trace.booked();
        trace.strategyEnded();
        trace.decided();
        trace.followed();
        return trace;
    }

    private static void assertTimes(LatencyTrace trace, StepRecord record) {
        assertEquals(trace.receiveToDecisionNs(), record.receiveToDecisionNs());
        assertEquals(trace.totalNs(), record.totalNs());
        assertEquals(trace.decodeNs(), record.decodeNs());
        assertEquals(trace.bookNs(), record.bookNs());
        assertEquals(trace.strategyNs(), record.strategyNs());
        assertEquals(trace.orderNs(), record.orderNs());
    }

    @Test
    void shouldGiveBackEveryField() {
        final LatencyTrace trace = trace(System.nanoTime() - 1_000_000);
        final StepRecord record = sample().times(trace);
        assertSample(record);
        assertTimes(trace, record);
        assertTrue(record.receiveToDecisionNs() >= 1_000_000);
    }

    @Test
    void shouldSayThatTheTimeOfReceptionIsUnknown() {
        assertEquals(-1, sample().times(trace(0)).receiveToDecisionNs());
    }

    @Test
    void shouldBeReadFromAnywhereInABufferAndCopied() {
        final LatencyTrace trace = trace(0);
        final UnsafeBuffer journal = new UnsafeBuffer(new byte[500]);
        journal.setMemory(0, 500, (byte) 0x5A);
        journal.putBytes(77, sample().times(trace).buffer(), 0, StepRecord.LENGTH_BYTES);
        final StepRecord read = new StepRecord().wrap(journal, 77);
        assertSample(read);
        final StepRecord copy = new StepRecord().copyOf(read);
        journal.setMemory(0, 500, (byte) 0);
        assertSample(copy);
        assertTimes(trace, copy);
    }

    @Test
    void shouldLieAtTheDocumentedOffsets() {
        final LatencyTrace trace = trace(1);
        final var bytes = sample().times(trace).buffer();
        assertEquals(176, StepRecord.LENGTH_BYTES);
        final long[] longs = {
            101,
            202,
            303,
            trace.receiveToDecisionNs(),
            trace.totalNs(),
            trace.decodeNs(),
            trace.bookNs(),
            trace.strategyNs(),
            trace.orderNs(),
            404,
            505,
            606,
            707,
            -808
        };
        for (int i = 0; i < longs.length; i++) {
            assertEquals(longs[i], bytes.getLong(8 * i, ByteOrder.LITTLE_ENDIAN), "offset " + 8 * i);
        }
        assertEquals(-0.125, bytes.getDouble(112, ByteOrder.LITTLE_ENDIAN));
        assertEquals(99.75, bytes.getDouble(120, ByteOrder.LITTLE_ENDIAN));
        assertEquals(sample().operations(), bytes.getLong(128, ByteOrder.LITTLE_ENDIAN));
        assertEquals(3, bytes.getByte(136));
        assertEquals(9, bytes.getByte(137));
        assertEquals(7, bytes.getByte(144));
        assertEquals("ETH-USD", bytes.getStringWithoutLengthAscii(145, 7));
    }

    @Test
    void shouldNameEveryOperationAsTheSpikeLineDoes() {
        long all = 0;
        for (final StepOperation operation : StepOperation.values()) {
            all |= operation.bit();
        }
        assertEquals(
                List.of("json_dump", "gc_collect", "csv_flush", "trade_write", "heap_cleanup", "status_line"),
                StepOperation.names(all));
        assertEquals(List.of(), StepOperation.names(0));
    }
}
