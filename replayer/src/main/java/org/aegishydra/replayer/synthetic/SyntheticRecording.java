package org.aegishydra.replayer.synthetic;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import org.aegishydra.core.journal.Dialect;
import org.aegishydra.core.journal.Fact;
import org.aegishydra.core.journal.JournalAppender;
import org.aegishydra.core.journal.RecordKind;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Writes a synthetic market into a journal as a recorder would have: the facts of its connections, and each message with
 * a receive time shortly after its event time. The same settings give the same records. Used by one thread.
 */
public final class SyntheticRecording {
    static final int NO_CONNECTION = 0;

    private static final int MESSAGES_PER_LOOK = 1_000;
    private static final long NO_MONOTONIC_TIME = 0;

    /**
     * What was written.
     *
     * @param messages by channel, as messages name it.
     * @param messageBytes of all messages together.
     * @param faults what went wrong, as far as it was asked for.
     * @param sha256 over the messages' bytes, in order.
     * @param complete false if it was stopped before the market's end.
     */
    public record Report(
            long records,
            long messageCount,
            Map<String, Long> messages,
            long messageBytes,
            int largestMessageBytes,
            RecordingFaults faults,
            String firstEventTime,
            String lastEventTime,
            String sha256,
            boolean complete) {}

    private final JournalAppender appender;
    private final SyntheticMarket market;
    private final RecordingFaults faults;
    private final RecordedLane lane;
    private final ReceiveLatency latency;
    private final MessageDigest digest = sha256();
    private final Map<String, Long> messages = new TreeMap<>();
    private long factCount;
    private long messageCount;
    private long messageBytes;
    private int largestMessageBytes;
    private long receivedNs;

    public SyntheticRecording(JournalAppender appender, SyntheticSettings settings) {
        this(appender, settings, RecordingFaults.NONE);
    }

    public SyntheticRecording(JournalAppender appender, SyntheticSettings settings, RecordingFaults faults) {
        this.appender = appender;
        this.faults = faults;
        market = new SyntheticMarket(settings);
        lane = new RecordedLane(this, market, faults.schedule(settings));
        latency = new ReceiveLatency(settings.seed());
        receivedNs = settings.startNs();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /**
     * Writes the whole market.
     *
     * @param version of this program, for the first record.
     * @param progress told the event time since the start, in nanoseconds, now and then.
     * @param stop looked at now and then; true ends the recording early, as whole as one that ran to its end.
     */
    public Report write(String version, LongConsumer progress, BooleanSupplier stop) {
        final SyntheticSettings settings = market.settings();
        started(version, settings);
        lane.open();
        boolean complete = true;
        long made = 0;
        while (complete && market.next()) {
            lane.onMessage();
            if (++made % MESSAGES_PER_LOOK == 0) {
                progress.accept(market.message().eventTimeNs() - settings.startNs());
                complete = !stop.getAsBoolean();
            }
        }
        final Map<String, Object> stopped = new LinkedHashMap<>();
        stopped.put("reason", complete ? "the market's time is over" : "interrupted");
        stopped.put("messages", messageCount);
        fact(RecordKind.RECORDER_STOPPED, NO_CONNECTION, stopped);
        return new Report(
                messageCount + factCount,
                messageCount,
                messages,
                messageBytes,
                largestMessageBytes,
                faults,
                time(settings.startNs()),
                time(market.message().eventTimeNs()),
                HexFormat.of().formatHex(digest.digest()),
                complete);
    }

    private void started(String version, SyntheticSettings settings) {
        final Map<String, Object> described = new LinkedHashMap<>();
        described.put("seed", settings.seed());
        described.put(
                "products",
                settings.products().stream()
                        .map(product ->
                                product.id() + "=" + product.startPrice().toPlainString())
                        .toList());
        described.put("start", time(settings.startNs()));
        described.put("duration_ns", settings.durationNs());
        described.put("messages_per_second", settings.messagesPerSecond());
        described.put("levels_per_side", settings.levelsPerSide());
        described.put("drift_bps_per_minute", settings.driftBpsPerMinute());
        described.put("gaps", faults.gaps());
        described.put("disconnects", faults.disconnects());
        described.put("bad_messages", faults.badMessages());
        final Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("version", version);
        fields.put("source", "synthetic");
        fields.put("settings", described);
        fact(RecordKind.RECORDER_STARTED, NO_CONNECTION, fields);
    }

    List<String> products() {
        return market.settings().products().stream().map(SyntheticProduct::id).toList();
    }

    /** The number of the record that comes next. */
    long nextRecord() {
        return appender.lastSequence() + 1;
    }

    /** Lets the recorder's clock come to an event time: what follows is received then. */
    void receive(long eventTimeNs) {
        receivedNs = latency.receivedNs(eventTimeNs);
    }

    /** Records a message at the time that {@link #receive} came to. */
    void append(MarketMessage message, int connectionId) {
        appender.append(
                RecordKind.MESSAGE,
                Dialect.ADVANCED_TRADE,
                connectionId,
                receivedNs,
                NO_MONOTONIC_TIME,
                message.buffer(),
                0,
                message.length());
        digest.update(message.buffer().byteArray(), 0, message.length());
        messages.merge(message.channel(), 1L, Long::sum);
        messageCount++;
        messageBytes += message.length();
        largestMessageBytes = Math.max(largestMessageBytes, message.length());
    }

    void fact(RecordKind kind, int connectionId, Map<String, ?> fields) {
        final byte[] payload = Fact.encode(fields);
        appender.append(
                kind,
                Dialect.ADVANCED_TRADE,
                connectionId,
                receivedNs,
                NO_MONOTONIC_TIME,
                new UnsafeBuffer(payload),
                0,
                payload.length);
        factCount++;
    }

    private static String time(long epochNs) {
        return Instant.EPOCH.plus(epochNs, ChronoUnit.NANOS).toString();
    }
}
