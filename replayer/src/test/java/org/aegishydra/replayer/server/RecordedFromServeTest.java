package org.aegishydra.replayer.server;

import static org.aegishydra.replayer.server.Served.MAX;
import static org.aegishydra.replayer.server.Served.market;
import static org.aegishydra.replayer.server.Served.settings;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.aegishydra.core.book.OverlappingFeeds;
import org.aegishydra.core.journal.Dialect;
import org.aegishydra.core.journal.Fact;
import org.aegishydra.core.journal.Journal;
import org.aegishydra.core.journal.JournalAppender;
import org.aegishydra.core.journal.JournalFormat;
import org.aegishydra.core.journal.JournalTailer;
import org.aegishydra.core.journal.RecordHeader;
import org.aegishydra.core.journal.RecordKind;
import org.aegishydra.recorder.RecordMain;
import org.aegishydra.replayer.ChildJvm;
import org.aegishydra.replayer.synthetic.SyntheticRecording;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A recorder, in a JVM of its own, that records from a served journal, has that journal's books and trades. */
@Timeout(180)
class RecordedFromServeTest {
    private static final int STEPS = 3_000;

    @TempDir
    private Path directory;

    /** Records until the first connection has ended. Returns what was recorded of it: later ones begin all over again. */
    private ToldClient record(Journal journal, Dialect dialect, List<String> products) throws Exception {
        final Path recorded = directory.resolve("recorded");
        final FirstConnection first = new FirstConnection(Journal.create(recorded, JournalFormat.MARKET));
        try (first;
                MarketServer server = MarketServer.of(
                        journal,
                        StartPosition.BEGINNING,
                        settings(MAX, Integer.MAX_VALUE, 30_000, 8 << 20),
                        line -> {})) {
            server.start();
            try (ChildJvm recorder = ChildJvm.start(
                    directory,
                    RecordMain.class,
                    "--product",
                    String.join(",", products),
                    "--feed",
                    dialect == Dialect.EXCHANGE ? "exchange" : "advanced-trade",
                    "--url",
                    server.url(),
                    "--journal",
                    recorded.toString())) {
                recorder.await("the end of what is served", first::hasEnded);
            }
        }
        return first.reader;
    }

    /** Follows a journal as it is recorded, to the end of its first connection. */
    private static final class FirstConnection implements AutoCloseable {
        private final ToldClient reader = new ToldClient();
        private final JournalTailer tailer;
        private boolean ended;

        private FirstConnection(Journal journal) {
            tailer = journal.tailer();
        }

        private boolean hasEnded() {
            while (!ended && tailer.poll(this::onRecord, 1) > 0) {
                // Until the end of what is there.
            }
            return ended;
        }

        private void onRecord(RecordHeader header, DirectBuffer buffer, int offset, int length) {
            ended = header.kind() == RecordKind.DISCONNECTED;
            if (!ended) {
                reader.onRecord(header, buffer, offset, length);
            }
        }

        @Override
        public void close() {
            tailer.close();
        }
    }

    private static ToldClient read(Journal journal) {
        final ToldClient reader = new ToldClient();
        try (JournalTailer tailer = journal.tailer()) {
            while (tailer.poll(reader::onRecord, 1_000) > 0) {
                // Until the end.
            }
        }
        return reader;
    }

    private static int assertSame(ToldClient served, ToldClient recorded, List<String> products) {
        int live = 0;
        for (final String product : products) {
            if (served.isLive(product)) {
                assertTrue(recorded.isLive(product), product);
                assertEquals(served.text(product), recorded.text(product), product);
                live++;
            }
            assertEquals(served.trades(product), recorded.trades(product), product);
        }
        return live;
    }

    @Test
    void shouldHaveTheBooksAndTradesOfASyntheticJournal() throws Exception {
        final Journal journal =
                Journal.create(Files.createDirectory(directory.resolve("served")), JournalFormat.MARKET);
        try (JournalAppender appender = journal.appender()) {
            new SyntheticRecording(appender, market(20, 300, 2_000)).write("test", elapsedNs -> {}, () -> false);
        }
        final List<String> products = List.of("BTC-USD", "ETH-USD");
        final ToldClient served = read(journal);
        assertEquals(2, assertSame(served, record(journal, Dialect.ADVANCED_TRADE, products), products));
        assertTrue(served.trades.size() > 100, () -> served.trades.size() + " trades");
    }

    /** Writes what overlapping connections bring, five milliseconds from record to record. */
    private static final class Recording implements OverlappingFeeds.Reader {
        private final JournalAppender appender;
        private final Map<RecordKind, Integer> kinds = new EnumMap<>(RecordKind.class);
        private long timeNs = Served.START_NS;

        private Recording(JournalAppender appender) {
            this.appender = appender;
        }

        @Override
        public void message(boolean exchange, int connection, String text) {
            append(
                    RecordKind.MESSAGE,
                    exchange ? Dialect.EXCHANGE : Dialect.ADVANCED_TRADE,
                    connection,
                    text.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public void fact(RecordKind kind, int connection, Map<String, ?> fields) {
            append(kind, Dialect.NONE, connection, Fact.encode(fields));
        }

        private void append(RecordKind kind, Dialect dialect, int connection, byte[] payload) {
            timeNs += 5_000_000;
            kinds.merge(kind, 1, Integer::sum);
            appender.append(kind, dialect, connection, timeNs, 0, new UnsafeBuffer(payload), 0, payload.length);
        }
    }

    /** On Exchange nothing is lost: its recorder finds lost trades by their ids, and so would this one. */
    @ParameterizedTest
    @EnumSource(names = {"ADVANCED_TRADE", "EXCHANGE"})
    void shouldHaveTheBooksAndTradesOfOverlappingConnections(Dialect dialect) throws Exception {
        final Journal journal =
                Journal.create(Files.createDirectory(directory.resolve("served")), JournalFormat.MARKET);
        final boolean exchange = dialect == Dialect.EXCHANGE;
        final List<RecordKind> needed = new ArrayList<>(List.of(RecordKind.TAKEOVER, RecordKind.DISCONNECTED));
        if (!exchange) {
            needed.add(RecordKind.GAP);
        }
        try (JournalAppender appender = journal.appender()) {
            final Recording recording = new Recording(appender);
            final OverlappingFeeds feeds = new OverlappingFeeds(new SplittableRandom(7), exchange, exchange, recording);
            for (int i = 0; i < STEPS; i++) {
                feeds.step();
            }
            needed.forEach(kind -> assertTrue(recording.kinds.containsKey(kind), kind + " is missing"));
        }
        final ToldClient served = read(journal);
        final ToldClient recorded = record(journal, dialect, OverlappingFeeds.PRODUCTS);
        assertTrue(assertSame(served, recorded, OverlappingFeeds.PRODUCTS) > 0, "no book is live");
        assertTrue(served.trades.size() > 100, () -> served.trades.size() + " trades");
    }
}
