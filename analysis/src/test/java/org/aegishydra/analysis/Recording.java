package org.aegishydra.analysis;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.aegishydra.core.journal.Dialect;
import org.aegishydra.core.journal.Fact;
import org.aegishydra.core.journal.Journal;
import org.aegishydra.core.journal.JournalAppender;
import org.aegishydra.core.journal.JournalFormat;
import org.aegishydra.core.journal.RecordKind;
import org.agrona.concurrent.UnsafeBuffer;

/** Writes a journal record by record, a millisecond apart unless told otherwise. */
final class Recording implements AutoCloseable {
    /** 2026-08-09T12:00:00Z. */
    static final long NOON_NS = 1_786_276_800_000_000_000L;

    static final long DAY_NS = 86_400_000_000_000L;

    private static final long MS = 1_000_000L;

    private final JournalAppender appender;
    private int connectionId = 1;
    private long timeNs = NOON_NS;

    Recording(Path directory) {
        this(directory, JournalFormat.RUN);
    }

    Recording(Path directory, JournalFormat format) {
        appender = Journal.create(directory, format).appender();
    }

    Recording on(int connection) {
        connectionId = connection;
        return this;
    }

    Recording at(long wallTimeNs) {
        timeNs = wallTimeNs;
        return this;
    }

    Recording advancedTrade(String message) {
        return append(RecordKind.MESSAGE, Dialect.ADVANCED_TRADE, message.getBytes(StandardCharsets.UTF_8));
    }

    Recording exchange(String message) {
        return append(RecordKind.MESSAGE, Dialect.EXCHANGE, message.getBytes(StandardCharsets.UTF_8));
    }

    Recording heartbeat(long sequenceNum) {
        return advancedTrade("{\"channel\":\"heartbeats\",\"timestamp\":\"2026-08-09T12:00:00Z\",\"sequence_num\":"
                + sequenceNum + ",\"events\":[{\"current_time\":\"\",\"heartbeat_counter\":1}]}");
    }

    Recording match(String product, long tradeId) {
        return exchange("{\"type\":\"match\",\"trade_id\":" + tradeId
                + ",\"side\":\"buy\",\"size\":\"1\",\"price\":\"2\",\"product_id\":\"" + product
                + "\",\"time\":\"2026-08-09T12:00:00Z\"}");
    }

    Recording fact(RecordKind kind, Map<String, ?> fields) {
        return append(kind, Dialect.ADVANCED_TRADE, Fact.encode(fields));
    }

    Recording append(RecordKind kind, Dialect dialect, byte[] payload) {
        appender.append(kind, dialect, connectionId, timeNs, 0, new UnsafeBuffer(payload), 0, payload.length);
        timeNs += MS;
        return this;
    }

    @Override
    public void close() {
        appender.close();
    }
}
