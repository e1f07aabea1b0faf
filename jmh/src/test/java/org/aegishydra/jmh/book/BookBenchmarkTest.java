package org.aegishydra.jmh.book;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.aegishydra.core.book.BookText;
import org.aegishydra.core.book.Market;
import org.aegishydra.core.book.ProductBook;
import org.aegishydra.core.journal.Dialect;
import org.aegishydra.jmh.journal.Captures;
import org.aegishydra.jmh.journal.RecordedMarket;
import org.aegishydra.jmh.journal.ReplayedMessages;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Peers are compared only once they are right: all ways must end in the same books. */
class BookBenchmarkTest {
    @TempDir
    Path noCaptures;

    private final RecordedMarket recorded = new RecordedMarket();
    private final ReplayedMessages counted = new ReplayedMessages();
    private final BookBenchmark benchmark = new BookBenchmark();
    private boolean opened;

    private void open(String feed, Path captures, int messages) throws IOException {
        recorded.feed = feed;
        recorded.captures = captures;
        recorded.messages = messages;
        recorded.open();
        opened = true;
    }

    @AfterEach
    void close() throws IOException {
        if (opened) {
            recorded.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"advanced-trade", "exchange"})
    void shouldEndInTheSameBooksOnSyntheticMessages(String feed) throws IOException {
        open(feed, noCaptures, 2_500);
        final Map<String, String> books = assertSameBooks();
        assertEquals(1, books.size());
    }

    @ParameterizedTest
    @CsvSource({"advanced-trade, 3000, 2", "exchange, 25000, 10"})
    void shouldEndInTheSameBooksOnARepeatedCapture(String feed, int messages, int products) throws IOException {
        open(feed, captures(), messages);
        assertEquals(products, assertSameBooks().size());
    }

    private Map<String, String> assertSameBooks() {
        final Map<String, String> books = texts(benchmark.decodeAndBook(recorded, counted));
        assertFalse(books.isEmpty());
        books.forEach((product, text) -> assertTrue(text.lines().count() > 100, product));
        assertEquals(books, texts(benchmark.decodeAndSortedArray(recorded, counted)), "sorted arrays");
        assertEquals(books, texts(benchmark.decodeAndTreeMap(recorded, counted)), "tree maps");
        assertEquals(books, benchmark.jacksonTreeAndTreeMap(recorded, counted).texts(), "Jackson's tree and tree maps");
        assertEquals(books, benchmark.jacksonStreamingAndBook(recorded, counted).texts(), "Jackson's streaming parser");
        assertEquals(5L * recorded.messages, counted.messages);
        return books;
    }

    private static Map<String, String> texts(Market market) {
        final Map<String, String> texts = new TreeMap<>();
        for (int i = 0; i < market.bookCount(); i++) {
            final ProductBook book = market.book(i);
            assertTrue(book.isLive(), book.product().id());
            texts.put(book.product().id(), BookText.of(book));
        }
        return texts;
    }

    /** The books that a program which shares no code with this project found. */
    @ParameterizedTest
    @CsvSource({"advanced-trade, 1030", "exchange, 9946"})
    void shouldEndInTheBooksThatTheOracleFound(String feed, int messages) throws IOException {
        open(feed, captures(), messages);
        final String file =
                Captures.file(captures(), recorded.dialect()).getFileName().toString();
        final JsonNode expected = new ObjectMapper()
                .readTree(captures().resolve("expected-books.json").toFile())
                .path(file)
                .path("books");
        final Market market = benchmark.decodeAndBook(recorded, counted);
        assertEquals(expected.size(), market.bookCount());
        for (int i = 0; i < market.bookCount(); i++) {
            final ProductBook book = market.book(i);
            final JsonNode oracle = expected.path(book.product().id());
            assertEquals(
                    oracle.path("sha256").asText(),
                    BookText.sha256(book),
                    book.product().id());
            assertEquals(
                    oracle.path("level_updates").asLong(),
                    book.levelUpdates(),
                    book.product().id());
        }
    }

    @Test
    void shouldCountWhatItReplays() throws IOException {
        open("exchange", noCaptures, 1_100);
        benchmark.decodeAndBook(recorded, counted);
        final long bytes = counted.bytes;
        assertTrue(bytes > 100_000, "bytes " + bytes);
        benchmark.decodeAndBook(recorded, counted);
        assertEquals(2_200, counted.messages);
        assertEquals(2 * bytes, counted.bytes);
        assertTrue(counted.cpuNs > 0);
    }

    private static Path captures() {
        final Path captures = Captures.directory();
        assumeTrue(
                Files.isReadable(Captures.file(captures, Dialect.EXCHANGE)),
                "no captures in " + captures + ": name their directory with -D" + Captures.DIRECTORY_PROPERTY);
        return captures;
    }
}
