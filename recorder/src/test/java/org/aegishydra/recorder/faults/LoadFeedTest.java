package org.aegishydra.recorder.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.aegishydra.core.journal.Dialect;
import org.aegishydra.core.journal.Fact;
import org.aegishydra.core.journal.Journal;
import org.aegishydra.core.journal.JournalAppender;
import org.aegishydra.core.journal.JournalFormat;
import org.aegishydra.core.journal.RecordKind;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The feed that recorders are tested with, and the comparison that judges them, must be right themselves. */
@Timeout(120)
class LoadFeedTest {
    private static final List<String> PRODUCTS = List.of("BTC-USD", "ETH-USD");

    @TempDir
    Path directory;

    private static String[] subscriptions(Dialect dialect) {
        final String products = "{\"type\":\"subscribe\",\"product_ids\":[\"BTC-USD\",\"ETH-USD\"],";
        return dialect == Dialect.EXCHANGE
                ? new String[] {
                    products + "\"channels\":[\"level2_batch\",\"matches\",\"ticker\",\"heartbeat\",\"status\"]}"
                }
                : new String[] {
                    products + "\"channel\":\"level2\"}",
                    products + "\"channel\":\"market_trades\"}",
                    products + "\"channel\":\"heartbeats\"}"
                };
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        final long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadlineNs, "waited too long");
            Thread.sleep(2);
        }
    }

    /** What two clients, the second one later, received of a feed; its books then. */
    private List<List<byte[]>> receive(LoadFeed feed, Dialect dialect, Map<String, String> books) throws Exception {
        try (FeedReader first = new FeedReader(feed.url(), subscriptions(dialect))) {
            await(() -> first.messages().size() > 300);
            try (FeedReader second = new FeedReader(feed.url(), subscriptions(dialect))) {
                await(() -> second.messages().size() > 300);
                feed.pause();
                books.putAll(feed.books());
                await(() -> feed.isDrained()
                        && first.messages().size() + second.messages().size() >= feed.messages());
                return List.of(List.copyOf(first.messages()), List.copyOf(second.messages()));
            }
        }
    }

    private Path write(String name, Dialect dialect, List<List<byte[]>> connections) {
        final Path journal = directory.resolve(name);
        try (JournalAppender appender =
                Journal.create(journal, JournalFormat.MARKET).appender()) {
            append(appender, RecordKind.RECORDER_STARTED, dialect, 0, Fact.encode(Map.of("program", "test")));
            for (int i = 0; i < connections.size(); i++) {
                append(appender, RecordKind.CONNECTED, dialect, i + 1, Fact.encode(Map.of("url", "ws://here")));
                for (final byte[] message : connections.get(i)) {
                    append(appender, RecordKind.MESSAGE, dialect, i + 1, message);
                }
                if (i + 1 < connections.size()) {
                    append(appender, RecordKind.DISCONNECTED, dialect, i + 1, Fact.encode(Map.of("code", 1006)));
                }
            }
        }
        return journal;
    }

    private static void append(
            JournalAppender appender, RecordKind kind, Dialect dialect, int connection, byte[] payload) {
        appender.append(kind, dialect, connection, 1, 1, new UnsafeBuffer(payload), 0, payload.length);
    }

    @ParameterizedTest
    @EnumSource(names = {"ADVANCED_TRADE", "EXCHANGE"})
    void shouldShowTheSameMarketToEveryConnection(Dialect dialect) throws Exception {
        final Map<String, String> books = new HashMap<>();
        try (LoadFeed feed = new LoadFeed(
                LoadSettings.of(dialect, PRODUCTS, 4000).withDeepLevels(3000), directory.resolve("sent"))) {
            final List<List<byte[]>> received = receive(feed, dialect, books);
            for (int i = 0; i < received.size(); i++) {
                final List<List<byte[]>> one = List.of(received.get(i));
                try (JournalAgreement agreement =
                        new JournalAgreement(write("journal-" + i, dialect, one), feed).advanceToEnd()) {
                    assertEquals(0, agreement.unusableMessages());
                    assertEquals(received.get(i).size(), agreement.count(RecordKind.MESSAGE));
                    agreement.assertBooks(books);
                }
            }
            try (JournalAgreement agreement =
                    new JournalAgreement(write("both", dialect, received), feed).advanceToEnd()) {
                assertEquals(2, agreement.matchedConnections());
                agreement.assertBooks(books);
            }
            assertEquals(List.of(), feed.violations());
        }
    }

    @Test
    void shouldFindWhatDiffers() throws Exception {
        final Map<String, String> books = new HashMap<>();
        try (LoadFeed feed =
                new LoadFeed(LoadSettings.of(Dialect.ADVANCED_TRADE, PRODUCTS, 4000), directory.resolve("sent"))) {
            final List<byte[]> received =
                    receive(feed, Dialect.ADVANCED_TRADE, books).get(0);

            final List<byte[]> holed = new ArrayList<>(received);
            holed.subList(200, 203).clear();
            assertDiffers(feed, "holed", holed, "message 201 of connection 1", "3 messages are missing before");

            final List<byte[]> doubled = new ArrayList<>(received);
            doubled.add(150, received.get(149));
            assertDiffers(feed, "doubled", doubled, "message 151 of connection 1", "differs at byte");

            final List<byte[]> swapped = new ArrayList<>(received);
            Collections.swap(swapped, 99, 100);
            assertDiffers(feed, "swapped", swapped, "message 100 of connection 1", "1 messages are missing before");

            final List<byte[]> changed = new ArrayList<>(received);
            changed.set(77, received.get(77).clone());
            changed.get(77)[40] ^= 1;
            assertDiffers(feed, "changed", changed, "message 78 of connection 1", "differs at byte 40");

            final List<byte[]> invented = new ArrayList<>(received);
            invented.add(received.get(0));
            assertDiffers(feed, "invented", invented, "message " + invented.size(), "and not this one");

            final List<byte[]> early = received.subList(0, received.size() - 50);
            try (JournalAgreement agreement =
                    new JournalAgreement(write("early", Dialect.ADVANCED_TRADE, List.of(early)), feed).advanceToEnd()) {
                assertTrue(assertThrows(AssertionError.class, () -> agreement.assertBooks(books))
                        .getMessage()
                        .contains("differs at level"));
            }
        }
    }

    private void assertDiffers(LoadFeed feed, String name, List<byte[]> messages, String... parts) {
        try (JournalAgreement agreement =
                new JournalAgreement(write(name, Dialect.ADVANCED_TRADE, List.of(messages)), feed)) {
            final String difference =
                    assertThrows(AssertionError.class, agreement::advanceToEnd).getMessage();
            for (final String part : parts) {
                assertTrue(difference.contains(part), difference);
            }
        }
    }

    @Test
    void shouldNoteWhoBreaksTheRules() {
        final ClientRules rules = new ClientRules();
        for (int i = 0; i < 9; i++) {
            rules.connected(i, i * 50_000_000L);
        }
        rules.subscribed(4, 0, TimeUnit.SECONDS.toNanos(6));
        assertEquals(
                List.of(
                        "connection 8 is the 9th within a second",
                        "connection 4 subscribed 6000 ms after it connected"),
                rules.violations());
    }
}
