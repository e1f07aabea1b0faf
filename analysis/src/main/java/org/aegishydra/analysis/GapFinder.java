package org.aegishydra.analysis;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.aegishydra.analysis.GapReport.ClockStepBack;
import org.aegishydra.analysis.GapReport.LossFact;
import org.aegishydra.analysis.GapReport.SequenceHole;
import org.aegishydra.analysis.GapReport.SequenceStepBack;
import org.aegishydra.analysis.GapReport.Silence;
import org.aegishydra.analysis.GapReport.TradeHole;
import org.aegishydra.core.coinbase.MarketDataListener;
import org.aegishydra.core.coinbase.Product;
import org.aegishydra.core.coinbase.Side;
import org.aegishydra.core.journal.Fact;
import org.aegishydra.core.journal.RecordHeader;
import org.aegishydra.core.journal.RecordKind;
import org.agrona.DirectBuffer;
import org.agrona.collections.Int2ObjectHashMap;

/**
 * Finds what is missing in a stream of records: holes in a connection's sequence numbers, facts of loss, holes in the
 * trade ids, silences. Give it each record with {@link #onRecord} before what the record says. Used by one thread.
 */
final class GapFinder implements MarketDataListener {
    /** The most findings of a sort that are listed. */
    static final int LIST_LIMIT = 100;

    private static final long NONE = Long.MIN_VALUE;

    private final FirstFew<SequenceHole> sequenceHoles = new FirstFew<>(LIST_LIMIT);
    private final FirstFew<SequenceStepBack> sequenceStepsBack = new FirstFew<>(LIST_LIMIT);
    private final FirstFew<LossFact> facts = new FirstFew<>(LIST_LIMIT);
    private final FirstFew<TradeHole> tradeHoles = new FirstFew<>(LIST_LIMIT);
    private final FirstFew<ClockStepBack> clockStepsBack = new FirstFew<>(LIST_LIMIT);
    private final Map<String, Long> factsByKind = new TreeMap<>();
    private final Map<String, Long> missingTradesByProduct = new TreeMap<>();
    private final Int2ObjectHashMap<Connection> connections = new Int2ObjectHashMap<>();

    private Connection connection;
    private long[] lastTradeIds = new long[0];
    private long missingMessages;

    private long recordSequence;
    private long wallTimeNs;
    private long lastWallTimeNs = NONE;
    private long lastEventTimeNs = NONE;
    private long silenceNs = NONE;
    private long silenceRecord;
    private long silenceEndNs;

    /** One connection's place in its sequence. */
    private static final class Connection {
        private final int id;
        private long lastSequence = NO_VALUE;
        private long malformedSince;

        private Connection(int id) {
            this.id = id;
        }
    }

    /** Every record. */
    void onRecord(RecordHeader header) {
        recordSequence = header.sequence();
        wallTimeNs = header.wallTimeNs();
        final long eventTimeNs = header.eventTimeNs();
        if (lastEventTimeNs != NONE && eventTimeNs - lastEventTimeNs > silenceNs) {
            silenceNs = eventTimeNs - lastEventTimeNs;
            silenceRecord = recordSequence;
            silenceEndNs = wallTimeNs;
        }
        lastEventTimeNs = eventTimeNs;
        if (lastWallTimeNs > wallTimeNs) {
            final long stepNs = lastWallTimeNs - wallTimeNs;
            clockStepsBack.add(() -> new ClockStepBack(recordSequence, time(), stepNs));
        }
        lastWallTimeNs = wallTimeNs;
        if (connection == null || connection.id != header.connectionId()) {
            connection = connections.computeIfAbsent(header.connectionId(), Connection::new);
        }
    }

    /** The record is a message that cannot be used. */
    void onMalformed() {
        connection.malformedSince++;
    }

    /** The record is a fact. */
    void onFact(RecordHeader header, DirectBuffer buffer, int offset, int length) {
        final RecordKind kind = header.kind();
        switch (kind) {
            case RECORDER_STARTED -> {
                connections.clear();
                connection = null;
            }
            case CONNECTED -> {
                connection.lastSequence = NO_VALUE;
                connection.malformedSince = 0;
            }
            case DISCONNECTED, GAP, OVERSIZED, INVALID_TEXT -> {
                factsByKind.merge(JournalReport.key(kind), 1L, Long::sum);
                facts.add(() -> new LossFact(
                        recordSequence,
                        time(),
                        header.connectionId(),
                        JournalReport.key(kind),
                        Fact.decode(buffer, offset, length)));
            }
            default -> {
                // The others tell of no loss.
            }
        }
    }

    @Override
    public void onMessage(long exchangeTimeNs, long sequenceNumber) {
        if (sequenceNumber == NO_VALUE) {
            return;
        }
        final long expected = connection.lastSequence + 1;
        final long malformed = connection.malformedSince;
        if (connection.lastSequence != NO_VALUE && sequenceNumber != expected) {
            final int id = connection.id;
            if (sequenceNumber > expected) {
                missingMessages += sequenceNumber - expected;
                sequenceHoles.add(() -> new SequenceHole(
                        recordSequence, time(), id, expected, sequenceNumber, sequenceNumber - expected, malformed));
            } else {
                sequenceStepsBack.add(() -> new SequenceStepBack(recordSequence, time(), id, expected, sequenceNumber));
            }
        }
        connection.lastSequence = sequenceNumber;
        connection.malformedSince = 0;
    }

    @Override
    public void onTrade(
            Product product, long tradeId, long price, long size, Side makerSide, long timeNs, boolean history) {
        final int index = product.index();
        if (index >= lastTradeIds.length) {
            final int before = lastTradeIds.length;
            lastTradeIds = Arrays.copyOf(lastTradeIds, Math.max(16, index * 2));
            Arrays.fill(lastTradeIds, before, lastTradeIds.length, NONE);
        }
        final long last = lastTradeIds[index];
        if (tradeId <= last) {
            return;
        }
        lastTradeIds[index] = tradeId;
        if (last != NONE && tradeId > last + 1) {
            final long missing = tradeId - last - 1;
            missingTradesByProduct.merge(product.id(), missing, Long::sum);
            tradeHoles.add(() -> new TradeHole(recordSequence, time(), product.id(), last + 1, tradeId - 1, missing));
        }
    }

    private String time() {
        return IsoTime.of(wallTimeNs);
    }

    GapReport report() {
        return new GapReport(
                missingMessages,
                sequenceHoles.findings(),
                sequenceStepsBack.findings(),
                factsByKind,
                facts.findings(),
                missingTradesByProduct,
                tradeHoles.findings(),
                silenceNs == NONE ? null : new Silence(silenceRecord, IsoTime.of(silenceEndNs), silenceNs),
                clockStepsBack.findings());
    }
}
