package org.aegishydra.analysis;

import org.aegishydra.core.coinbase.MarketDataListener;
import org.aegishydra.core.coinbase.MessageDecoder;
import org.aegishydra.core.coinbase.MessageKind;
import org.agrona.DirectBuffer;

/**
 * A decoder that tells an observer, too, what a message says: after its own listener, who alone hears of changed scales.
 * A message is parsed once. Used by one thread.
 */
final class ObservedDecoder implements MessageDecoder {
    private final MessageDecoder decoder;
    private final MarketDataListener observer;

    ObservedDecoder(MessageDecoder decoder, MarketDataListener observer) {
        this.decoder = decoder;
        this.observer = observer;
    }

    @Override
    public MessageKind parse(DirectBuffer buffer, int offset, int length) {
        return decoder.parse(buffer, offset, length);
    }

    @Override
    public void deliver(MarketDataListener listener) {
        decoder.deliver(listener);
        decoder.deliver(observer);
    }

    @Override
    public String malformedReason() {
        return decoder.malformedReason();
    }
}
