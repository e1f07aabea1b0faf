package org.aegishydra.analysis.statistics;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.aegishydra.core.book.Market;
import org.aegishydra.core.book.ProductBook;
import org.aegishydra.core.coinbase.Decoders;
import org.aegishydra.core.coinbase.MarketDataListener;
import org.aegishydra.core.coinbase.MessageDecoder;
import org.aegishydra.core.coinbase.MessageKind;
import org.aegishydra.core.coinbase.Product;
import org.aegishydra.core.coinbase.ProductTable;
import org.aegishydra.core.coinbase.Side;
import org.aegishydra.core.journal.Dialect;
import org.aegishydra.core.journal.RecordHandler;
import org.aegishydra.core.journal.RecordHeader;
import org.aegishydra.core.journal.RecordKind;
import org.agrona.DirectBuffer;
import org.agrona.collections.Int2ObjectHashMap;

/**
 * Takes a journal's records, once and in order, and knows afterwards how its market behaves. Books are those of each
 * product's authoritative connection, so that an overlap of connections counts once; messages are all that were recorded.
 * Used by one thread.
 */
public final class MarketStatistics implements RecordHandler {
    private static final double NS_PER_SECOND = 1e9;
    private static final double NS_PER_MS = 1e6;
    private static final String SNAPSHOT = " snapshot";

    private final Market market;
    private final MessageDecoder advancedTrade;
    private final SnapshotProbe probe = new SnapshotProbe();
    private final Map<String, BurstMeter> bursts = new LinkedHashMap<>();
    private final Distribution messageGapNs = new Distribution();
    private final Map<String, Distribution> bytesByChannel = new TreeMap<>();
    private final Int2ObjectHashMap<ProductTally> tallies = new Int2ObjectHashMap<>();
    private long recordSequence;
    private long messages;
    private long firstNs;
    private long lastNs;

    /** Whether a message of Advanced Trade is one of those with which a subscription begins. */
    private static final class SnapshotProbe implements MarketDataListener {
        private boolean snapshot;

        @Override
        public void onSnapshotStart(Product product) {
            snapshot = true;
        }

        @Override
        public void onTrade(
                Product product, long id, long price, long size, Side makerSide, long timeNs, boolean history) {
            snapshot |= history;
        }
    }

    public MarketStatistics() {
        final ProductTable products = new ProductTable();
        final var decoders = Decoders.of(products);
        advancedTrade = decoders.apply(Dialect.ADVANCED_TRADE);
        market = new Market(
                products,
                dialect -> dialect == Dialect.ADVANCED_TRADE ? advancedTrade : decoders.apply(dialect),
                () -> new WatchedBook(() -> recordSequence),
                (book, tradeId, price, size, makerSide, timeNs) -> tally(book).onTrade());
        bursts.put("10_ms", new BurstMeter(10_000_000));
        bursts.put("100_ms", new BurstMeter(100_000_000));
        bursts.put("1_s", new BurstMeter(1_000_000_000));
    }

    private ProductTally tally(ProductBook book) {
        return tallies.computeIfAbsent(book.product().index(), index -> new ProductTally());
    }

    @Override
    public void onRecord(RecordHeader header, DirectBuffer buffer, int offset, int length) {
        recordSequence = header.sequence();
        if (header.kind() == RecordKind.MESSAGE) {
            onMessage(header, buffer, offset, length);
        } else if (header.kind().isText()) {
            market.applyFact(header, buffer, offset, length);
        }
    }

    private void onMessage(RecordHeader header, DirectBuffer buffer, int offset, int length) {
        final long timeNs = header.eventTimeNs();
        if (messages == 0) {
            firstNs = timeNs;
        } else {
            messageGapNs.add(timeNs - lastNs);
        }
        lastNs = timeNs;
        messages++;
        bursts.values().forEach(burst -> burst.count(timeNs));
        final MessageKind kind = market.decode(header, buffer, offset, length);
        market.apply(header);
        bytesByChannel
                .computeIfAbsent(channel(header, kind), name -> new Distribution())
                .add(length);
        for (int i = 0; i < market.touchedCount(); i++) {
            final ProductBook touched = market.touched(i);
            final WatchedBook book = (WatchedBook) touched.book();
            if (book.isChanged()) {
                tally(touched).onBook(touched, book, timeNs, length);
            }
        }
    }

    private String channel(RecordHeader header, MessageKind kind) {
        if (header.dialect() != Dialect.ADVANCED_TRADE) {
            return kind.wireName();
        }
        probe.snapshot = false;
        advancedTrade.deliver(probe);
        return probe.snapshot ? kind.wireName() + SNAPSHOT : kind.wireName();
    }

    /** How the market behaves, as far as it was read. */
    public MarketFigures figures(String journal) {
        // One message has no rate; a second keeps it a number.
        final double durationNs = lastNs > firstNs ? lastNs - firstNs : NS_PER_SECOND;
        final double messagesPerSecond = messages / (durationNs / NS_PER_SECOND);
        final Map<String, Double> ratios = new LinkedHashMap<>();
        bursts.forEach((window, burst) -> ratios.put(window, burst.ratio(messagesPerSecond)));
        final Map<String, Quantiles> bytes = new TreeMap<>();
        bytesByChannel.forEach((channel, sizes) -> bytes.put(channel, sizes.quantiles(1)));
        final Map<String, ProductFigures> products = new TreeMap<>();
        for (int i = 0; i < market.bookCount(); i++) {
            final ProductTally tally = tally(market.book(i));
            if (!tally.isEmpty()) {
                products.put(market.book(i).product().id(), tally.figures(durationNs));
            }
        }
        return new MarketFigures(
                journal,
                (lastNs - firstNs) / NS_PER_SECOND,
                messages,
                messagesPerSecond,
                ratios,
                messageGapNs.quantiles(NS_PER_MS),
                bytes,
                products);
    }
}
