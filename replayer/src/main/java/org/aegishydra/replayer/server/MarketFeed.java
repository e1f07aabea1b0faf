package org.aegishydra.replayer.server;

import org.aegishydra.core.journal.Dialect;

/** Where a server's messages come from. Thread safe. */
interface MarketFeed extends AutoCloseable {
    /** Whose messages these are. */
    Dialect dialect();

    /**
     * Takes a client's request, to be answered on the feed's own thread.
     *
     * @return false if too many requests wait.
     */
    boolean requested(ClientConnection client, String request);

    /** Stops; clients are not told. */
    @Override
    void close();
}
