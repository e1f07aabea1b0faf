package org.aegishydra.replayer.server;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import org.aegishydra.core.coinbase.Product;
import org.aegishydra.core.journal.Dialect;

/** The server's own messages in one of Coinbase's dialects, and the parts of recorded ones. Stateless. */
abstract sealed class MarketText permits AdvancedTradeText, ExchangeText {
    /** How many trades and candles a subscription begins with at most. */
    static final int MOST_FIRST_ITEMS = 100;

    static MarketText of(Dialect dialect) {
        return dialect == Dialect.EXCHANGE ? new ExchangeText() : new AdvancedTradeText();
    }

    /** A book, or changes of one: one message whatever their number, so that a client's book is never half changed. */
    abstract OutgoingMessage levels(boolean snapshot, Product product, LevelList levels, long timeNs);

    /** What a recorded message tells, in its order; empty for a message of other form. */
    abstract List<FeedItem> items(String channel, String text, JsonNode message);

    /** Messages that tell a product's items, given oldest first, as new ones. */
    abstract List<OutgoingMessage> updates(Collection<FeedItem> items, long timeNs);

    /** What a subscription begins with, from the product's last items, given oldest first and at least one. */
    abstract OutgoingMessage first(Collection<FeedItem> items, long timeNs);

    /** How many items of a channel are kept for {@link #first}; 0 for none. */
    abstract int keptItems(String channel);

    /** Whether a channel tells trades. */
    abstract boolean tellsTrades(String channel);

    /** The products' increments, from a recorded message of them. */
    abstract OutgoingMessage status(String recorded, long timeNs);

    /**
     * A heartbeat.
     *
     * @param product whose it is (Exchange).
     * @param counter of the connection (Advanced Trade) or the product's sequence (Exchange).
     * @param lastTradeId of the product (Exchange).
     */
    abstract OutgoingMessage heartbeat(String product, long counter, long lastTradeId, long timeNs);

    /** A time in UTC with as many decimals of a second as it needs, or always so many. */
    static DateTimeFormatter timeFormat(char separator, int leastDecimals, int mostDecimals) {
        return new DateTimeFormatterBuilder()
                .appendPattern("uuuu-MM-dd'" + separator + "'HH:mm:ss")
                .appendFraction(ChronoField.NANO_OF_SECOND, leastDecimals, mostDecimals, true)
                .toFormatter()
                .withZone(ZoneOffset.UTC);
    }

    static Instant instant(long timeNs) {
        return Instant.EPOCH.plus(timeNs, ChronoUnit.NANOS);
    }
}
