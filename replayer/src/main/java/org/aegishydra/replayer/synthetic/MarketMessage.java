package org.aegishydra.replayer.synthetic;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** One message of the market: a view that is reused for the next one. Used by one thread. */
public final class MarketMessage {
    final MessageText text = new MessageText();
    private final UnsafeBuffer view = new UnsafeBuffer(0, 0);
    private String channel = "";
    private String product = "";
    private long eventTimeNs;
    private int sequenceOffset;
    private int sequenceLength;

    MarketMessage() {}

    MessageText start(String newChannel, String newProduct, long newEventTimeNs) {
        channel = newChannel;
        product = newProduct;
        eventTimeNs = newEventTimeNs;
        return text.clear();
    }

    /** Writes the message's number, where the text is just now. */
    MessageText sequence(long sequence) {
        sequenceOffset = text.length();
        text.number(sequence);
        sequenceLength = text.length() - sequenceOffset;
        return text;
    }

    /** Gives the message another number: connections count on their own. */
    void renumber(long sequence) {
        sequenceLength = text.replace(sequenceOffset, sequenceLength, sequence);
    }

    /** The text, from offset 0 to {@link #length()}; valid until the next message. */
    public DirectBuffer buffer() {
        view.wrap(text.bytes(), 0, text.length());
        return view;
    }

    public int length() {
        return text.length();
    }

    /** The channel as messages name it, for example {@code l2_data}. */
    public String channel() {
        return channel;
    }

    /** The product, empty where the message concerns none or all. */
    public String product() {
        return product;
    }

    /** The message's own stamp, in nanoseconds since the epoch. */
    public long eventTimeNs() {
        return eventTimeNs;
    }
}
