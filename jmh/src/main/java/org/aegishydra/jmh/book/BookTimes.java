package org.aegishydra.jmh.book;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.aegishydra.core.book.OrderBook;
import org.aegishydra.core.coinbase.Side;

/**
 * Single calls of a book, each timed by itself. The same calls are made in several runs, and each counts with the shortest
 * of its times: what the machine adds hits another call in each run, what a call itself takes is in all of them. Beside
 * them stands what timing nothing at all takes.
 */
final class BookTimes {
    private static final int CALLS = 1_000_000;
    private static final int SNAPSHOTS = 50;
    private static final int RUNS = 12;

    private BookTimes() {}

    /** Nanoseconds of a call. */
    record Times(
            @JsonProperty("calls") int calls,
            @JsonProperty("p50_ns") long p50Ns,
            @JsonProperty("p99_ns") long p99Ns,
            @JsonProperty("p99_9_ns") long p999Ns,
            @JsonProperty("p99_999_ns") long p99999Ns,
            @JsonProperty("max_ns") long maxNs) {
        private static Times of(Runs runs) {
            final long[] sorted = runs.shortestNs.clone();
            Arrays.sort(sorted);
            final int calls = sorted.length;
            return new Times(
                    calls,
                    sorted[calls / 2],
                    sorted[(int) (calls * 0.99)],
                    sorted[(int) (calls * 0.999)],
                    sorted[(int) (calls * 0.99999)],
                    sorted[calls - 1]);
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT, "%,9d calls %,9d %,9d %,9d %,9d %,11d", calls, p50Ns, p99Ns, p999Ns, p99999Ns, maxNs);
        }
    }

    /** What timing nothing takes. */
    static Times ofNothing() {
        final Runs runs = new Runs(CALLS);
        for (int run = 0; run < RUNS; run++) {
            for (runs.restart(); runs.isOpen(); ) {
                final long start = System.nanoTime();
                runs.add(System.nanoTime() - start);
            }
        }
        return Times.of(runs);
    }

    /** A whole snapshot of 46,000 levels a call, into a book that held one. */
    static Times ofSnapshots(Supplier<OrderBook> books) {
        final DeepMarket market = new DeepMarket(DeepMarket.Shape.BTC, 1);
        final OrderBook book = books.get();
        final Runs runs = new Runs(SNAPSHOTS);
        for (int run = 0; run < RUNS; run++) {
            for (runs.restart(); runs.isOpen(); ) {
                final long start = System.nanoTime();
                market.load(book);
                runs.add(System.nanoTime() - start);
            }
        }
        return Times.of(runs);
    }

    /** Changes of a deep book whose touch stays where it is, from the snapshot on, so that its growth is among them. */
    static Times ofChanges(Supplier<OrderBook> books) {
        final Runs runs = new Runs(CALLS);
        for (int run = 0; run < RUNS; run++) {
            final DeepMarket market = new DeepMarket(DeepMarket.Shape.BTC, 1);
            final TimedBook timed = new TimedBook(books.get(), runs);
            market.load(timed.book);
            for (runs.restart(); runs.isOpen(); ) {
                market.change(timed);
            }
        }
        return Times.of(runs);
    }

    /**
     * Changes of a deep book that is traded through: what stands in the way of the price goes, the best first, and new
     * levels come behind it. The price goes back and forth by some steps of every size, up to a tenth of itself.
     */
    static Times ofMoves(Supplier<OrderBook> books) {
        final Runs runs = new Runs(CALLS);
        for (int run = 0; run < RUNS; run++) {
            runs.restart();
            move(new TimedBook(books.get(), runs), runs);
        }
        return Times.of(runs);
    }

    private static void move(TimedBook timed, Runs runs) {
        final OrderBook book = timed.book;
        final DeepMarket market = new DeepMarket(DeepMarket.Shape.BTC, 1);
        market.load(book);
        final SplittableRandom random = new SplittableRandom(2);
        long middle = market.middle();
        while (runs.isOpen()) {
            final long step = random.nextLong(1L << random.nextInt(1, 20));
            final boolean up = middle < market.middle() / 2 || (middle < market.middle() * 2 && random.nextBoolean());
            middle += up ? step : -step;
            final Side taken = up ? Side.ASK : Side.BID;
            final Side given = up ? Side.BID : Side.ASK;
            while (book.levels(taken) > 0 && (book.bestPrice(taken) < middle) == up) {
                timed.set(taken, book.bestPrice(taken), 0);
            }
            for (int i = 0; i < 32; i++) {
                final long ticks = random.nextLong(1L << random.nextInt(1, 23));
                timed.set(given, Math.max(1, up ? middle - 1 - ticks : middle + 1 + ticks), 1 + i);
                timed.set(taken, Math.max(1, up ? middle + ticks : middle - ticks), 1 + i);
            }
            timed.set(given, up ? middle - 1 : middle + 1, 1);
        }
    }

    /** The times of calls, of each the shortest of all runs. */
    private static final class Runs {
        private final long[] shortestNs;
        private int calls;

        private Runs(int length) {
            shortestNs = new long[length];
            Arrays.fill(shortestNs, Long.MAX_VALUE);
        }

        private void restart() {
            calls = 0;
        }

        private boolean isOpen() {
            return calls < shortestNs.length;
        }

        private void add(long ns) {
            if (calls < shortestNs.length) {
                shortestNs[calls] = Math.min(shortestNs[calls], ns);
                calls++;
            }
        }
    }

    /** A book each of whose changes is timed. */
    private static final class TimedBook implements OrderBook {
        private final OrderBook book;
        private final Runs runs;

        private TimedBook(OrderBook book, Runs runs) {
            this.book = book;
            this.runs = runs;
        }

        @Override
        public long set(Side side, long price, long size) {
            final long start = System.nanoTime();
            final long before = book.set(side, price, size);
            runs.add(System.nanoTime() - start);
            return before;
        }

        @Override
        public void clear() {
            book.clear();
        }

        @Override
        public void rescale(long priceFactor, long sizeFactor) {
            book.rescale(priceFactor, sizeFactor);
        }

        @Override
        public int levels(Side side) {
            return book.levels(side);
        }

        @Override
        public long bestPrice(Side side) {
            return book.bestPrice(side);
        }

        @Override
        public long bestSize(Side side) {
            return book.bestSize(side);
        }

        @Override
        public int top(Side side, int count, long[] prices, long[] sizes) {
            return book.top(side, count, prices, sizes);
        }
    }
}
