package org.aegishydra.core.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * A market for tests whose book leans to one side, then to the other, so that a strategy that follows it enters and exits
 * all the time. Prices move by a cent around 100; every message is 10 ms after the one before; every sixth time that
 * the book leans, the feed is late. The same seed writes the same messages.
 */
public final class SwingingMarket {
    /** Messages for which the book leans to one side. */
    public static final int SWING_MESSAGES = 25;

    private static final int LEVELS = 15;
    private static final int LATE_EVERY = 6;
    private static final int TRADE_EVERY = 5;

    private final FeedWriter feed;
    private final String product;
    private final SplittableRandom random;
    private int mid = 10_000;
    private long messages;
    private long tradeId;

    public SwingingMarket(FeedWriter feed, String product, long seed) {
        this.feed = feed;
        this.product = product;
        this.random = new SplittableRandom(seed);
    }

    /** The book as it would be sent to a new subscriber. */
    public SwingingMarket snapshot() {
        final List<String> levels = new ArrayList<>();
        for (int i = 1; i <= LEVELS; i++) {
            levels.add(bid(mid - i));
            levels.add(offer(mid + i));
        }
        feed.snapshot(product, levels.toArray(String[]::new));
        return this;
    }

    /** Goes on for a number of messages. */
    public SwingingMarket run(int count) {
        for (int i = 0; i < count; i++) {
            next();
        }
        return this;
    }

    private void next() {
        messages++;
        feed.afterMs(10).latencyMs(messages / SWING_MESSAGES % LATE_EVERY == LATE_EVERY - 1 ? 8 : 1);
        if (messages % TRADE_EVERY == 0) {
            feed.trade(product, ++tradeId, random.nextBoolean() ? "BUY" : "SELL", price(mid), size(1, 2));
            return;
        }
        final List<String> levels = new ArrayList<>();
        if (messages % SWING_MESSAGES == 1) {
            for (int i = 1; i <= 10; i++) {
                levels.add(bid(mid - i));
                levels.add(offer(mid + i));
            }
        } else if (random.nextInt(4) == 0) {
            move(levels);
        } else {
            levels.add(bid(mid - 1 - random.nextInt(5)));
            levels.add(offer(mid + 1 + random.nextInt(5)));
        }
        feed.update(product, levels);
    }

    private void move(List<String> levels) {
        if (random.nextBoolean()) {
            levels.add(offer(mid + 1, "0"));
            levels.add(bid(mid));
            mid++;
            levels.add(offer(mid + LEVELS));
        } else {
            levels.add(bid(mid - 1, "0"));
            levels.add(offer(mid));
            mid--;
            levels.add(bid(mid - LEVELS));
        }
    }

    private boolean leansToBids() {
        return messages / SWING_MESSAGES % 2 == 0;
    }

    private String bid(int cents) {
        return bid(cents, leansToBids() ? size(4, 9) : size(0.5, 1));
    }

    private String offer(int cents) {
        return offer(cents, leansToBids() ? size(0.5, 1) : size(4, 9));
    }

    private static String bid(int cents, String size) {
        return "bid " + price(cents) + " " + size;
    }

    private static String offer(int cents, String size) {
        return "offer " + price(cents) + " " + size;
    }

    private static String price(int cents) {
        return String.format(Locale.ROOT, "%d.%02d", cents / 100, cents % 100);
    }

    private String size(double low, double high) {
        return String.format(Locale.ROOT, "%.4f", low + random.nextDouble() * (high - low));
    }
}
