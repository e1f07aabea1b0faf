package org.aegishydra.analysis;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.aegishydra.analysis.JournalReport.BookEnd;
import org.aegishydra.analysis.JournalReport.ProductCounts;
import org.aegishydra.analysis.JournalReport.Records;
import org.aegishydra.core.book.BookText;
import org.aegishydra.core.book.LadderOrderBook;
import org.aegishydra.core.book.Market;
import org.aegishydra.core.book.ProductBook;
import org.aegishydra.core.coinbase.Decimals;
import org.aegishydra.core.coinbase.Decoders;
import org.aegishydra.core.coinbase.MessageDecoder;
import org.aegishydra.core.coinbase.MessageKind;
import org.aegishydra.core.coinbase.ProductTable;
import org.aegishydra.core.coinbase.Side;
import org.aegishydra.core.journal.Dialect;
import org.aegishydra.core.journal.RecordHandler;
import org.aegishydra.core.journal.RecordHeader;
import org.aegishydra.core.journal.RecordKind;
import org.agrona.DirectBuffer;

/**
 * Takes a journal's records, once and in order, and knows afterwards what they hold: counts, the products' books, and, if
 * asked for, gaps. Nothing is allocated for a record without a finding. Used by one thread.
 */
final class JournalSurvey implements RecordHandler {
    private static final RecordKind[] KINDS = RecordKind.values();

    private final Market market;
    private final MessageCounts messages = new MessageCounts();

    /** Null if gaps were not asked for. */
    private final GapFinder gaps;

    private final long[] byKind = new long[KINDS.length];
    private long count;
    private long payloadBytes;
    private long firstSequence;
    private long lastSequence;
    private long firstTimeNs;
    private long lastTimeNs;

    JournalSurvey(boolean findGaps) {
        gaps = findGaps ? new GapFinder() : null;
        final ProductTable products = new ProductTable();
        final Function<Dialect, MessageDecoder> decoders = Decoders.of(products);
        market = new Market(
                products,
                findGaps ? dialect -> new ObservedDecoder(decoders.apply(dialect), gaps) : decoders,
                LadderOrderBook::new,
                (product, tradeId, price, size, makerSide, timeNs) -> {
                    // The product's book counts its trades itself.
                });
    }

    @Override
    public void onRecord(RecordHeader header, DirectBuffer buffer, int offset, int length) {
        if (count == 0) {
            firstSequence = header.sequence();
            firstTimeNs = header.wallTimeNs();
        }
        lastSequence = header.sequence();
        lastTimeNs = header.wallTimeNs();
        count++;
        payloadBytes += length;
        byKind[header.kind().ordinal()]++;
        if (gaps != null) {
            gaps.onRecord(header);
        }
        if (header.kind() == RecordKind.MESSAGE) {
            onMessage(header, buffer, offset, length);
        } else if (header.kind().isText()) {
            if (gaps != null) {
                gaps.onFact(market, header, buffer, offset, length);
            }
            market.applyFact(header, buffer, offset, length);
        }
    }

    private void onMessage(RecordHeader header, DirectBuffer buffer, int offset, int length) {
        final MessageKind kind = market.decode(header, buffer, offset, length);
        messages.onMessage(header, kind, length);
        if (kind == MessageKind.MALFORMED) {
            messages.onMalformed(header, market.malformedReason());
            if (gaps != null) {
                gaps.onMalformed();
            }
        }
        market.apply(header);
    }

    Records records() {
        final Map<String, Long> kinds = new TreeMap<>();
        for (final RecordKind kind : KINDS) {
            if (byKind[kind.ordinal()] > 0) {
                kinds.put(JournalReport.key(kind), byKind[kind.ordinal()]);
            }
        }
        return new Records(
                count,
                firstSequence,
                lastSequence,
                count == 0 ? null : IsoTime.of(firstTimeNs),
                count == 0 ? null : IsoTime.of(lastTimeNs),
                payloadBytes,
                kinds);
    }

    JournalReport.Messages messages() {
        return messages.report();
    }

    /** The products with a book message or a trade. */
    Map<String, ProductCounts> products() {
        final Map<String, ProductCounts> products = new TreeMap<>();
        for (int i = 0; i < market.bookCount(); i++) {
            final ProductBook book = market.book(i);
            if (hasBookMessages(book) || book.trades() > 0) {
                products.put(
                        book.product().id(),
                        new ProductCounts(book.levelUpdates(), book.snapshots(), book.trades(), book.isLive()));
            }
        }
        return products;
    }

    /** The books as they are now, of the products that any book message named. */
    Map<String, BookEnd> books() {
        final Map<String, BookEnd> books = new TreeMap<>();
        for (int i = 0; i < market.bookCount(); i++) {
            final ProductBook book = market.book(i);
            if (hasBookMessages(book)) {
                books.put(
                        book.product().id(),
                        new BookEnd(
                                book.levelUpdates(),
                                book.book().levels(Side.BID),
                                book.book().levels(Side.ASK),
                                best(book, Side.BID),
                                best(book, Side.ASK),
                                BookText.sha256(book)));
            }
        }
        return books;
    }

    private static boolean hasBookMessages(ProductBook book) {
        return book.levelUpdates() > 0 || book.snapshots() > 0;
    }

    private static List<String> best(ProductBook book, Side side) {
        if (book.book().levels(side) == 0) {
            return null;
        }
        return List.of(
                Decimals.plain(book.book().bestPrice(side), book.product().priceScale()),
                Decimals.plain(book.book().bestSize(side), book.product().sizeScale()));
    }

    /** What is missing; null if that was not asked for. */
    GapReport gaps() {
        return gaps == null ? null : gaps.report(market);
    }
}
