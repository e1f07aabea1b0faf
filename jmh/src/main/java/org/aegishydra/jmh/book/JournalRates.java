package org.aegishydra.jmh.book;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Supplier;
import org.aegishydra.core.book.LadderOrderBook;
import org.aegishydra.core.book.Market;
import org.aegishydra.core.book.OrderBook;
import org.aegishydra.core.coinbase.Decoders;
import org.aegishydra.core.coinbase.ProductTable;
import org.aegishydra.core.journal.Journal;
import org.aegishydra.core.journal.JournalTailer;
import org.aegishydra.core.journal.RecordHandler;
import org.aegishydra.core.journal.RecordKind;

/** A journal of one's own replayed in turns: its bytes added up, and decoded and booked with each book. */
final class JournalRates {
    private static final int ROUNDS = 7;
    private static final int WARM_UP_ROUNDS = 2;
    private static final int POLL_LIMIT = 1_024;

    private final JournalTailer tailer;
    private long sum;

    /**
     * CPU times of a record, the medians of the rounds.
     *
     * @param ladderOfTail the ladder's rate divided by that of the tail, the median of the rounds' own ratios.
     */
    record Rates(
            @JsonProperty("records") long records,
            @JsonProperty("tail_ns") double tailNs,
            @JsonProperty("ladder_ns") double ladderNs,
            @JsonProperty("tree_map_ns") double treeMapNs,
            @JsonProperty("ladder_of_tail") double ladderOfTail) {
        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%,d records; ns of CPU time a record: bytes added up %.1f, decoded and booked %.1f (with tree maps %.1f)%n"
                            + "%.3f of the byte-summing tail's rate%n",
                    records,
                    tailNs,
                    ladderNs,
                    treeMapNs,
                    ladderOfTail);
        }
    }

    private JournalRates(JournalTailer tailer) {
        this.tailer = tailer;
    }

    static Rates of(Path directory) {
        try (JournalTailer tailer = Journal.open(directory).tailer()) {
            return new JournalRates(tailer).measure();
        }
    }

    private Rates measure() {
        final double[] tail = new double[ROUNDS];
        final double[] ladder = new double[ROUNDS];
        final double[] treeMap = new double[ROUNDS];
        final double[] ratios = new double[ROUNDS];
        long records = 0;
        for (int round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
            final int at = Math.max(round, 0);
            records = replay(
                    (header, buffer, offset, length) -> {
                        for (int i = offset; i <= offset + length - Long.BYTES; i += Long.BYTES) {
                            sum += buffer.getLong(i);
                        }
                    },
                    tail,
                    at);
            replay(booked(LadderOrderBook::new), ladder, at);
            replay(booked(TreeMapOrderBook::new), treeMap, at);
            ratios[at] = tail[at] / ladder[at];
        }
        return new Rates(records, median(tail), median(ladder), median(treeMap), median(ratios));
    }

    private static double median(double[] values) {
        final double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static RecordHandler booked(Supplier<OrderBook> books) {
        final ProductTable products = new ProductTable();
        final Market market =
                new Market(products, Decoders.of(products), books, (book, id, price, size, side, timeNs) -> {});
        return (header, buffer, offset, length) -> {
            if (header.kind() == RecordKind.MESSAGE) {
                market.decode(header, buffer, offset, length);
                market.apply(header);
            } else {
                market.applyFact(header, buffer, offset, length);
            }
        };
    }

    private long replay(RecordHandler handler, double[] nsARecord, int at) {
        final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        tailer.seek(1);
        long records = 0;
        final long start = threads.getCurrentThreadCpuTime();
        for (int polled = tailer.poll(handler, POLL_LIMIT); polled > 0; polled = tailer.poll(handler, POLL_LIMIT)) {
            records += polled;
        }
        nsARecord[at] = (threads.getCurrentThreadCpuTime() - start) / (double) records;
        return records;
    }
}
