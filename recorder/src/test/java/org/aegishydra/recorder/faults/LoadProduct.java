package org.aegishydra.recorder.faults;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/** One product's market, the truth that every connection sees. Guarded by the feed's lock. */
final class LoadProduct {
    private static final int PRICE_DECIMALS = 2;
    private static final int SIZE_DECIMALS = 8;
    private static final int REMEMBERED_TRADES = 100;
    private static final int MOST_CHANGES = 8;

    /** A level as it is from now on; the size 0 removes it. */
    record Change(boolean bid, long price, long size) {}

    record Trade(long id, long sequence, long price, long size, boolean makerSells, String time) {}

    final String id;
    final NavigableMap<Long, Long> bids = new TreeMap<>(Comparator.reverseOrder());
    final NavigableMap<Long, Long> asks = new TreeMap<>();
    final Deque<Trade> trades = new ArrayDeque<>();
    private final int levels;
    private long middle;
    private long lastTradeId;
    private long sequence;

    LoadProduct(String id, int levels, RandomGenerator random) {
        this.id = id;
        this.levels = levels;
        middle = 3_000_000L + random.nextInt(5_000_000);
        lastTradeId = 100_000_000L + random.nextInt(900_000_000);
        sequence = 10_000_000_000L + random.nextInt();
        long bid = middle;
        long ask = middle;
        for (int i = 0; i < levels; i++) {
            bid -= 1 + random.nextInt(2);
            ask += 1 + random.nextInt(2);
            bids.put(bid, size(random));
            asks.put(ask, size(random));
        }
        for (int i = 0; i < REMEMBERED_TRADES; i++) {
            trade(random, "2026-08-09T21:05:42.514318Z");
        }
    }

    private static long size(RandomGenerator random) {
        return 1 + (random.nextLong(20_000_000_000L) >> random.nextInt(20));
    }

    private NavigableMap<Long, Long> side(boolean bid) {
        return bid ? bids : asks;
    }

    /** The market moves a little; what changed, bids first. */
    List<Change> move(RandomGenerator random) {
        sequence++;
        middle += random.nextInt(7) - 3;
        final List<Change> changes = new ArrayList<>();
        for (final boolean bid : new boolean[] {true, false}) {
            final NavigableMap<Long, Long> side = side(bid);
            while (!side.isEmpty() && (bid ? side.firstKey() >= middle : side.firstKey() <= middle)) {
                change(changes, bid, side.firstKey(), 0);
            }
            for (int i = random.nextInt(MOST_CHANGES); i > 0; i--) {
                final long distance = 1 + (long) (random.nextExponential() * 100);
                final long price = bid ? middle - distance : middle + distance;
                final boolean removed = side.containsKey(price) && random.nextInt(100) < 45;
                change(changes, bid, price, removed ? 0 : size(random));
            }
            while (side.size() > levels + levels / 10 + MOST_CHANGES) {
                change(changes, bid, side.lastKey(), 0);
            }
        }
        if (changes.isEmpty()) {
            change(changes, true, middle - 1, size(random));
        }
        return changes;
    }

    private void change(List<Change> changes, boolean bid, long price, long size) {
        if (size == 0) {
            side(bid).remove(price);
        } else {
            side(bid).put(price, size);
        }
        changes.add(new Change(bid, price, size));
    }

    /** The next trade, at the touch. */
    Trade trade(RandomGenerator random, String time) {
        final boolean makerSells = random.nextBoolean();
        final NavigableMap<Long, Long> side = side(!makerSells);
        final Trade trade = new Trade(
                ++lastTradeId,
                ++sequence,
                side.isEmpty() ? middle : side.firstKey(),
                size(random) / 100 + 1,
                makerSells,
                time);
        trades.addLast(trade);
        if (trades.size() > REMEMBERED_TRADES) {
            trades.removeFirst();
        }
        return trade;
    }

    /** All levels as they are now, bids first, the best first on each side. */
    List<Change> allLevels() {
        final List<Change> all = new ArrayList<>(bids.size() + asks.size());
        bids.forEach((price, size) -> all.add(new Change(true, price, size)));
        asks.forEach((price, size) -> all.add(new Change(false, price, size)));
        return all;
    }

    long lastTradeId() {
        return lastTradeId;
    }

    long sequence() {
        return sequence;
    }

    /** The book in the form of {@link org.aegishydra.core.book.BookText}. */
    String text() {
        final StringBuilder text = new StringBuilder();
        for (final boolean bid : new boolean[] {true, false}) {
            for (final Map.Entry<Long, Long> level : side(bid).entrySet()) {
                text.append(bid ? "bid " : "ask ");
                price(text, level.getKey()).append(' ');
                size(text, level.getValue()).append('\n');
            }
        }
        return text.toString();
    }

    static StringBuilder price(StringBuilder text, long price) {
        return decimal(text, price, PRICE_DECIMALS);
    }

    static StringBuilder size(StringBuilder text, long size) {
        return decimal(text, size, SIZE_DECIMALS);
    }

    /** A plain decimal without trailing zeros. */
    private static StringBuilder decimal(StringBuilder text, long unscaled, int decimals) {
        long power = 1;
        for (int i = 0; i < decimals; i++) {
            power *= 10;
        }
        text.append(unscaled / power);
        long rest = unscaled % power;
        if (rest != 0) {
            text.append('.');
            while (rest != 0) {
                power /= 10;
                text.append((char) ('0' + rest / power));
                rest %= power;
            }
        }
        return text;
    }
}
