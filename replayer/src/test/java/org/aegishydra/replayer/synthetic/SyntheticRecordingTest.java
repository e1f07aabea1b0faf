package org.aegishydra.replayer.synthetic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.aegishydra.core.book.BookText;
import org.aegishydra.core.book.LadderOrderBook;
import org.aegishydra.core.book.Market;
import org.aegishydra.core.coinbase.Decoders;
import org.aegishydra.core.coinbase.MessageKind;
import org.aegishydra.core.coinbase.ProductTable;
import org.aegishydra.core.command.UsageException;
import org.aegishydra.core.journal.Fact;
import org.aegishydra.core.journal.Journal;
import org.aegishydra.core.journal.JournalAppender;
import org.aegishydra.core.journal.JournalFormat;
import org.aegishydra.core.journal.JournalTailer;
import org.aegishydra.core.journal.RecordHandler;
import org.aegishydra.core.journal.RecordKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes wrong in a recording, as its readers see it. */
class SyntheticRecordingTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final RecordingFaults FAULTS = new RecordingFaults(4, 2, 6);

    @TempDir
    Path directory;

    private static SyntheticSettings settings(long seed, int seconds, double rate) {
        return new SyntheticSettings(
                seed,
                List.of(SyntheticProduct.parse("BTC-USD"), SyntheticProduct.parse("ETH-USD")),
                1_770_000_000_000_000_000L,
                TimeUnit.SECONDS.toNanos(seconds),
                rate,
                300);
    }

    private Path record(String name, SyntheticSettings settings, RecordingFaults faults) {
        final Path path = directory.resolve(name);
        try (JournalAppender appender =
                Journal.create(path, JournalFormat.MARKET).appender()) {
            final SyntheticRecording.Report report =
                    new SyntheticRecording(appender, settings, faults).write("test", elapsedNs -> {}, () -> false);
            assertEquals(appender.lastSequence(), report.records());
        }
        return path;
    }

    private static void read(Path journal, RecordHandler handler) {
        try (JournalTailer tailer = Journal.open(journal).tailer()) {
            while (tailer.poll(handler, 1_000) > 0) {
                // Up to the end.
            }
        }
    }

    /** The books that the market itself has at its end, as canonical text. */
    private static Map<String, String> ownBooks(SyntheticSettings settings) throws IOException {
        final SyntheticMarket market = new SyntheticMarket(settings);
        while (market.next()) {
            // Up to the end.
        }
        final Map<String, String> books = new TreeMap<>();
        for (final SyntheticProduct product : settings.products()) {
            final MarketMessage snapshot = market.snapshot("l2_data", product.id());
            final StringBuilder text = new StringBuilder();
            for (final JsonNode level : JSON.readTree(
                            snapshot.buffer().getStringWithoutLengthAscii(0, snapshot.length()))
                    .at("/events/0/updates")) {
                text.append(level.get("side").textValue().equals("bid") ? "bid " : "ask ")
                        .append(level.get("price_level").textValue())
                        .append(' ')
                        .append(level.get("new_quantity").textValue())
                        .append('\n');
            }
            books.put(product.id(), text.toString());
        }
        return books;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void shouldEndInTheMarketsOwnBooksWhateverGoesWrong(long seed) throws IOException {
        // The last one has little more than its heartbeats: faults and answers must fit between few messages.
        final SyntheticSettings settings = settings(seed, 150, seed == 4 ? 3 : 200);
        final ProductTable products = new ProductTable();
        final Market read = new Market(
                products,
                Decoders.of(products),
                LadderOrderBook::new,
                (book, tradeId, price, size, side, timeNs) -> {});
        final Map<MessageKind, Integer> kinds = new EnumMap<>(MessageKind.class);
        read(record("a", settings, FAULTS), (header, buffer, offset, length) -> {
            if (header.kind() == RecordKind.MESSAGE) {
                kinds.merge(read.decode(header, buffer, offset, length), 1, Integer::sum);
                read.apply(header);
            } else {
                read.applyFact(header, buffer, offset, length);
            }
        });
        final Map<String, String> books = new TreeMap<>();
        for (int i = 0; i < read.bookCount(); i++) {
            assertTrue(read.book(i).isLive());
            books.put(read.book(i).product().id(), BookText.of(read.book(i)));
        }
        assertEquals(ownBooks(settings), books);
        assertEquals(2, kinds.get(MessageKind.UNKNOWN));
        assertEquals(4, kinds.get(MessageKind.MALFORMED));
    }

    /** What the journal says of a connection, to be held against its messages. */
    private static final class Seen {
        private long expected;
        private long messages;
        private boolean holed;
    }

    @Test
    void shouldTellWhatWentWrongAsARecorderWould() {
        final Map<RecordKind, Integer> facts = new EnumMap<>(RecordKind.class);
        final Map<Integer, Seen> connections = new HashMap<>();
        final List<Integer> closeCodes = new ArrayList<>();
        read(record("a", settings(5, 150, 200), FAULTS), (header, buffer, offset, length) -> {
            facts.merge(header.kind(), 1, Integer::sum);
            final Seen seen = connections.computeIfAbsent(header.connectionId(), id -> new Seen());
            if (header.kind() == RecordKind.MESSAGE) {
                final String text = buffer.getStringWithoutLengthAscii(offset, Math.min(length, 200));
                final long got = Long.parseLong(text.replaceFirst(".*\"sequence_num\":(\\d+).*", "$1"));
                seen.holed = got != seen.expected;
                seen.expected = got + 1;
                seen.messages++;
                return;
            }
            final JsonNode fact = Fact.decode(buffer, offset, length);
            switch (header.kind()) {
                case GAP -> {
                    assertTrue(seen.holed, "no hole before the gap");
                    assertEquals(seen.expected - 1, fact.get("got").longValue());
                    assertTrue(
                            fact.get("expected").longValue() < fact.get("got").longValue());
                }
                case TAKEOVER -> {
                    assertEquals(header.sequence(), fact.get("from_record").longValue());
                    assertTrue(seen.messages >= 7, "a takeover before the snapshots");
                }
                case DISCONNECTED -> {
                    assertEquals(seen.messages, fact.get("messages").longValue());
                    closeCodes.add(fact.get("code").intValue());
                }
                default -> assertEquals(0, seen.messages * header.connectionId());
            }
        });
        assertEquals(4, facts.get(RecordKind.GAP));
        assertEquals(4, facts.get(RecordKind.TAKEOVER));
        assertEquals(
                List.of(1000, 1000, 1000, 1000, 1006, 1006, 1011, 1011),
                closeCodes.stream().sorted().toList());
        assertEquals(9, facts.get(RecordKind.CONNECTED));
        assertEquals(9, facts.get(RecordKind.SUBSCRIBED));
    }

    @Test
    void shouldWriteTheSameRecordsForTheSameSeed() {
        final List<Integer> first = hashes(record("a", settings(5, 130, 50), FAULTS));
        assertEquals(first, hashes(record("b", settings(5, 130, 50), FAULTS)));
        assertNotEquals(first, hashes(record("c", settings(6, 130, 50), FAULTS)));
    }

    private static List<Integer> hashes(Path journal) {
        final List<Integer> hashes = new ArrayList<>();
        read(journal, (header, buffer, offset, length) -> {
            hashes.add(header.crc32c());
            hashes.add(header.connectionId());
            hashes.add(Long.hashCode(header.wallTimeNs()));
        });
        return hashes;
    }

    @Test
    void shouldRefuseMoreFaultsThanThereIsTimeFor() {
        final RecordingFaults twelve = new RecordingFaults(12, 0, 0);
        final UsageException refused = assertThrows(UsageException.class, () -> twelve.check(settings(1, 119, 50)));
        assertTrue(refused.getMessage().contains("11 are the most"), refused::getMessage);
        twelve.check(settings(1, 120, 50));
        assertThrows(UsageException.class, () -> new RecordingFaults(0, -1, 0));
    }
}
