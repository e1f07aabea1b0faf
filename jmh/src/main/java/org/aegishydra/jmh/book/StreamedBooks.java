package org.aegishydra.jmh.book;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.aegishydra.core.book.LadderOrderBook;
import org.aegishydra.core.book.OrderBook;
import org.aegishydra.core.coinbase.Decimals;
import org.aegishydra.core.coinbase.Side;
import org.aegishydra.core.journal.RecordHandler;
import org.aegishydra.core.journal.RecordHeader;
import org.agrona.DirectBuffer;

/**
 * A peer: Jackson's streaming parser and the production book. It is written for speed, as one would for this feed alone:
 * fields in Coinbase's own order, one scale for all numbers, a message applied while it is read. It looks at book messages
 * alone: no trades, no sequence numbers, no digest. Used by one thread.
 */
public final class StreamedBooks implements RecordHandler {
    /** Fits every number of the data, which {@link #number} checks. */
    private static final int SCALE = 8;

    private static final int MAX_DIGITS = 18;

    private final JsonFactory json = new JsonFactory();
    private final Map<String, OrderBook> books = new HashMap<>();
    private byte[] message = new byte[4096];
    private JsonParser parser;
    private OrderBook book;

    @Override
    public void onRecord(RecordHeader header, DirectBuffer buffer, int offset, int length) {
        if (message.length < length) {
            message = new byte[length * 2];
        }
        buffer.getBytes(offset, message, 0, length);
        book = null;
        try (JsonParser opened = json.createParser(message, 0, length)) {
            parser = opened;
            expect(parser.nextToken() == JsonToken.START_OBJECT);
            readMessage();
            expect(parser.nextToken() == null);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void expect(boolean found) {
        if (!found) {
            throw new IllegalStateException("not in the order of fields that this peer is written for");
        }
    }

    /** Of both dialects: {@code channel} and {@code events} are one's, the rest is the other's. */
    private void readMessage() throws IOException {
        boolean ofBook = false;
        boolean snapshot = false;
        for (String field = parser.nextFieldName(); field != null; field = parser.nextFieldName()) {
            parser.nextToken();
            switch (field) {
                case "channel" -> ofBook = parser.getText().equals("l2_data");
                case "type" -> {
                    snapshot = parser.getText().equals("snapshot");
                    ofBook = snapshot || parser.getText().equals("l2update");
                }
                case "product_id" -> startBook(ofBook, snapshot);
                case "events" -> {
                    if (ofBook) {
                        readEvents();
                    } else {
                        parser.skipChildren();
                    }
                }
                case "bids" -> readSnapshotSide(Side.BID);
                case "asks" -> readSnapshotSide(Side.ASK);
                case "changes" -> readChanges();
                default -> parser.skipChildren();
            }
        }
    }

    private void startBook(boolean ofBook, boolean snapshot) throws IOException {
        if (ofBook) {
            book = books.computeIfAbsent(parser.getText(), id -> new LadderOrderBook());
            if (snapshot) {
                book.clear();
            }
        }
    }

    private void readEvents() throws IOException {
        while (parser.nextToken() == JsonToken.START_OBJECT) {
            boolean snapshot = false;
            for (String field = parser.nextFieldName(); field != null; field = parser.nextFieldName()) {
                parser.nextToken();
                switch (field) {
                    case "type" -> snapshot = parser.getText().equals("snapshot");
                    case "product_id" -> startBook(true, snapshot);
                    case "updates" -> readUpdates();
                    default -> parser.skipChildren();
                }
            }
        }
    }

    private void readUpdates() throws IOException {
        while (parser.nextToken() == JsonToken.START_OBJECT) {
            Side side = null;
            long price = 0;
            long size = 0;
            for (String field = parser.nextFieldName(); field != null; field = parser.nextFieldName()) {
                parser.nextToken();
                switch (field) {
                    case "side" -> side = side();
                    case "price_level" -> price = number();
                    case "new_quantity" -> size = number();
                    default -> parser.skipChildren();
                }
            }
            expect(side != null && book != null);
            book.set(side, price, size);
        }
    }

    private void readSnapshotSide(Side side) throws IOException {
        expect(book != null);
        while (parser.nextToken() == JsonToken.START_ARRAY) {
            readLevel(side);
        }
    }

    private void readChanges() throws IOException {
        expect(book != null);
        while (parser.nextToken() == JsonToken.START_ARRAY) {
            parser.nextToken();
            readLevel(side());
        }
    }

    private void readLevel(Side side) throws IOException {
        parser.nextToken();
        final long price = number();
        parser.nextToken();
        final long size = number();
        expect(parser.nextToken() == JsonToken.END_ARRAY);
        book.set(side, price, size);
    }

    /** {@code bid} and {@code buy}, or {@code offer} and {@code sell}. */
    private Side side() throws IOException {
        return parser.getTextCharacters()[parser.getTextOffset()] == 'b' ? Side.BID : Side.ASK;
    }

    private long number() throws IOException {
        final char[] text = parser.getTextCharacters();
        final int end = parser.getTextOffset() + parser.getTextLength();
        long value = 0;
        int decimals = -1;
        for (int at = parser.getTextOffset(); at < end; at++) {
            final char c = text[at];
            if (c == '.') {
                expect(decimals < 0);
                decimals = 0;
            } else {
                expect(c >= '0' && c <= '9');
                value = value * 10 + c - '0';
                decimals += decimals < 0 ? 0 : 1;
            }
        }
        final int missing = SCALE - Math.max(decimals, 0);
        expect(missing >= 0 && parser.getTextLength() + missing <= MAX_DIGITS + 1);
        return value * Decimals.powerOfTen(missing);
    }

    /** Each product's book in the canonical text of {@link org.aegishydra.core.book.BookText}. */
    public Map<String, String> texts() {
        final Map<String, String> texts = new TreeMap<>();
        books.forEach((product, levels) -> {
            final StringBuilder text = new StringBuilder();
            append(text, "bid ", levels, Side.BID);
            append(text, "ask ", levels, Side.ASK);
            texts.put(product, text.toString());
        });
        return texts;
    }

    private static void append(StringBuilder text, String prefix, OrderBook book, Side side) {
        final long[] prices = new long[book.levels(side)];
        final long[] sizes = new long[prices.length];
        book.top(side, prices.length, prices, sizes);
        for (int i = 0; i < prices.length; i++) {
            text.append(prefix)
                    .append(Decimals.plain(prices[i], SCALE))
                    .append(' ')
                    .append(Decimals.plain(sizes[i], SCALE))
                    .append('\n');
        }
    }
}
