package org.aegishydra.trader;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.SplittableRandom;
import org.aegishydra.core.journal.Dialect;
import org.aegishydra.core.journal.Fact;
import org.aegishydra.core.journal.Journal;
import org.aegishydra.core.journal.JournalAppender;
import org.aegishydra.core.journal.RecordKind;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A made-up market for a trader to run on before there is one: a product's book that leans to one side and then to the
 * other, so that positions are entered and left, in Advanced Trade's messages.
 */
final class WarmUpMarket {
    private static final int LEVELS = 500;
    private static final int SWING_MESSAGES = 100;
    private static final int TRADE_EVERY = 4;
    private static final int CENTS_MID = 1_000_000;
    private static final long START_NS = 1_700_000_000_000_000_000L;
    private static final long STEP_NS = 20_000_000L;
    private static final long LATENCY_NS = 1_000_000L;

    private final JournalAppender appender;
    private final String product;
    private final SplittableRandom random = new SplittableRandom(1);
    private final StringBuilder text = new StringBuilder();
    private long messages;

    private WarmUpMarket(JournalAppender appender, String product) {
        this.appender = appender;
        this.product = product;
    }

    /** Writes so many messages about a product into a new journal. */
    static void write(Journal journal, String product, int messages) {
        try (JournalAppender appender = journal.appender()) {
            final WarmUpMarket market = new WarmUpMarket(appender, product);
            market.append(RecordKind.RECORDER_STARTED, Dialect.NONE, Fact.encode(Map.of("version", "warm-up")));
            market.append(RecordKind.CONNECTED, Dialect.NONE, Fact.encode(Map.of("url", "none")));
            for (int i = 0; i < messages; i++) {
                market.next();
            }
        }
    }

    private void next() {
        final String time = Instant.ofEpochSecond(0, timeNs()).toString();
        text.setLength(0);
        final boolean isTrade = messages > 0 && messages % TRADE_EVERY == 0;
        text.append("{\"channel\":\"")
                .append(isTrade ? "market_trades" : "l2_data")
                .append("\",\"client_id\":\"\",\"timestamp\":\"")
                .append(time)
                .append("\",\"sequence_num\":")
                .append(messages)
                .append(",\"events\":[{\"type\":\"")
                .append(messages == 0 ? "snapshot" : "update");
        if (isTrade) {
            text.append("\",\"trades\":[{\"product_id\":\"").append(product);
            text.append("\",\"trade_id\":\"").append(messages).append("\",\"price\":\"");
            price(0).append("\",\"size\":\"0.010\",\"time\":\"").append(time).append("\",\"side\":\"BUY\"}]}]}");
        } else {
            text.append("\",\"product_id\":\"").append(product).append("\",\"updates\":[");
            final int levels = messages == 0 ? LEVELS : messages % SWING_MESSAGES == 1 ? 20 : 2;
            for (int i = 1; i <= levels; i++) {
                final int distance = levels == 2 ? 1 + random.nextInt(10) : i;
                level("bid", -distance, time, leansToBids());
                text.append(',');
                level("offer", distance, time, !leansToBids());
                text.append(i < levels ? "," : "]}]}");
            }
        }
        append(RecordKind.MESSAGE, Dialect.ADVANCED_TRADE, text.toString().getBytes(StandardCharsets.UTF_8));
        messages++;
    }

    private long timeNs() {
        return START_NS + messages * STEP_NS;
    }

    private boolean leansToBids() {
        return messages / SWING_MESSAGES % 2 == 0;
    }

    private void level(String side, int distance, String time, boolean heavy) {
        text.append("{\"side\":\"").append(side).append("\",\"event_time\":\"").append(time);
        text.append("\",\"price_level\":\"");
        price(distance).append("\",\"new_quantity\":\"");
        text.append(heavy ? 5 : 0).append('.').append(100 + random.nextInt(900)).append("\"}");
    }

    private StringBuilder price(int cents) {
        final int price = CENTS_MID + cents;
        return text.append(price / 100).append('.').append(price % 100 / 10).append(price % 10);
    }

    private void append(RecordKind kind, Dialect dialect, byte[] payload) {
        appender.append(
                kind,
                dialect,
                1,
                timeNs() + LATENCY_NS,
                System.nanoTime(),
                new UnsafeBuffer(payload),
                0,
                payload.length);
    }
}
