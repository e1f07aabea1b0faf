package org.aegishydra.recorder.feed;

import java.util.Objects;
import org.aegishydra.recorder.websocket.ServerTrust;

/**
 * How a recorder gets at its feed.
 *
 * @param trust whose certificates the server may show.
 * @param deflate whether to offer compression; the server decides.
 */
public record FeedAccess(ServerTrust trust, boolean deflate) {
    public FeedAccess {
        Objects.requireNonNull(trust);
    }

    /** What suits anybody: this Java's trust store, and compression where the server has it. */
    public static FeedAccess usual() {
        return new FeedAccess(ServerTrust.of(null), true);
    }
}
