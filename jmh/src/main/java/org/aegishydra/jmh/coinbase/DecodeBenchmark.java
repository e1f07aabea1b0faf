package org.aegishydra.jmh.coinbase;

import java.util.concurrent.TimeUnit;
import org.aegishydra.core.coinbase.Decoders;
import org.aegishydra.core.coinbase.MarketDataListener;
import org.aegishydra.core.coinbase.MessageDecoder;
import org.aegishydra.core.coinbase.MessageKind;
import org.aegishydra.core.coinbase.Product;
import org.aegishydra.core.coinbase.ProductTable;
import org.aegishydra.core.coinbase.Side;
import org.aegishydra.jmh.journal.RecordedMarket;
import org.aegishydra.jmh.journal.ReplayedMessages;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;

/** A replay that checks and decodes every message, and adds up the levels that it is told. */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class DecodeBenchmark {
    /** Adds up what it is told of books, so that no decoder can save itself the numbers. Used by one thread. */
    public static final class LevelSum implements MarketDataListener {
        private long levels;
        private long sum;

        @Override
        public void onLevel(Product product, Side side, long price, long size) {
            levels++;
            sum += (price ^ size) + side.ordinal();
        }

        /** How many levels there were. */
        public long levels() {
            return levels;
        }

        /** A sum over their sides, prices and sizes. */
        public long sum() {
            return sum;
        }
    }

    /** The production way: words, in the forms in which Coinbase sends them. Fails on a malformed message: the data has none. */
    @Benchmark
    public LevelSum decodeOnly(RecordedMarket market, ReplayedMessages counted) {
        final ProductTable products = new ProductTable();
        return replay(Decoders.of(products).apply(market.dialect()), market, counted);
    }

    /** The way before: book updates byte by byte. */
    @Benchmark
    public LevelSum decodeBytewise(RecordedMarket market, ReplayedMessages counted) {
        final ProductTable products = new ProductTable();
        final MessageDecoder production = Decoders.of(products).apply(market.dialect());
        return replay(new BytewiseDecoder(production, products), market, counted);
    }

    private static LevelSum replay(MessageDecoder decoder, RecordedMarket market, ReplayedMessages counted) {
        final LevelSum levels = new LevelSum();
        market.replay(
                (header, buffer, offset, length) -> {
                    if (decoder.parse(buffer, offset, length) == MessageKind.MALFORMED) {
                        throw new IllegalStateException(decoder.malformedReason());
                    }
                    decoder.deliver(levels);
                },
                counted);
        return levels;
    }
}
