package org.aegishydra.jmh.book;

import java.util.concurrent.TimeUnit;
import org.aegishydra.core.book.LadderOrderBook;
import org.aegishydra.core.book.Market;
import org.aegishydra.core.coinbase.Decoders;
import org.aegishydra.core.coinbase.MessageKind;
import org.aegishydra.core.coinbase.ProductTable;
import org.aegishydra.jmh.journal.RecordedMarket;
import org.aegishydra.jmh.journal.ReplayedMessages;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;

/** A replay that keeps every product's full-depth book, beside two peers that keep the same books with Jackson. */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class BookBenchmark {
    /** The production way: decoded in place, checked as a whole, applied to sorted arrays. */
    @Benchmark
    public Market decodeAndBook(RecordedMarket recorded, ReplayedMessages counted) {
        final ProductTable products = new ProductTable();
        final Market market = new Market(
                products,
                Decoders.of(products),
                LadderOrderBook::new,
                (product, tradeId, price, size, side, timeNs) -> {});
        recorded.replay(
                (header, buffer, offset, length) -> {
                    if (market.decode(header, buffer, offset, length) == MessageKind.MALFORMED) {
                        throw new IllegalStateException(market.malformedReason());
                    }
                    market.apply(header);
                },
                counted);
        counted.levels += levelUpdates(market);
        return market;
    }

    /** How many levels a market's books have changed. */
    public static long levelUpdates(Market market) {
        long levels = 0;
        for (int i = 0; i < market.bookCount(); i++) {
            levels += market.book(i).levelUpdates();
        }
        return levels;
    }

    /** What is written first: a JSON tree of each message, and tree maps of decimals. */
    @Benchmark
    public TreeMapBooks jacksonTreeAndTreeMap(RecordedMarket recorded, ReplayedMessages counted) {
        final TreeMapBooks books = new TreeMapBooks();
        recorded.replay(books, counted);
        return books;
    }

    /** What Jackson can do at its best: its streaming parser, and the production book. */
    @Benchmark
    public StreamedBooks jacksonStreamingAndBook(RecordedMarket recorded, ReplayedMessages counted) {
        final StreamedBooks books = new StreamedBooks();
        recorded.replay(books, counted);
        return books;
    }
}
