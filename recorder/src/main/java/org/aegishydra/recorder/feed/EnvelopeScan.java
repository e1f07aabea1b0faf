package org.aegishydra.recorder.feed;

import java.nio.charset.StandardCharsets;
import org.aegishydra.core.coinbase.MarketDataListener;
import org.aegishydra.core.coinbase.Timestamps;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Finds what the watch over a connection has to know of each message by one bounded pass over its first bytes, while
 * decoding is left to readers. A sender that puts the sequence number last is found too. Holds what the last message
 * said; used by one thread.
 */
final class EnvelopeScan {
    /** No such number was found. */
    static final long NO_NUMBER = -1;

    /** Coinbase's envelope comes first and is shorter. */
    private static final int SEARCHED_BYTES = 256;

    private static final int MAX_DIGITS = 18;
    private static final byte[] SEQUENCE_NUM = ascii("\"sequence_num\"");
    private static final byte[] CHANNEL = ascii("\"channel\"");
    private static final byte[] TIMESTAMP = ascii("\"timestamp\"");
    private static final byte[] TYPE = ascii("\"type\"");
    private static final byte[] HEARTBEATS = ascii("\"heartbeats\"");
    private static final byte[] ERROR = ascii("\"error\"");

    private final Timestamps timestamps = new Timestamps();
    private final UnsafeBuffer view = new UnsafeBuffer(0, 0);
    private byte[] message = {};
    private int sequenceAt;
    private int channelAt;
    private int timestampAt;
    private int typeAt;

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Looks through a message; what was found is asked for afterwards. */
    void scan(byte[] scanned) {
        message = scanned;
        sequenceAt = -1;
        channelAt = -1;
        timestampAt = -1;
        typeAt = -1;
        search(0);
        if (sequenceAt < 0 && message.length > SEARCHED_BYTES) {
            search(message.length - SEARCHED_BYTES);
        }
    }

    private void search(int from) {
        final int end = Math.min(message.length, from + SEARCHED_BYTES) - 1;
        for (int i = from; i < end; i++) {
            if (message[i] == '"') {
                switch (message[i + 1]) {
                    case 's' -> sequenceAt = sequenceAt < 0 ? valueOf(SEQUENCE_NUM, i) : sequenceAt;
                    case 'c' -> channelAt = channelAt < 0 ? valueOf(CHANNEL, i) : channelAt;
                    case 't' -> {
                        timestampAt = timestampAt < 0 ? valueOf(TIMESTAMP, i) : timestampAt;
                        typeAt = typeAt < 0 ? valueOf(TYPE, i) : typeAt;
                    }
                    default -> {
                        // Another field, or a text's end.
                    }
                }
            }
        }
    }

    /** Where the value of a field begins if the field's name stands here, or -1. */
    private int valueOf(byte[] field, int at) {
        if (!matches(field, at)) {
            return -1;
        }
        int value = at + field.length;
        while (value < message.length && (message[value] == ' ' || message[value] == ':')) {
            value++;
        }
        return value < message.length ? value : -1;
    }

    private boolean matches(byte[] expected, int at) {
        if (at < 0 || at + expected.length > message.length) {
            return false;
        }
        for (int i = 0; i < expected.length; i++) {
            if (message[at + i] != expected[i]) {
                return false;
            }
        }
        return true;
    }

    /** Advanced Trade's {@code sequence_num}, or {@link #NO_NUMBER}. */
    long sequenceNumber() {
        if (sequenceAt < 0) {
            return NO_NUMBER;
        }
        long value = 0;
        int at = sequenceAt;
        while (at < message.length && message[at] >= '0' && message[at] <= '9' && at - sequenceAt < MAX_DIGITS) {
            value = value * 10 + (message[at++] - '0');
        }
        return at == sequenceAt ? NO_NUMBER : value;
    }

    /** The envelope's {@code channel}, or an empty text. */
    String channel() {
        final int end = textEnd(channelAt);
        return end < 0 ? "" : new String(message, channelAt + 1, end - channelAt - 1, StandardCharsets.UTF_8);
    }

    /** The exchange's stamp in nanoseconds since the epoch, or {@link MarketDataListener#NO_TIME}. */
    long timestampNs() {
        final int end = textEnd(timestampAt);
        if (end < 0) {
            return MarketDataListener.NO_TIME;
        }
        view.wrap(message);
        return timestamps.parse(view, timestampAt + 1, end - timestampAt - 1);
    }

    private int textEnd(int at) {
        if (at < 0 || message[at] != '"') {
            return -1;
        }
        int end = at + 1;
        while (end < message.length && end - at < SEARCHED_BYTES && message[end] != '"') {
            end++;
        }
        return end;
    }

    /** Whether the message is of Advanced Trade's heartbeats. */
    boolean isHeartbeat() {
        return matches(HEARTBEATS, channelAt);
    }

    /** Whether the message looks like the server's answer that something was wrong. */
    boolean isError() {
        return channelAt < 0 && matches(ERROR, typeAt);
    }
}
