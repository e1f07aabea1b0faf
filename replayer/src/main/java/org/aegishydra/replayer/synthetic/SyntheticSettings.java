package org.aegishydra.replayer.synthetic;

import java.util.HashSet;
import java.util.List;
import org.aegishydra.core.command.UsageException;

/**
 * What a synthetic market is made of. Equal settings give equal messages.
 *
 * @param seed of all random numbers.
 * @param products at least one; each has its own book and its own arrivals.
 * @param startNs event time of the first message, in nanoseconds since the epoch.
 * @param durationNs event time from the first message to the end; {@link #UNENDING} for none.
 * @param messagesPerSecond mean rate over all products and channels; bursts go far over it.
 * @param levelsPerSide price levels that each side of a book has at the start, and tends back to; {@link #FULL_DEPTH} for
 *     as many as such a book has at Coinbase, some ten thousand.
 * @param driftBpsPerMinute how fast prices drift, below 0 downwards; 0 for a market that comes back to its start.
 */
public record SyntheticSettings(
        long seed,
        List<SyntheticProduct> products,
        long startNs,
        long durationNs,
        double messagesPerSecond,
        int levelsPerSide,
        double driftBpsPerMinute) {
    /** As many levels as the product's books have at Coinbase. */
    public static final int FULL_DEPTH = 0;

    /** A market without an end. */
    public static final long UNENDING = Long.MAX_VALUE;

    /** Most products of one market. */
    public static final int MAX_PRODUCTS = 64;

    private static final double MIN_RATE = 2;
    private static final double MAX_RATE = 1_000_000;
    private static final int MIN_LEVELS = 50;
    private static final int MAX_LEVELS = 50_000;

    /** An hour of it multiplies a price by 20. */
    private static final double MAX_DRIFT = 500;

    public SyntheticSettings {
        products = List.copyOf(products);
        if (products.isEmpty() || products.size() > MAX_PRODUCTS) {
            throw new UsageException(
                    "--product: " + products.size() + " products given, must be from 1 to " + MAX_PRODUCTS);
        }
        final var names = new HashSet<String>();
        for (final SyntheticProduct product : products) {
            if (!names.add(product.id())) {
                throw new UsageException("--product " + product.id() + ": given twice");
            }
        }
        if (!(messagesPerSecond >= MIN_RATE && messagesPerSecond <= MAX_RATE)) {
            throw new UsageException("--rate " + messagesPerSecond
                    + ": must be from 2 to 1000000 messages a second (the heartbeat is one)");
        }
        if (levelsPerSide != FULL_DEPTH && (levelsPerSide < MIN_LEVELS || levelsPerSide > MAX_LEVELS)) {
            throw new UsageException("--levels " + levelsPerSide + ": must be from " + MIN_LEVELS + " to " + MAX_LEVELS
                    + " a side, or " + FULL_DEPTH + " for the product's own depth");
        }
        if (!(Math.abs(driftBpsPerMinute) <= MAX_DRIFT)) {
            throw new UsageException("--drift-bps-per-minute " + driftBpsPerMinute + ": must be from -"
                    + (int) MAX_DRIFT + " to " + (int) MAX_DRIFT);
        }
        if (startNs < 0) {
            throw new UsageException("--start: must not be before 1970");
        }
        if (durationNs < 1) {
            throw new UsageException("the market's duration of " + durationNs + " ns must be over 0");
        }
    }

    /** A market that does not drift. */
    public SyntheticSettings(
            long seed,
            List<SyntheticProduct> products,
            long startNs,
            long durationNs,
            double messagesPerSecond,
            int levelsPerSide) {
        this(seed, products, startNs, durationNs, messagesPerSecond, levelsPerSide, 0);
    }

    /** The same market at another time. */
    public SyntheticSettings startingAt(long otherStartNs) {
        return new SyntheticSettings(
                seed, products, otherStartNs, durationNs, messagesPerSecond, levelsPerSide, driftBpsPerMinute);
    }

    /** The same market for another time. */
    public SyntheticSettings lasting(long otherDurationNs) {
        return new SyntheticSettings(
                seed, products, startNs, otherDurationNs, messagesPerSecond, levelsPerSide, driftBpsPerMinute);
    }
}
