package org.aegishydra.recorder.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.aegishydra.core.book.ArrayOrderBook;
import org.aegishydra.core.book.BookText;
import org.aegishydra.core.book.Market;
import org.aegishydra.core.book.ProductBook;
import org.aegishydra.core.coinbase.Decoders;
import org.aegishydra.core.coinbase.MessageKind;
import org.aegishydra.core.coinbase.ProductTable;
import org.aegishydra.core.journal.Journal;
import org.aegishydra.core.journal.JournalFormat;
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
    private static final int SHOWN_BYTES = 120;
    private static final int LARGE_BYTES = 1 << 20;
    private static final int LOOKED_AHEAD = 1000;

    private final LoadFeed feed;
    private final JournalTailer tailer;
    private final ProductTable productTable = new ProductTable();
    private final Market market;
    private final Map<Integer, Track> tracks = new HashMap<>();
    private final List<Track> matched = new ArrayList<>();
    private final Set<LoadConnection> claimed = new HashSet<>();
    private final Map<RecordKind, Long> kinds = new EnumMap<>(RecordKind.class);
    private long records;
    private long lastSequence;
    private long messageBytes;
    private long largeMessages;
    private long longestStartLagNs;
    private long unusableMessages;

    /** One recorded connection, and which of the server's it can be. */
    private final class Track {
        private final long run;
        private final int connectionId;
        private final List<SentLog.Reader> candidates = new ArrayList<>();
        private final List<LoadConnection> owners = new ArrayList<>();
        private long messages;

        private Track(long run, int connectionId) {
            this.run = run;
            this.connectionId = connectionId;
        }

        private void compare(byte[] recorded, long sequence) throws IOException {
            if (messages == 0) {
                for (final LoadConnection connection : feed.connections()) {
                    if (!claimed.contains(connection)) {
                        owners.add(connection);
                        candidates.add(connection.log().reader());
                    }
                }
            }
            String difference = "no connection of the server's is left that it could be";
            final Iterator<SentLog.Reader> readers = candidates.iterator();
            final Iterator<LoadConnection> numbers = owners.iterator();
            while (readers.hasNext()) {
                final SentLog.Reader reader = readers.next();
                final LoadConnection owner = numbers.next();
                final byte[] sent = reader.next();
                if (sent == null || !Arrays.equals(sent, recorded)) {
                    difference = "the server's connection " + owner.number() + " (" + owner.end() + ") "
                            + difference(sent, recorded, reader);
                    reader.close();
                    readers.remove();
                    numbers.remove();
                }
            }
            messages++;
            if (candidates.isEmpty()) {
                throw new AssertionError("record " + sequence + ", message " + messages + " of connection "
                        + connectionId + " of recorder " + run + ": " + difference);
            }
            if (candidates.size() == 1 && claimed.add(owners.get(0))) {
                matched.add(this);
            }
        }

        private String difference(byte[] sent, byte[] recorded, SentLog.Reader reader) throws IOException {
            if (sent == null) {
                return "sent " + reader.position() + " messages and not this one: " + shown(recorded, 0);
            }
            final int at = Arrays.mismatch(sent, recorded);
            String where = "; the record is none of the next " + LOOKED_AHEAD + " messages";
            byte[] ahead = reader.next();
            for (int i = 1; ahead != null && i <= LOOKED_AHEAD; i++) {
                if (Arrays.equals(ahead, recorded)) {
                    where = "; " + i + " messages are missing before this record";
                    break;
                }
                ahead = reader.next();
            }
            return "differs at byte " + at + ": sent " + sent.length + " bytes " + shown(sent, at) + ", recorded "
                    + recorded.length + " bytes " + shown(recorded, at) + where;
        }
    }

    /** Begins before the journal's first record. */
    public JournalAgreement(Path journal, LoadFeed feed) {
        this(journal, JournalFormat.MARKET, feed);
    }

    public JournalAgreement(Path journal, JournalFormat format, LoadFeed feed) {
        this.feed = feed;
        tailer = Journal.open(journal, format).tailer().verifyChecksums(true);
        market = new Market(
                productTable, Decoders.of(productTable), ArrayOrderBook::new, (book, price, size, side, timeNs) -> {});
    }

    private static String shown(byte[] bytes, int at) {
        final int from = Math.max(0, at - SHOWN_BYTES / 2);
        return "'" + new String(bytes, from, Math.min(SHOWN_BYTES, bytes.length - from), UTF_8) + "'";
    }

    /** Compares the records that are there now; returns how many there were, at most the limit. */
    public int advance(int limit) {
        return tailer.poll(this::onRecord, limit);
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
        kinds.merge(header.kind(), 1L, Long::sum);
        if (header.kind() != RecordKind.MESSAGE) {
            onFact(header, buffer, offset, length);
            return;
        }
        messageBytes += length;
        largeMessages += length >= LARGE_BYTES ? 1 : 0;
        final byte[] message = new byte[length];
        buffer.getBytes(offset, message);
        final long run = count(RecordKind.RECORDER_STARTED);
        final Track track = tracks.computeIfAbsent(header.connectionId(), id -> new Track(run, id));
        try {
            track.compare(message, header.sequence());
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
            final long nowNs = System.currentTimeMillis() * 1_000_000L;
            longestStartLagNs = Math.max(longestStartLagNs, nowNs - header.wallTimeNs());
            forgetTracks();
        }
        market.applyFact(header, buffer, offset, length);
    }

    private void forgetTracks() {
        for (final Track track : tracks.values()) {
            closeAll(track);
        }
        tracks.clear();
    }

    private static void closeAll(Track track) {
        for (final SentLog.Reader reader : track.candidates) {
            try {
                reader.close();
            } catch (final IOException e) {
                throw new UncheckedIOException(e);
            }
        }
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

    /** Messages of a megabyte or more so far: snapshots. */
    public long largeMessages() {
        return largeMessages;
    }

    /** Messages that no decoder could use. */
    public long unusableMessages() {
        return unusableMessages;
    }

    /**
     * The longest time from a recorder's first record to its reading; of meaning only where a reader was waiting for it.
     */
    public long longestStartLagNs() {
        return longestStartLagNs;
    }

    /** The server's connections that were found in the journal. */
    public int matchedConnections() {
        return matched.size();
    }

    /** Whether all that was sent on the connections that are open was recorded. */
    public boolean isCaughtUp() {
        final Map<LoadConnection, Long> recorded = new HashMap<>();
        matched.forEach(track -> recorded.put(track.owners.get(0), track.messages));
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

    /** What was sent before a close frame that the recorder answered is in the journal as a whole. */
    public void assertComplete() {
        for (final Track track : matched) {
            final LoadConnection connection = track.owners.get(0);
            if (connection.isCloseAnswered()
                    && track.messages != connection.log().messages()) {
                throw new AssertionError("connection " + track.connectionId + " of recorder " + track.run
                        + ": the recorder answered the close frame of the server's connection "
                        + connection.number() + ", and recorded " + track.messages + " of "
                        + connection.log().messages() + " messages");
            }
        }
    }

    @Override
    public void close() {
        forgetTracks();
        tailer.close();
    }
}
