package org.aegishydra.recorder.capture;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.aegishydra.core.command.UsageException;
import org.aegishydra.core.journal.Dialect;
import org.aegishydra.core.journal.Fact;
import org.aegishydra.core.journal.Journal;
import org.aegishydra.core.journal.JournalAppender;
import org.aegishydra.core.journal.JournalFormat;
import org.aegishydra.core.journal.RecordKind;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Writes a capture's messages into a journal. The first records of a file wait, up to a limit, until one of them tells
 * the feed and one the time; before that the journal is not even made. For one thread.
 */
final class ImportWriter implements AutoCloseable {
    private static final int MAX_WAITING_RECORDS = 10_000;
    private static final long MAX_WAITING_BYTES = 256L << 20;

    /** A record that is not written yet. */
    private static final class Waiting {
        final RecordKind kind;
        final int connectionId;
        final long timeNs;
        final byte[] payload;

        Waiting(RecordKind kind, int connectionId, long timeNs, byte[] payload) {
            this.kind = kind;
            this.connectionId = connectionId;
            this.timeNs = timeNs;
            this.payload = payload;
        }
    }

    /** A connection of the capture as the journal numbers it. */
    private static final class Connection {
        int id;
        boolean hasMessages;
    }

    private final Path directory;
    private final Map<String, Object> startedFact;
    private final Map<String, Connection> connections = new HashMap<>();
    private final List<Waiting> waiting = new ArrayList<>();
    private final UnsafeBuffer payloadView = new UnsafeBuffer(0, 0);
    private JournalAppender appender;
    private Dialect dialect;
    private Dialect writtenDialect;
    private long waitingBytes;
    private long lastTimeNs = Timestamps.NO_TIME;
    private long writtenTimeNs = Timestamps.NO_TIME;
    private int connectionIds;
    private long firstRecord;
    private long lastRecord;
    private long messages;
    private long messageBytes;

    ImportWriter(Path directory, Map<String, Object> startedFact) {
        this.directory = directory;
        this.startedFact = startedFact;
    }

    /** Begins another file, of this feed or, if null, of the feed that its messages tell. */
    void startFile(Dialect feed) {
        dialect = feed;
    }

    /** The feed of the file that is being written, or null if it is not known yet. */
    Dialect dialect() {
        return dialect;
    }

    /** A received message. A message without a time gets the one of the message before it. */
    void message(String connection, Dialect feed, long timeNs, byte[] buffer, int offset, int length) {
        final Connection at = connection(connection);
        at.hasMessages = true;
        dialect = dialect == null ? feed : dialect;
        lastTimeNs = timeNs == Timestamps.NO_TIME ? lastTimeNs : timeNs;
        if (isReady()) {
            writeWaiting();
            write(RecordKind.MESSAGE, at.id, lastTimeNs, buffer, offset, length);
        } else {
            final byte[] payload = java.util.Arrays.copyOfRange(buffer, offset, offset + length);
            await(new Waiting(RecordKind.MESSAGE, at.id, timeNs, payload));
        }
    }

    /** The capture opened a connection. */
    void connected(String connection, long timeNs, String url) {
        if (connections.containsKey(connection) && connection(connection).hasMessages) {
            reconnected(connection, timeNs);
        }
        fact(RecordKind.CONNECTED, connection, timeNs, Map.of("url", url.replaceFirst("[?#].*$", "")));
    }

    /** The messages from here on come from another connection than those before. */
    void reconnected(String connection, long timeNs) {
        final Map<String, Object> fact = new LinkedHashMap<>();
        fact.put("code", 0);
        fact.put("reason", "the capture goes on with another connection");
        fact(RecordKind.DISCONNECTED, connection, timeNs, fact);
        connections.remove(connection);
    }

    /** A fact about a connection. */
    void fact(RecordKind kind, String connection, long timeNs, Map<String, Object> fields) {
        lastTimeNs = timeNs == Timestamps.NO_TIME ? lastTimeNs : timeNs;
        final int id = connection(connection).id;
        final byte[] payload = Fact.encode(fields);
        if (isReady()) {
            writeWaiting();
            write(kind, id, lastTimeNs, payload, 0, payload.length);
        } else {
            await(new Waiting(kind, id, timeNs, payload));
        }
    }

    private Connection connection(String name) {
        return connections.computeIfAbsent(name, unknown -> {
            final Connection connection = new Connection();
            connection.id = ++connectionIds;
            return connection;
        });
    }

    private boolean isReady() {
        return dialect != null && lastTimeNs != Timestamps.NO_TIME;
    }

    private void await(Waiting record) {
        waiting.add(record);
        waitingBytes += record.payload.length;
        if (waiting.size() > MAX_WAITING_RECORDS || waitingBytes > MAX_WAITING_BYTES) {
            throw new UsageException(
                    dialect == null
                            ? undetected()
                            : "the first " + waiting.size()
                                    + " messages have no time: put their receive times into a .ts file beside the capture");
        }
    }

    private static String undetected() {
        return "cannot tell from the messages which feed they are of: say --feed advanced-trade or --feed exchange";
    }

    /**
     * Ends a file: what still waits is written.
     *
     * @param fallbackTimeNs the time to give where no message has told any.
     * @throws UsageException if messages wait and none has told the feed.
     */
    void endFile(long fallbackTimeNs) {
        final boolean messageWaits = waiting.stream().anyMatch(record -> record.kind == RecordKind.MESSAGE);
        if (!messageWaits) {
            waiting.clear();
            waitingBytes = 0;
        } else if (dialect == null) {
            throw new UsageException(undetected());
        } else {
            lastTimeNs = lastTimeNs == Timestamps.NO_TIME ? fallbackTimeNs : lastTimeNs;
            writeWaiting();
        }
    }

    private void writeWaiting() {
        if (waiting.isEmpty() && appender != null) {
            return;
        }
        final long firstTimeNs = waiting.stream()
                .mapToLong(record -> record.timeNs)
                .filter(time -> time != Timestamps.NO_TIME)
                .findFirst()
                .orElse(lastTimeNs);
        if (appender == null) {
            appender = Journal.create(directory, JournalFormat.MARKET).appender();
            final byte[] payload = Fact.encode(startedFact);
            write(RecordKind.RECORDER_STARTED, 0, firstTimeNs, payload, 0, payload.length);
            firstRecord = lastRecord;
        }
        long timeNs = firstTimeNs;
        for (final Waiting record : waiting) {
            timeNs = record.timeNs == Timestamps.NO_TIME ? timeNs : record.timeNs;
            write(record.kind, record.connectionId, timeNs, record.payload, 0, record.payload.length);
        }
        waiting.clear();
        waitingBytes = 0;
    }

    private void write(RecordKind kind, int connectionId, long timeNs, byte[] buffer, int offset, int length) {
        payloadView.wrap(buffer, offset, length);
        lastRecord = appender.append(kind, dialect, connectionId, timeNs, 0, payloadView, 0, length);
        writtenTimeNs = Math.max(writtenTimeNs, timeNs);
        writtenDialect = dialect;
        if (kind == RecordKind.MESSAGE) {
            messages++;
            messageBytes += length;
        }
    }

    /** Ends the import with its reason. */
    void stop(String reason, long refused) {
        if (appender != null) {
            // The last file may have told no feed.
            dialect = writtenDialect;
            final Map<String, Object> fact = new LinkedHashMap<>();
            fact.put("reason", reason);
            fact.put("messages", messages);
            fact.put("bytes", messageBytes);
            fact.put("refused", refused);
            final byte[] payload = Fact.encode(fact);
            write(RecordKind.RECORDER_STOPPED, 0, writtenTimeNs, payload, 0, payload.length);
        }
    }

    long firstRecord() {
        return firstRecord;
    }

    long lastRecord() {
        return lastRecord;
    }

    long messages() {
        return messages;
    }

    long messageBytes() {
        return messageBytes;
    }

    @Override
    public void close() {
        if (appender != null) {
            appender.close();
        }
    }
}
