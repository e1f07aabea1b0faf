package org.aegishydra.replayer.diff;

import java.nio.charset.StandardCharsets;
import org.aegishydra.core.book.LadderOrderBook;
import org.aegishydra.core.book.Market;
import org.aegishydra.core.book.OrderBook;
import org.aegishydra.core.book.ProductBook;
import org.aegishydra.core.coinbase.Decimals;
import org.aegishydra.core.coinbase.Decoders;
import org.aegishydra.core.coinbase.Product;
import org.aegishydra.core.coinbase.ProductTable;
import org.aegishydra.core.coinbase.Side;
import org.aegishydra.core.journal.RecordHeader;
import org.aegishydra.core.journal.RecordKind;
import org.aegishydra.core.journal.RecordReader;
import org.aegishydra.core.journal.Recording;
import org.agrona.DirectBuffer;

/**
 * One record of a market journal, with a product's book before and after it, as a run that began at an earlier record has
 * seen it.
 *
 * @param record what the record is, for a person.
 * @param text the beginning of its payload.
 * @param before the best levels before it, a line a level.
 * @param after the best levels after it.
 */
record MarketMoment(String record, String text, String before, String after) {
    private static final int LEVELS = 5;
    private static final int TEXT_BYTES = 600;

    /**
     * Plays a market up to a record.
     *
     * @param firstSequence where the run began.
     * @param productId whose book is wanted; may be empty.
     * @return null if the journal does not hold the record.
     */
    static MarketMoment at(Recording recording, long firstSequence, long sequence, String productId) {
        try (RecordReader reader = recording.reader()) {
            reader.seek(firstSequence);
            final Player player = new Player(sequence, productId);
            while (player.moment == null && reader.poll(player::onRecord, 1) > 0) {
                // One by one, so that the next record is not applied.
            }
            return player.moment;
        }
    }

    private static final class Player {
        private final ProductTable products = new ProductTable();
        private final Market market = new Market(
                products,
                Decoders.of(products),
                LadderOrderBook::new,
                (book, tradeId, price, size, makerSide, timeNs) -> {
                    // Trades change no book.
                });
        private final long wanted;
        private final String productId;
        private MarketMoment moment;

        private Player(long wanted, String productId) {
            this.wanted = wanted;
            this.productId = productId;
        }

        private void onRecord(RecordHeader header, DirectBuffer buffer, int offset, int length) {
            final boolean found = header.sequence() == wanted;
            final String before = found ? book() : "";
            String kind = header.kind().toString();
            if (header.kind() == RecordKind.MESSAGE) {
                kind = market.decode(header, buffer, offset, length).wireName();
                market.apply(header);
            } else {
                market.applyFact(header, buffer, offset, length);
            }
            if (found) {
                moment = new MarketMoment(
                        kind + ", " + length + " bytes, connection " + header.connectionId() + ", "
                                + java.time.Instant.ofEpochSecond(0, header.eventTimeNs()),
                        beginning(buffer, offset, length),
                        before,
                        book());
            }
        }

        private static String beginning(DirectBuffer buffer, int offset, int length) {
            final byte[] bytes = new byte[Math.min(length, TEXT_BYTES)];
            buffer.getBytes(offset, bytes);
            return new String(bytes, StandardCharsets.UTF_8) + (length > TEXT_BYTES ? " …" : "");
        }

        private String book() {
            for (int i = 0; i < market.bookCount(); i++) {
                if (market.book(i).product().id().equals(productId)) {
                    return levels(market.book(i));
                }
            }
            return "no book\n";
        }

        private static String levels(ProductBook product) {
            final StringBuilder text = new StringBuilder(product.isLive() ? "" : "(not live)\n");
            append(text, product, Side.ASK);
            append(text, product, Side.BID);
            return text.toString();
        }

        /** As in a picture of a book: the asks above the bids, the touch in the middle. */
        private static void append(StringBuilder text, ProductBook product, Side side) {
            final OrderBook book = product.book();
            final Product scales = product.product();
            final long[] prices = new long[LEVELS];
            final long[] sizes = new long[LEVELS];
            final int count = book.top(side, LEVELS, prices, sizes);
            for (int i = 0; i < count; i++) {
                final int level = side == Side.ASK ? count - 1 - i : i;
                text.append(side == Side.ASK ? "ask " : "bid ")
                        .append(Decimals.plain(prices[level], scales.priceScale()))
                        .append(" x ")
                        .append(Decimals.plain(sizes[level], scales.sizeScale()))
                        .append('\n');
            }
        }
    }
}
