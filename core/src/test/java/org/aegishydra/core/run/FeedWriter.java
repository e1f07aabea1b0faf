package org.aegishydra.core.run;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.aegishydra.core.journal.Dialect;
import org.aegishydra.core.journal.Fact;
import org.aegishydra.core.journal.Journal;
import org.aegishydra.core.journal.JournalAppender;
import org.aegishydra.core.journal.RecordKind;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A recorder for tests: writes Advanced Trade messages of one connection, or of several in turn, into a journal, with the
 * times that the test gives it. Levels are written as {@code "bid 100.01 5"} or {@code "offer 100.02 0.25"}.
 */
public final class FeedWriter implements AutoCloseable {
    /** Noon of 2026-08-09, UTC. */
    public static final long START_NS = 1_786_276_800_000_000_000L;

    private static final long NS_PER_MS = 1_000_000L;

    private final JournalAppender appender;
    private long timeNs = START_NS;
    private long latencyNs = NS_PER_MS;
    private int connectionId;
    private int lastConnectionId;

    /** The next number of each connection. */
    private final long[] feedSequences = new long[16];

    public FeedWriter(Journal journal) {
        appender = journal.appender();
    }

    /** The exchange's time; a message is received a millisecond later, or what {@link #latencyMs} says. */
    public FeedWriter at(long newTimeNs) {
        timeNs = newTimeNs;
        return this;
    }

    public FeedWriter afterMs(long ms) {
        timeNs += ms * NS_PER_MS;
        return this;
    }

    public FeedWriter latencyMs(long ms) {
        latencyNs = ms * NS_PER_MS;
        return this;
    }

    public long timeNs() {
        return timeNs;
    }

    /** The last record's sequence. */
    public long lastSequence() {
        return appender.lastSequence();
    }

    /** A recorder starts and opens its first connection. */
    public FeedWriter connect() {
        fact(RecordKind.RECORDER_STARTED, Map.of("version", "test"));
        return reconnect();
    }

    /** A new connection, whose messages are numbered from 0. */
    public FeedWriter reconnect() {
        connectionId = ++lastConnectionId;
        return fact(RecordKind.CONNECTED, Map.of("url", "wss://test"));
    }

    /** What follows is of this connection, one of those that were opened: 1 for the first. */
    public FeedWriter on(int connection) {
        connectionId = connection;
        return this;
    }

    public FeedWriter disconnect() {
        return fact(RecordKind.DISCONNECTED, Map.of("code", 1006, "reason", "test"));
    }

    public FeedWriter fact(RecordKind kind, Map<String, ?> fields) {
        append(kind, Dialect.NONE, Fact.encode(fields));
        return this;
    }

    public FeedWriter snapshot(String product, String... levels) {
        return book("snapshot", product, List.of(levels));
    }

    public FeedWriter update(String product, String... levels) {
        return book("update", product, List.of(levels));
    }

    public FeedWriter update(String product, List<String> levels) {
        return book("update", product, levels);
    }

    private FeedWriter book(String type, String product, List<String> levels) {
        final StringBuilder updates = new StringBuilder();
        for (final String level : levels) {
            final String[] words = level.split(" ", -1);
            updates.append(updates.isEmpty() ? "" : ",")
                    .append("{\"side\":\"" + words[0] + "\",\"event_time\":\"" + Instant.ofEpochSecond(0, timeNs)
                            + "\",\"price_level\":\"" + words[1] + "\",\"new_quantity\":\"" + words[2] + "\"}");
        }
        return envelope(
                "l2_data",
                "{\"type\":\"" + type + "\",\"product_id\":\"" + product + "\",\"updates\":[" + updates + "]}");
    }

    public FeedWriter trade(String product, long tradeId, String makerSide, String price, String size) {
        return envelope(
                "market_trades",
                "{\"type\":\"update\",\"trades\":[{\"product_id\":\"" + product + "\",\"trade_id\":\"" + tradeId
                        + "\",\"price\":\"" + price + "\",\"size\":\"" + size + "\",\"time\":\""
                        + Instant.ofEpochSecond(0, timeNs) + "\",\"side\":\"" + makerSide + "\"}]}");
    }

    /** The top of the book as the exchange sees it; changes no book. */
    public FeedWriter ticker(String product, String price) {
        return envelope(
                "ticker",
                "{\"type\":\"update\",\"tickers\":[{\"type\":\"ticker\",\"product_id\":\"" + product + "\",\"price\":\""
                        + price + "\"}]}");
    }

    /** One message of the given events. */
    public FeedWriter envelope(String channel, String events) {
        return raw("{\"channel\":\"" + channel + "\",\"timestamp\":\"" + Instant.ofEpochSecond(0, timeNs)
                + "\",\"sequence_num\":" + feedSequences[connectionId]++ + ",\"events\":[" + events + "]}");
    }

    /** A hole in the connection's sequence. */
    public FeedWriter loseOneMessage() {
        feedSequences[connectionId]++;
        return this;
    }

    /** Any text as one message. */
    public FeedWriter raw(String text) {
        append(RecordKind.MESSAGE, Dialect.ADVANCED_TRADE, text.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    private void append(RecordKind kind, Dialect dialect, byte[] payload) {
        appender.append(
                kind,
                dialect,
                connectionId,
                timeNs + latencyNs,
                System.nanoTime(),
                new UnsafeBuffer(payload),
                0,
                payload.length);
    }

    @Override
    public void close() {
        appender.close();
    }
}
