package org.aegishydra.recorder.faults;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.aegishydra.core.book.BookText;
import org.aegishydra.core.book.LadderOrderBook;
import org.aegishydra.core.book.Market;
import org.aegishydra.core.book.ProductBook;
import org.aegishydra.core.coinbase.Decoders;
import org.aegishydra.core.coinbase.MessageKind;
import org.aegishydra.core.coinbase.ProductTable;
import org.aegishydra.core.journal.Fact;
import org.aegishydra.core.journal.JournalTailer;
import org.aegishydra.core.journal.RecordHeader;
import org.aegishydra.core.journal.RecordKind;
import org.agrona.DirectBuffer;

/**
 * Compares a journal with what a {@link LoadFeed} sent: what was recorded of each connection is, byte for byte and in
 * order, the beginning of what was sent on it; record sequences are contiguous and checksums right; the books that the
 * records make can be compared with the feed's own. Follows a journal as it grows. Bound to the thread that uses it.
 *
 * <p>Recorder and server number connections on their own. A recorded connection is matched to the server's connection that
 * sent the same bytes; the first messages of two connections may be equal, so it can take a few until it is known.
 *
 * <p>Every disagreement is an {@link AssertionError} that names the record and the first difference.
 */
public final class JournalAgreement implements AutoCloseable {
    private static final int LARGE_BYTES = 1 << 20;

    private final LoadFeed feed;
    private final JournalTailer tailer;
    private final ProductTable productTable = new ProductTable();
    private final Market market;
    private final Map<Integer, RecordedConnection> connections = new HashMap<>();
    private final List<RecordedConnection> all = new ArrayList<>();
    private final Set<LoadConnection> claimed = new HashSet<>();
    private final Map<RecordKind, Long> kinds = new EnumMap<>(RecordKind.class);
    private long records;
    private long lastSequence;
    private long messageBytes;
    private long largeMessages;
    private long missedHeartbeats;
    private long longestStartLagNs;
    private long longestBlindNs;
    private long lastEmptyPollNs;
    private long emptyBeforeStartNs;
    private long unusableMessages;

    /** Begins before the journal's first record. */
    public JournalAgreement(Path journal, LoadFeed feed) {
        this.feed = feed;
        tailer = MarketJournals.open(journal).tailer().verifyChecksums(true);
        market = new Market(
                productTable,
                Decoders.of(productTable),
                LadderOrderBook::new,
                (book, tradeId, price, size, side, timeNs) -> {});
    }

    /** Compares the records that are there now; returns how many there were, at most the limit. */
    public int advance(int limit) {
        final long nowNs = wallTimeNs();
        final int polled = tailer.poll(this::onRecord, limit);
        if (polled == 0) {
            lastEmptyPollNs = nowNs;
        }
        return polled;
    }

    private static long wallTimeNs() {
        return System.currentTimeMillis() * 1_000_000L;
    }

    /** Compares all records that are there now. */
    public JournalAgreement advanceToEnd() {
        while (advance(1000) > 0) {
            // Until the end.
        }
        return this;
    }

    private void onRecord(RecordHeader header, DirectBuffer buffer, int offset, int length) {
        records++;
        lastSequence = header.sequence();
        if (records != lastSequence) {
            throw new AssertionError("record " + lastSequence + " is the " + records + "th of the journal");
        }
        if (emptyBeforeStartNs != 0) {
            longestBlindNs = Math.max(longestBlindNs, emptyBeforeStartNs - header.wallTimeNs());
            emptyBeforeStartNs = 0;
        }
        kinds.merge(header.kind(), 1L, Long::sum);
        if (header.kind() != RecordKind.MESSAGE) {
            onFact(header, buffer, offset, length);
            return;
        }
        messageBytes += length;
        largeMessages += length >= LARGE_BYTES ? 1 : 0;
        final byte[] message = new byte[length];
        buffer.getBytes(offset, message);
        try {
            recorded(header.connectionId()).compare(message, header.sequence());
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        final MessageKind kind = market.decode(header, buffer, offset, length);
        if (kind == MessageKind.MALFORMED) {
            unusableMessages++;
        }
        market.apply(header);
    }

    private void onFact(RecordHeader header, DirectBuffer buffer, int offset, int length) {
        if (header.kind() == RecordKind.RECORDER_STARTED) {
            emptyBeforeStartNs = lastEmptyPollNs;
            longestStartLagNs = Math.max(longestStartLagNs, lastEmptyPollNs - header.wallTimeNs());
            forgetConnections();
        } else if (header.kind() == RecordKind.GAP) {
            final JsonNode gap = Fact.decode(buffer, offset, length);
            if (gap.has("silent_ms")) {
                missedHeartbeats++;
            } else {
                recorded(header.connectionId()).gap();
            }
        } else if (header.kind() == RecordKind.DISCONNECTED) {
            recorded(header.connectionId()).end();
        }
        market.applyFact(header, buffer, offset, length);
    }

    private RecordedConnection recorded(int id) {
        return connections.computeIfAbsent(id, none -> {
            final RecordedConnection made =
                    new RecordedConnection(feed, claimed, count(RecordKind.RECORDER_STARTED), id);
            all.add(made);
            return made;
        });
    }

    private void forgetConnections() {
        connections.values().forEach(RecordedConnection::close);
        connections.clear();
    }

    /** Records of a kind so far. */
    public long count(RecordKind kind) {
        return kinds.getOrDefault(kind, 0L);
    }

    /** The last record's sequence; 0 if there is none. */
    public long lastSequence() {
        return lastSequence;
    }

    /** Bytes of all messages so far. */
    public long messageBytes() {
        return messageBytes;
    }

    /** Connections that were suspected because no heartbeat came, so far. */
    public long missedHeartbeats() {
        return missedHeartbeats;
    }

    /** Messages of a megabyte or more so far: snapshots. */
    public long largeMessages() {
        return largeMessages;
    }

    /** Messages that no decoder could use. */
    public long unusableMessages() {
        return unusableMessages;
    }

    /**
     * The longest time from the moment at which a recorder began to write its first record to a look of the reader's that
     * did not find it: what the writer needed and what the reader waited for.
     */
    public long longestStartLagNs() {
        return longestStartLagNs;
    }

    /**
     * The longest time for which a reader did not see a recorder's first record although the second one was being written:
     * what the reader waited for at least, however busy the machine is.
     */
    public long longestBlindNs() {
        return longestBlindNs;
    }

    /** The server's connections that were found in the journal. */
    public int matchedConnections() {
        return claimed.size();
    }

    /**
     * Whether all that was sent on the connections that are open was recorded, and the end of those that are not: until
     * then a book rests on a connection on which nothing comes any more.
     */
    public boolean isCaughtUp() {
        for (final RecordedConnection connection : connections.values()) {
            if (connection.isMatched() && !connection.owner().isOpen() && !connection.isEnded()) {
                return false;
            }
        }
        final Map<LoadConnection, Long> recorded = new HashMap<>();
        all.stream()
                .filter(RecordedConnection::isMatched)
                .forEach(connection -> recorded.put(connection.owner(), connection.messages()));
        return feed.connections().stream()
                .filter(LoadConnection::isOpen)
                .allMatch(connection -> recorded.getOrDefault(connection, 0L)
                        == connection.log().messages());
    }

    /** Whether every product's book has missed nothing since its snapshot. */
    public boolean areBooksLive(Set<String> products) {
        int live = 0;
        for (int i = 0; i < market.bookCount(); i++) {
            if (market.book(i).isLive()
                    && products.contains(market.book(i).product().id())) {
                live++;
            }
        }
        return live == products.size();
    }

    /** The books are live, and as they should be. */
    public void assertBooks(Map<String, String> truth) {
        truth.forEach((product, text) -> {
            final ProductBook book =
                    market.bookCount() > productTable.product(product).index()
                            ? market.book(productTable.product(product).index())
                            : null;
            if (book == null || !book.isLive()) {
                throw new AssertionError("after record " + lastSequence + " the book of " + product
                        + (book == null ? " is missing" : " is not live"));
            }
            final String[] expected = text.split("\n", -1);
            final String[] found = BookText.of(book).split("\n", -1);
            final int at = Arrays.mismatch(expected, found);
            if (at >= 0) {
                throw new AssertionError("after record " + lastSequence + " the book of " + product
                        + " differs at level "
                        + at + ": it should be '" + (at < expected.length ? expected[at] : "no more") + "' and is '"
                        + (at < found.length ? found[at] : "no more") + "' (" + (expected.length - 1) + " and "
                        + (found.length - 1) + " levels)");
            }
        });
    }

    /**
     * What was sent before a close frame that the recorder answered is in the journal as a whole, and where the sequence of
     * a connection was broken, the journal says so, and nowhere else.
     */
    public void assertComplete() {
        all.forEach(RecordedConnection::assertComplete);
    }

    @Override
    public void close() {
        forgetConnections();
        tailer.close();
    }
}
