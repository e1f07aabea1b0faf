package org.aegishydra.jmh.journal;

import java.nio.ByteOrder;
import java.util.concurrent.TimeUnit;
import org.aegishydra.core.journal.RecordHandler;
import org.aegishydra.core.journal.RecordHeader;
import org.agrona.DirectBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;

/** A journal's tail without decoding: the least that a replay can cost that looks at every byte. */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class TailBenchmark {
    /** The reference of all ratios: adds up the payloads, eight bytes at a time. */
    @Benchmark
    public long byteSummingTail(RecordedMarket market, ReplayedMessages counted) {
        final ByteSum sum = new ByteSum();
        market.replay(sum, counted);
        return sum.sum;
    }

    private static final class ByteSum implements RecordHandler {
        private long sum;

        @Override
        public void onRecord(RecordHeader header, DirectBuffer buffer, int offset, int length) {
            final int end = offset + length;
            int at = offset;
            long added = 0;
            for (; at <= end - Long.BYTES; at += Long.BYTES) {
                added += buffer.getLong(at, ByteOrder.LITTLE_ENDIAN);
            }
            for (; at < end; at++) {
                added += buffer.getByte(at);
            }
            sum += added;
        }
    }
}
