package org.aegishydra.recorder.feed;

import java.util.Objects;
import java.util.Optional;
import org.aegishydra.recorder.credential.Credential;
import org.aegishydra.recorder.websocket.ServerTrust;

/**
 * How a recorder gets at its feed.
 *
 * @param trust whose certificates the server may show.
 * @param credential a key, for channels that need one.
 * @param deflate whether to offer compression; the server decides.
 */
public record FeedAccess(ServerTrust trust, Optional<Credential> credential, boolean deflate) {
    public FeedAccess {
        Objects.requireNonNull(trust);
    }

    /** What suits anybody: no key, this Java's trust store, and compression where the server has it. */
    public static FeedAccess usual() {
        return new FeedAccess(ServerTrust.of(null), Optional.empty(), true);
    }
}
