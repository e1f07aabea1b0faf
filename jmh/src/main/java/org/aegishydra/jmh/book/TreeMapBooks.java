package org.aegishydra.jmh.book;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.aegishydra.core.journal.Dialect;
import org.aegishydra.core.journal.RecordHandler;
import org.aegishydra.core.journal.RecordHeader;
import org.agrona.DirectBuffer;

/**
 * A peer: each message as Jackson's tree, each side of a book as a tree map of decimals. It looks at book messages alone:
 * no trades, no sequence numbers, no digest. Used by one thread.
 */
public final class TreeMapBooks implements RecordHandler {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, Book> books = new HashMap<>();
    private byte[] message = new byte[4096];

    private static final class Book {
        private final NavigableMap<BigDecimal, BigDecimal> bids = new TreeMap<>(Comparator.reverseOrder());
        private final NavigableMap<BigDecimal, BigDecimal> asks = new TreeMap<>();

        private void clear() {
            bids.clear();
            asks.clear();
        }

        private void set(String side, String price, String size) {
            final NavigableMap<BigDecimal, BigDecimal> levels = side.equals("bid") || side.equals("buy") ? bids : asks;
            final BigDecimal newSize = new BigDecimal(size);
            if (newSize.signum() == 0) {
                levels.remove(new BigDecimal(price));
            } else {
                levels.put(new BigDecimal(price), newSize);
            }
        }
    }

    @Override
    public void onRecord(RecordHeader header, DirectBuffer buffer, int offset, int length) {
        if (message.length < length) {
            message = new byte[length * 2];
        }
        buffer.getBytes(offset, message, 0, length);
        try {
            final JsonNode tree = JSON.readTree(message, 0, length);
            if (header.dialect() == Dialect.EXCHANGE) {
                applyExchange(tree);
            } else if (tree.path("channel").asText().equals("l2_data")) {
                applyAdvancedTrade(tree);
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Book book(JsonNode parent) {
        return books.computeIfAbsent(parent.path("product_id").asText(), id -> new Book());
    }

    private void applyAdvancedTrade(JsonNode tree) {
        for (final JsonNode event : tree.path("events")) {
            final Book book = book(event);
            if (event.path("type").asText().equals("snapshot")) {
                book.clear();
            }
            for (final JsonNode level : event.path("updates")) {
                book.set(
                        level.path("side").asText(),
                        level.path("price_level").asText(),
                        level.path("new_quantity").asText());
            }
        }
    }

    private void applyExchange(JsonNode tree) {
        final String type = tree.path("type").asText();
        if (type.equals("snapshot")) {
            final Book book = book(tree);
            book.clear();
            for (final JsonNode level : tree.path("bids")) {
                book.set("bid", level.path(0).asText(), level.path(1).asText());
            }
            for (final JsonNode level : tree.path("asks")) {
                book.set("ask", level.path(0).asText(), level.path(1).asText());
            }
        } else if (type.equals("l2update")) {
            final Book book = book(tree);
            for (final JsonNode change : tree.path("changes")) {
                book.set(
                        change.path(0).asText(),
                        change.path(1).asText(),
                        change.path(2).asText());
            }
        }
    }

    /** Each product's book in the canonical text of {@link org.aegishydra.core.book.BookText}. */
    public Map<String, String> texts() {
        final Map<String, String> texts = new TreeMap<>();
        books.forEach((product, book) -> {
            final StringBuilder text = new StringBuilder();
            append(text, "bid ", book.bids);
            append(text, "ask ", book.asks);
            texts.put(product, text.toString());
        });
        return texts;
    }

    private static void append(StringBuilder text, String prefix, NavigableMap<BigDecimal, BigDecimal> levels) {
        levels.forEach((price, size) -> text.append(prefix)
                .append(price.stripTrailingZeros().toPlainString())
                .append(' ')
                .append(size.stripTrailingZeros().toPlainString())
                .append('\n'));
    }
}
