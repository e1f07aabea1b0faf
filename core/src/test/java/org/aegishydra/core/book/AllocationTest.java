package org.aegishydra.core.book;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.aegishydra.core.coinbase.Decoders;
import org.aegishydra.core.coinbase.MessageKind;
import org.aegishydra.core.coinbase.ProductTable;
import org.aegishydra.core.journal.Dialect;
import org.aegishydra.core.journal.RecordHeader;
import org.aegishydra.core.journal.RecordKind;
import org.aegishydra.core.journal.TestHeaders;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** From bytes to books, nothing is allocated once everything has grown to its size. */
class AllocationTest {
    private static final int MEASURED_MESSAGES = 100_000;
    private static final int MOST_RUNS = 6;

    /** Full-depth snapshots are loaded once: to load one again and again takes the time of all other messages. */
    private static final int LARGEST_REPEATED_BYTES = 64 * 1024;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final ProductTable products = new ProductTable();
    private long traded;
    private final Market market = new Market(
            products,
            Decoders.of(products),
            LadderOrderBook::new,
            (book, tradeId, price, size, side, timeNs) -> traded += size);
    private Object allocated;

    private void apply(RecordHeader header, UnsafeBuffer message) {
        market.decode(header, message, 0, message.capacity());
        market.apply(header);
    }

    /**
     * The fewest bytes that any of some runs of {@link #MEASURED_MESSAGES} messages allocated. The compiler itself costs
     * the thread a few dozen bytes when it first compiles a branch or gives one up; whatever the code allocates, even once
     * a run, is in all of them.
     */
    private long allocatedBytes(Dialect dialect, List<byte[]> messages, int allocateEvery) {
        final UnsafeBuffer[] buffers = messages.stream().map(UnsafeBuffer::new).toArray(UnsafeBuffer[]::new);
        final RecordHeader header = TestHeaders.of(RecordKind.MESSAGE, dialect, 1, 0, 0);
        final long thread = Thread.currentThread().getId();
        long fewest = Long.MAX_VALUE;
        for (int run = 0; run < MOST_RUNS && fewest > 0; run++) {
            final long before = THREADS.getThreadAllocatedBytes(thread);
            for (int i = 0, next = 0; i < MEASURED_MESSAGES; i++) {
                apply(header, buffers[next]);
                next = next + 1 == buffers.length ? 0 : next + 1;
                if (i % allocateEvery == allocateEvery - 1) {
                    allocated = new byte[1];
                }
            }
            fewest = Math.min(fewest, THREADS.getThreadAllocatedBytes(thread) - before);
        }
        return fewest;
    }

    private static List<byte[]> generated(Dialect dialect, boolean exactForm) {
        final Random random = new Random(1);
        final List<byte[]> messages = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            final String price = 100 + random.nextInt(50) + "." + (10 + random.nextInt(90));
            final String size = random.nextInt(4) == 0 ? "0" : "0.0" + (1 + random.nextInt(1_000));
            final String text;
            if (dialect == Dialect.EXCHANGE) {
                text = ("{\"type\":\"l2update\",\"product_id\":\"A-B\",\"changes\":[[\"buy\",\"%s\",\"%s\"]],"
                                + "\"time\":\"2026-08-09T21:05:48.228568Z\"}")
                        .formatted(price, size);
            } else {
                text = ("{\"channel\":\"l2_data\",\"timestamp\":\"2026-08-09T21:05:48.228568804Z\",\"sequence_num\":%d,"
                                + "\"events\":[{\"type\":\"%s\",\"product_id\":\"A-B\",\"updates\":[{\"side\":\"offer\","
                                + "\"event_time\":\"2026-08-09T21:05:48Z\",\"price_level\":\"%s\",\"new_quantity\":\"%s\"}]}]}")
                        .formatted(i, i == 0 ? "snapshot" : "update", price, size);
            }
            final String loose = text.replace(",", " , ").replace("\"product_id\"", "\"product\\u005fid\"");
            messages.add((exactForm ? text : loose).getBytes(UTF_8));
        }
        return messages;
    }

    @ParameterizedTest
    @EnumSource(
            value = Dialect.class,
            names = {"ADVANCED_TRADE", "EXCHANGE"})
    void shouldAllocateNothingForMessagesInTheExactForm(Dialect dialect) {
        assertEquals(0, allocatedBytes(dialect, generated(dialect, true), Integer.MAX_VALUE));
        assertTrue(market.book(0).levelUpdates() > MEASURED_MESSAGES);
    }

    @ParameterizedTest
    @EnumSource(
            value = Dialect.class,
            names = {"ADVANCED_TRADE", "EXCHANGE"})
    void shouldAllocateNothingForMessagesInAnyOtherForm(Dialect dialect) {
        assertEquals(0, allocatedBytes(dialect, generated(dialect, false), Integer.MAX_VALUE));
        assertTrue(market.book(0).levelUpdates() > MEASURED_MESSAGES);
    }

    @ParameterizedTest
    @ValueSource(strings = {Captures.ADVANCED_TRADE, Captures.EXCHANGE})
    void shouldAllocateNothingForRealMessages(String file) throws IOException {
        final List<byte[]> messages = new ArrayList<>(Captures.messages(file));
        for (final byte[] message : messages) {
            apply(TestHeaders.of(RecordKind.MESSAGE, Captures.dialect(file), 1, 0, 0), new UnsafeBuffer(message));
        }
        messages.removeIf(message -> message.length > LARGEST_REPEATED_BYTES);
        assertEquals(0, allocatedBytes(Captures.dialect(file), messages, Integer.MAX_VALUE));
        assertTrue(market.book(0).levelUpdates() > 0);
    }

    /** Two connections carry the same: one is the book's, the other the shadow's, and its trades wait and are passed. */
    @Test
    void shouldAllocateNothingWhileConnectionsOverlap() {
        final UnsafeBuffer snapshot = new UnsafeBuffer(
                ExchangeText.book(true, "A-B", List.of("bid 99 1")).getBytes(UTF_8));
        final UnsafeBuffer[] messages = {
            new UnsafeBuffer(
                    ExchangeText.book(false, "A-B", List.of("bid 98 1")).getBytes(UTF_8)),
            new UnsafeBuffer(
                    ExchangeText.book(false, "A-B", List.of("bid 98 0")).getBytes(UTF_8)),
        };
        final RecordHeader[] headers = {
            TestHeaders.of(RecordKind.MESSAGE, Dialect.EXCHANGE, 1, 0, 0),
            TestHeaders.of(RecordKind.MESSAGE, Dialect.EXCHANGE, 2, 0, 0)
        };
        apply(headers[0], snapshot);
        apply(headers[1], snapshot);
        final int trades = 2 * PendingTrades.CAPACITY;
        final UnsafeBuffer[] matches = new UnsafeBuffer[MOST_RUNS * trades];
        for (int i = 0; i < matches.length; i++) {
            matches[i] =
                    new UnsafeBuffer(ExchangeText.match(false, "A-B", i + 1).getBytes(UTF_8));
        }
        final long thread = Thread.currentThread().getId();
        long fewest = Long.MAX_VALUE;
        for (int run = 0; run < MOST_RUNS && fewest > 0; run++) {
            final long before = THREADS.getThreadAllocatedBytes(thread);
            for (int i = 0; i < MEASURED_MESSAGES; i++) {
                apply(headers[i & 1], messages[(i >> 1) & 1]);
            }
            for (int i = run * trades; i < (run + 1) * trades; i++) {
                apply(headers[1], matches[i]);
                apply(headers[0], matches[i - i % 4]);
            }
            fewest = Math.min(fewest, THREADS.getThreadAllocatedBytes(thread) - before);
        }
        assertEquals(0, fewest);
        assertTrue(traded > 0);
        assertTrue(market.book(0).levelUpdates() > MEASURED_MESSAGES / 2);
    }

    @Test
    void shouldSeeASingleSmallAllocation() {
        final List<byte[]> messages = generated(Dialect.EXCHANGE, true);
        final long bytes = allocatedBytes(Dialect.EXCHANGE, messages, MEASURED_MESSAGES);
        assertTrue(bytes >= 16 && bytes <= 64, () -> bytes + " bytes for an array of one byte");
        assertTrue(allocated instanceof byte[]);
    }

    @Test
    void shouldDecodeTheGeneratedMessages() {
        for (final Dialect dialect : new Dialect[] {Dialect.ADVANCED_TRADE, Dialect.EXCHANGE}) {
            for (final byte[] message : generated(dialect, false)) {
                final RecordHeader header = TestHeaders.of(RecordKind.MESSAGE, dialect, 1, 0, 0);
                final MessageKind kind = market.decode(header, new UnsafeBuffer(message), 0, message.length);
                assertEquals(dialect == Dialect.EXCHANGE ? MessageKind.L2_UPDATE : MessageKind.L2_DATA, kind);
            }
        }
    }
}
