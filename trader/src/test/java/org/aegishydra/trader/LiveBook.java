package org.aegishydra.trader;

import java.nio.file.Path;
import org.aegishydra.core.book.LadderOrderBook;
import org.aegishydra.core.book.Market;
import org.aegishydra.core.book.ProductBook;
import org.aegishydra.core.coinbase.Decoders;
import org.aegishydra.core.coinbase.ProductTable;
import org.aegishydra.core.journal.Journal;
import org.aegishydra.core.journal.JournalFormat;
import org.aegishydra.core.journal.JournalTailer;
import org.aegishydra.core.journal.RecordKind;
import org.aegishydra.core.run.FeedWriter;

/** BTC-USD's book in a test, which follows what the test's feed writes. */
public final class LiveBook implements AutoCloseable {
    /** The product. */
    public static final String PRODUCT = "BTC-USD";

    private final FeedWriter feed;
    private final JournalTailer tailer;
    private final Market market;
    private final ProductBook product;

    /** A book with these levels, in a journal of its own. */
    public LiveBook(Path directory, String... levels) {
        final ProductTable products = new ProductTable();
        market = new Market(
                products, Decoders.of(products), LadderOrderBook::new, (book, tradeId, price, size, side, time) -> {});
        final Journal journal = Journal.create(directory.resolve("market"), JournalFormat.RUN);
        feed = new FeedWriter(journal).connect().snapshot(PRODUCT, levels);
        tailer = journal.tailer();
        follow();
        product = market.book(0);
    }

    public ProductBook product() {
        return product;
    }

    /** Changes levels, given as {@link FeedWriter} takes them. */
    public void update(String... levels) {
        feed.update(PRODUCT, levels);
        follow();
    }

    /** The book is not live from here on. */
    public void disconnect() {
        feed.disconnect();
        follow();
    }

    private void follow() {
        int records;
        do {
            records = tailer.poll(
                    (header, buffer, offset, length) -> {
                        if (header.kind() == RecordKind.MESSAGE) {
                            market.decode(header, buffer, offset, length);
                            market.apply(header);
                        } else {
                            market.applyFact(header, buffer, offset, length);
                        }
                    },
                    100);
        } while (records > 0);
    }

    @Override
    public void close() {
        tailer.close();
        feed.close();
    }
}
