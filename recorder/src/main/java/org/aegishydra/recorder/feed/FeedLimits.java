package org.aegishydra.recorder.feed;

import java.time.Duration;
import org.aegishydra.core.command.UsageException;

/**
 * What a recorder puts up with.
 *
 * @param productsPerConnection the most products that share a connection.
 * @param stallAfter no message for that long, or no heartbeat where there are some, means a dead connection.
 * @param overlap how long a new connection may take to have its snapshots before it replaces the old one.
 * @param giveUpAfter how long the first connection of all is tried; once one was opened, the recorder never gives up.
 * @param backOff how long to wait before a connection is tried again.
 */
public record FeedLimits(
        int productsPerConnection,
        Duration stallAfter,
        Duration overlap,
        Duration giveUpAfter,
        BackOff.Limits backOff) {
    /** Coinbase refused somewhere between 16 and 32 books on one connection. */
    public static final int DEFAULT_PRODUCTS_PER_CONNECTION = 16;

    /** More than the feed ever took. */
    public static final int MAX_PRODUCTS_PER_CONNECTION = 100;

    /** Heartbeats come every second. */
    public static final Duration STALL_WITH_HEARTBEATS = Duration.ofSeconds(10);

    /** Without them Coinbase itself closes a quiet connection after 60 to 90 s. */
    public static final Duration STALL_WITHOUT_HEARTBEATS = Duration.ofSeconds(90);

    /** A snapshot of five megabytes takes a second or two. */
    public static final Duration OVERLAP = Duration.ofSeconds(30);

    /** Enough for a network that comes up together with the recorder. */
    public static final Duration GIVE_UP_AFTER = Duration.ofSeconds(60);

    public FeedLimits {
        if (productsPerConnection < 1 || productsPerConnection > MAX_PRODUCTS_PER_CONNECTION) {
            throw new UsageException("--products-per-connection is " + productsPerConnection + ": give 1 to "
                    + MAX_PRODUCTS_PER_CONNECTION);
        }
        if (stallAfter.toMillis() < 100) {
            throw new UsageException("--stall-after is " + stallAfter.toMillis() + " ms: give 100ms or more");
        }
        if (overlap.isZero() || overlap.isNegative()) {
            throw new UsageException("an overlap of " + overlap.toMillis() + " ms: must be more than 0");
        }
        if (giveUpAfter.isZero() || giveUpAfter.isNegative()) {
            throw new UsageException(
                    "--give-up-after is " + giveUpAfter.toMillis() + " ms: give more than 0, for example 60s");
        }
    }

    /** What is right for a feed with these channels. */
    static FeedLimits defaults(boolean heartbeats) {
        return new FeedLimits(
                DEFAULT_PRODUCTS_PER_CONNECTION,
                heartbeats ? STALL_WITH_HEARTBEATS : STALL_WITHOUT_HEARTBEATS,
                OVERLAP,
                GIVE_UP_AFTER,
                BackOff.Limits.DEFAULT);
    }
}
