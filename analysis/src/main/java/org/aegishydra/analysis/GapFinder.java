package org.aegishydra.analysis;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.aegishydra.analysis.FirstFew.Findings;
import org.aegishydra.analysis.GapReport.ClockStepBack;
import org.aegishydra.analysis.GapReport.LossFact;
import org.aegishydra.analysis.GapReport.SequenceHole;
import org.aegishydra.analysis.GapReport.SequenceStepBack;
import org.aegishydra.analysis.GapReport.Silence;
import org.aegishydra.analysis.GapReport.Takeover;
import org.aegishydra.analysis.GapReport.TradeHole;
import org.aegishydra.core.book.Market;
import org.aegishydra.core.book.ProductBook;
import org.aegishydra.core.coinbase.MarketDataListener;
import org.aegishydra.core.coinbase.Product;
import org.aegishydra.core.coinbase.Side;
import org.aegishydra.core.journal.Fact;
import org.aegishydra.core.journal.RecordHeader;
import org.aegishydra.core.journal.RecordKind;
import org.agrona.DirectBuffer;
import org.agrona.collections.Int2ObjectHashMap;

/**
 * Finds what is missing in a stream of records: holes in a connection's sequence numbers, facts of loss, trade ids that
 * no connection brought, silences; and the takeovers, which are no gaps, nor is the end of a connection that was replaced.
 * Give it each record with {@link #onRecord} before what the record says. Used by one thread.
 */
final class GapFinder implements MarketDataListener {
    /** The most findings of a sort that are listed. */
    static final int LIST_LIMIT = 100;

    private static final long NONE = Long.MIN_VALUE;

    private final FirstFew<SequenceHole> sequenceHoles = new FirstFew<>(LIST_LIMIT);
    private final FirstFew<SequenceStepBack> sequenceStepsBack = new FirstFew<>(LIST_LIMIT);
    private final FirstFew<LossFact> facts = new FirstFew<>(LIST_LIMIT);
    private final FirstFew<Takeover> takeovers = new FirstFew<>(LIST_LIMIT);
    private final TradeHoles tradeHoles = new TradeHoles(LIST_LIMIT);
    private final FirstFew<ClockStepBack> clockStepsBack = new FirstFew<>(LIST_LIMIT);
    private final Map<String, Long> factsByKind = new TreeMap<>();
    private final Int2ObjectHashMap<Connection> connections = new Int2ObjectHashMap<>();

    private Connection connection;
    private long missingMessages;

    private long recordSequence;
    private long wallTimeNs;
    private long lastWallTimeNs = NONE;
    private long lastEventTimeNs = NONE;
    private long silenceNs = NONE;
    private long silenceRecord;
    private long silenceEndNs;

    /** One connection's place in its sequence, and what became of it. */
    private static final class Connection {
        private final int id;
        private long firstMessageNs = NONE;
        private long lastWallTimeNs = NONE;
        private boolean replaced;
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
        if (connection == null || connection.id != header.connectionId()) {
            connection = connections.computeIfAbsent(header.connectionId(), Connection::new);
        }
        if (header.kind() == RecordKind.MESSAGE) {
            if (connection.firstMessageNs == NONE) {
                connection.firstMessageNs = eventTimeNs;
            }
            findClockStepBack(connection.lastWallTimeNs);
            connection.lastWallTimeNs = wallTimeNs;
        } else if (header.kind() == RecordKind.RECORDER_STARTED) {
            findClockStepBack(lastWallTimeNs);
        }
        lastWallTimeNs = wallTimeNs;
    }

    /** Connections take their stamps side by side, so that one's time says nothing of another's order. */
    private void findClockStepBack(long beforeNs) {
        if (beforeNs > wallTimeNs) {
            final long stepNs = beforeNs - wallTimeNs;
            clockStepsBack.add(() -> new ClockStepBack(recordSequence, time(), stepNs));
        }
    }

    /** The record is a message that cannot be used. */
    void onMalformed() {
        connection.malformedSince++;
    }

    /**
     * The record is a fact.
     *
     * @param market tells which connection is authoritative for a product; the fact is not yet applied to it.
     */
    void onFact(Market market, RecordHeader header, DirectBuffer buffer, int offset, int length) {
        final RecordKind kind = header.kind();
        switch (kind) {
            case RECORDER_STARTED -> {
                connections.clear();
                connection = null;
            }
            case CONNECTED -> {
                connection.lastSequence = NO_VALUE;
                connection.malformedSince = 0;
                connection.firstMessageNs = NONE;
                connection.replaced = false;
            }
            case TAKEOVER -> onTakeover(market, Fact.decode(buffer, offset, length));
            case DISCONNECTED, GAP, OVERSIZED, INVALID_TEXT -> {
                if (kind == RecordKind.DISCONNECTED && connection.replaced && !hasAuthority(market, connection.id)) {
                    return;
                }
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

    private void onTakeover(Market market, JsonNode fact) {
        final Set<String> taken = new HashSet<>();
        fact.path("products").forEach(product -> taken.add(product.asText()));
        boolean overlaps = false;
        for (int i = 0; i < market.bookCount(); i++) {
            final ProductBook book = market.book(i);
            final Connection before = connections.get(book.connectionId());
            if (before != null
                    && before != connection
                    && taken.contains(book.product().id())) {
                before.replaced = true;
                overlaps = true;
            }
        }
        final long overlapNs =
                overlaps && connection.firstMessageNs != NONE ? lastEventTimeNs - connection.firstMessageNs : 0;
        final int id = connection.id;
        takeovers.add(() -> new Takeover(recordSequence, time(), id, taken.size(), overlapNs));
    }

    private static boolean hasAuthority(Market market, int connectionId) {
        for (int i = 0; i < market.bookCount(); i++) {
            if (market.book(i).connectionId() == connectionId) {
                return true;
            }
        }
        return false;
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
        tradeHoles.onTrade(product, tradeId, recordSequence, wallTimeNs);
    }

    private String time() {
        return IsoTime.of(wallTimeNs);
    }

    GapReport report(Market market) {
        final Findings<TradeHole> tradeIdHoles = tradeHoles.findings();
        return new GapReport(
                missingMessages,
                sequenceHoles.findings(),
                sequenceStepsBack.findings(),
                factsByKind,
                facts.findings(),
                takeovers.findings(),
                tradeHoles.missingByProduct(),
                tradeIdHoles,
                forgottenTradesByProduct(market),
                silenceNs == NONE ? null : new Silence(silenceRecord, IsoTime.of(silenceEndNs), silenceNs),
                clockStepsBack.findings());
    }

    private static Map<String, Long> forgottenTradesByProduct(Market market) {
        final Map<String, Long> forgotten = new TreeMap<>();
        for (int i = 0; i < market.bookCount(); i++) {
            final ProductBook book = market.book(i);
            if (book.forgottenTrades() > 0) {
                forgotten.put(book.product().id(), book.forgottenTrades());
            }
        }
        return forgotten;
    }
}
