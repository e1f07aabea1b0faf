package org.aegishydra.jmh.book;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.aegishydra.core.book.LadderOrderBook;
import org.aegishydra.core.book.Market;
import org.aegishydra.core.book.OrderBook;
import org.aegishydra.core.coinbase.Decimals;
import org.aegishydra.core.coinbase.Decoders;
import org.aegishydra.core.coinbase.MessageKind;
import org.aegishydra.core.coinbase.ProductTable;
import org.aegishydra.core.coinbase.Side;
import org.aegishydra.core.journal.Dialect;
import org.aegishydra.core.journal.Journal;
import org.aegishydra.core.journal.JournalAppender;
import org.aegishydra.core.journal.JournalFormat;
import org.aegishydra.core.journal.JournalTailer;
import org.aegishydra.core.journal.RecordHandler;
import org.aegishydra.core.journal.RecordKind;
import org.agrona.concurrent.UnsafeBuffer;

/** What a product costs in memory, and what several cost in time. */
final class ProductCosts {
    private static final int BOOKS = 16;
    private static final int CHANGES = 400_000;
    private static final int MESSAGES = 40_000;
    private static final int LEVELS_A_MESSAGE = 5;
    private static final int ROUNDS = 12;
    private static final int WARM_UP_ROUNDS = 4;
    private static final long WALL_TIME_NS = 1_767_225_600_000_000_000L;

    private ProductCosts() {}

    /** Heap of one book after a snapshot and a day's start of changes, which it grows with. */
    record Memory(
            @JsonProperty("shape") String shape,
            @JsonProperty("levels") int levels,
            @JsonProperty("bytes") long bytes) {}

    /** CPU time of decoding and applying one message of five levels, where each next one is of any of the products. */
    record Time(
            @JsonProperty("products") int products,
            @JsonProperty("ns_a_message") double nsAMessage) {}

    static Memory memory(DeepMarket.Shape shape) {
        final OrderBook[] books = new OrderBook[BOOKS];
        final DeepMarket market = new DeepMarket(shape, 1);
        final long before = usedBytes();
        for (int i = 0; i < BOOKS; i++) {
            books[i] = new LadderOrderBook();
            market.load(books[i]);
            for (int change = 0; change < CHANGES; change++) {
                market.change(books[i]);
            }
        }
        final long bytes = (usedBytes() - before) / BOOKS;
        return new Memory(shape.name(), books[0].levels(Side.BID) + books[0].levels(Side.ASK), bytes);
    }

    private static long usedBytes() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        final Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    /**
     * The time a message of a market of so many products, two of them deep, the others thin.
     *
     * @param directory where the messages are written as a journal.
     */
    static Time time(int products, Path directory) {
        final Journal journal = Journal.create(directory, JournalFormat.MARKET);
        final SplittableRandom random = new SplittableRandom(3);
        final DeepMarket[] markets = new DeepMarket[products];
        try (JournalAppender appender = journal.appender()) {
            for (int i = 0; i < products; i++) {
                final DeepMarket.Shape[] shapes = DeepMarket.Shape.values();
                markets[i] = new DeepMarket(shapes[Math.min(i, shapes.length - 1)], i);
                append(appender, i, i, "snapshot", snapshot(markets[i]));
            }
            for (int i = 0; i < MESSAGES; i++) {
                final int product = random.nextInt(products);
                append(appender, products + i, product, "update", update(markets[product], random));
            }
        }
        try (JournalTailer tailer = journal.tailer()) {
            return new Time(products, medianNs(tailer, products));
        }
    }

    private static double medianNs(JournalTailer tailer, int products) {
        final ProductTable table = new ProductTable();
        final Market market =
                new Market(table, Decoders.of(table), LadderOrderBook::new, (book, id, price, size, side, ns) -> {});
        final RecordHandler handler = (header, buffer, offset, length) -> {
            if (market.decode(header, buffer, offset, length) != MessageKind.L2_DATA) {
                throw new IllegalStateException(market.malformedReason());
            }
            market.apply(header);
        };
        tailer.poll(handler, products);
        final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        final double[] ns = new double[ROUNDS];
        for (int round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
            tailer.seek(products + 1L);
            final long start = threads.getCurrentThreadCpuTime();
            for (int polled = 0; polled < MESSAGES; ) {
                polled += tailer.poll(handler, MESSAGES - polled);
            }
            ns[Math.max(round, 0)] = (threads.getCurrentThreadCpuTime() - start) / (double) MESSAGES;
        }
        Arrays.sort(ns);
        return ns[ROUNDS / 2];
    }

    private static String snapshot(DeepMarket market) {
        final StringBuilder levels = new StringBuilder();
        for (final Side side : Side.values()) {
            for (final long price : market.prices(side)) {
                append(levels, side, price, 1 + (price & 1_023));
            }
        }
        return levels.toString();
    }

    private static String update(DeepMarket market, SplittableRandom random) {
        final StringBuilder levels = new StringBuilder();
        for (int i = 0; i < LEVELS_A_MESSAGE; i++) {
            final Side side = random.nextBoolean() ? Side.BID : Side.ASK;
            final long[] prices = market.prices(side);
            final long price = prices[(int) (prices.length * Math.pow(random.nextDouble(), 4))];
            append(levels, side, price, random.nextInt(4) == 0 ? 0 : 1 + random.nextLong(100_000_000));
        }
        return levels.toString();
    }

    private static void append(StringBuilder levels, Side side, long price, long size) {
        levels.append(levels.isEmpty() ? "" : ",")
                .append("{\"side\":\"")
                .append(side == Side.BID ? "bid" : "offer")
                .append("\",\"event_time\":\"2026-01-01T00:00:00.123456Z\",\"price_level\":\"")
                .append(Decimals.plain(price, 2))
                .append("\",\"new_quantity\":\"")
                .append(Decimals.plain(size, 8))
                .append("\"}");
    }

    private static void append(JournalAppender appender, int sequence, int product, String type, String levels) {
        final byte[] message = ("{\"channel\":\"l2_data\",\"timestamp\":\"2026-01-01T00:00:00.123456789Z\","
                        + "\"sequence_num\":" + sequence
                        + ",\"events\":[{\"type\":\"" + type + "\",\"product_id\":\"P" + product
                        + "-USD\",\"updates\":[" + levels + "]}]}")
                .getBytes(StandardCharsets.UTF_8);
        appender.append(
                RecordKind.MESSAGE,
                Dialect.ADVANCED_TRADE,
                1,
                WALL_TIME_NS + sequence,
                0,
                new UnsafeBuffer(message),
                0,
                message.length);
    }
}
