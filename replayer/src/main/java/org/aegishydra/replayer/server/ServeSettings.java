package org.aegishydra.replayer.server;

import java.time.Duration;
import org.aegishydra.core.command.UsageException;
import org.aegishydra.replayer.pace.Pace;

/**
 * How a market is served.
 *
 * @param port on the loopback interface; 0 for any that is free.
 * @param pace of event time against the clock.
 * @param durationNs event time after which the stream ends; {@link Long#MAX_VALUE} for none.
 * @param once whether to serve one client only.
 * @param subscribeTimeoutNs a client that has not subscribed by then is disconnected.
 * @param settleNs where a stream cannot wait (at {@link Pace#MAX}) or cannot be joined (a journal's), it starts when
 *     the client has not asked for more for this long.
 * @param sendTimeoutNs a client that takes longer to accept one message is disconnected.
 * @param maxBacklogBytes messages that wait for a client; at a real-time pace one with more is disconnected.
 */
public record ServeSettings(
        int port,
        Pace pace,
        long durationNs,
        boolean once,
        long subscribeTimeoutNs,
        long settleNs,
        long sendTimeoutNs,
        long maxBacklogBytes) {
    /** Coinbase's own limit. */
    public static final Duration SUBSCRIBE_TIMEOUT = Duration.ofSeconds(5);

    private static final Duration SETTLE = Duration.ofMillis(400);
    private static final Duration SEND_TIMEOUT = Duration.ofSeconds(10);
    private static final long MAX_BACKLOG_BYTES = 64L << 20;

    public ServeSettings {
        if (port < 0 || port > 65_535) {
            throw new UsageException("--port " + port + ": must be from 0 (any free one) to 65535");
        }
        if (durationNs <= 0) {
            throw new UsageException("--duration: must be over 0");
        }
        if (subscribeTimeoutNs <= 0 || settleNs < 0 || sendTimeoutNs <= 0 || maxBacklogBytes <= 0) {
            throw new IllegalArgumentException("limits must be over 0");
        }
    }

    /** The limits that users get. */
    public static ServeSettings of(int port, Pace pace, long durationNs, boolean once) {
        return new ServeSettings(
                port,
                pace,
                durationNs,
                once,
                SUBSCRIBE_TIMEOUT.toNanos(),
                SETTLE.toNanos(),
                SEND_TIMEOUT.toNanos(),
                MAX_BACKLOG_BYTES);
    }
}
