package org.aegishydra.replayer.server;

import java.time.Duration;
import org.aegishydra.core.command.UsageException;

/**
 * How a market is served.
 *
 * @param address where it listens.
 * @param speed event seconds in a second; {@link #AS_FAST_AS_READ} for no waiting.
 * @param durationNs event time after which the stream ends; {@link Long#MAX_VALUE} for none.
 * @param once whether to serve one client only.
 * @param subscribeTimeoutNs a client that has not subscribed by then is disconnected.
 * @param settleNs where a stream does not wait ({@link #AS_FAST_AS_READ}) or cannot be joined (a journal's), it starts when
 *     the client has not asked for more for this long.
 * @param sendTimeoutNs a client that takes longer to accept one message is disconnected.
 * @param maxBacklogBytes messages that wait for a client; at a real-time pace one with more is disconnected.
 */
public record ServeSettings(
        ServeAddress address,
        double speed,
        long durationNs,
        boolean once,
        long subscribeTimeoutNs,
        long settleNs,
        long sendTimeoutNs,
        long maxBacklogBytes) {
    /** The speed at which nothing but the client is waited for. */
    public static final double AS_FAST_AS_READ = Double.POSITIVE_INFINITY;

    /** Coinbase's own limit. */
    public static final Duration SUBSCRIBE_TIMEOUT = Duration.ofSeconds(5);

    private static final Duration SETTLE = Duration.ofMillis(400);
    private static final Duration SEND_TIMEOUT = Duration.ofSeconds(10);
    private static final long MAX_BACKLOG_BYTES = 64L << 20;

    public ServeSettings {
        if (!(speed > 0)) {
            throw new UsageException("--pace " + speed + "x: must be over 0x, or max");
        }
        if (durationNs <= 0) {
            throw new UsageException("--duration: must be over 0");
        }
        if (subscribeTimeoutNs <= 0 || settleNs < 0 || sendTimeoutNs <= 0 || maxBacklogBytes <= 0) {
            throw new IllegalArgumentException("limits must be over 0");
        }
    }

    /** The limits that users get. */
    public static ServeSettings of(ServeAddress address, double speed, long durationNs, boolean once) {
        return new ServeSettings(
                address,
                speed,
                durationNs,
                once,
                SUBSCRIBE_TIMEOUT.toNanos(),
                SETTLE.toNanos(),
                SEND_TIMEOUT.toNanos(),
                MAX_BACKLOG_BYTES);
    }

    /** Whether nothing but the client is waited for. */
    boolean isAsFastAsRead() {
        return speed == AS_FAST_AS_READ;
    }

    /** How long after the stream's first message one is due, from the event time between them; both in ns. */
    long dueAfterNs(long eventNs) {
        return (long) (eventNs / speed);
    }
}
