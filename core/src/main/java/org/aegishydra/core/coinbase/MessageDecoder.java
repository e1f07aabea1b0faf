package org.aegishydra.core.coinbase;

import org.agrona.DirectBuffer;

/**
 * Turns one message's bytes into calls of a {@link MarketDataListener}, in two steps, so that nothing of a message is
 * applied before all of it was checked. Used by one thread; what was parsed is valid while the bytes are.
 */
public interface MessageDecoder {
    /**
     * Reads and checks a whole message. Never throws on its content.
     *
     * @return what the message is; {@link MessageKind#MALFORMED} if it cannot be used.
     */
    MessageKind parse(DirectBuffer buffer, int offset, int length);

    /**
     * Hands over what the last message parsed says. Of a malformed one that is its stamp and number as far as they could
     * be read, and which books it may have been about.
     */
    void deliver(MarketDataListener listener);

    /** Why the last message was malformed, and where; for people. */
    String malformedReason();
}
