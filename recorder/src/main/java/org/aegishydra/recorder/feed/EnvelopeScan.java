package org.aegishydra.recorder.feed;

import java.nio.charset.StandardCharsets;

/**
 * Finds what a session itself has to know of a message, by a bounded search of its first and last bytes: the connection
 * watches its sequence while decoding is left to readers.
 */
final class EnvelopeScan {
    /** No such number was found. */
    static final long NO_NUMBER = -1;

    /** Coinbase's envelope comes first and is shorter; a sender that puts it last is found too. */
    private static final int SEARCHED_BYTES = 256;

    private static final byte[] SEQUENCE_NUM = "\"sequence_num\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CHANNEL = "\"channel\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] TYPE = "\"type\"".getBytes(StandardCharsets.US_ASCII);

    private EnvelopeScan() {}

    /** Advanced Trade's {@code sequence_num}, or {@link #NO_NUMBER}. */
    static long sequenceNumber(byte[] message) {
        int at = valueOf(SEQUENCE_NUM, message, 0);
        if (at < 0) {
            at = valueOf(SEQUENCE_NUM, message, Math.max(0, message.length - SEARCHED_BYTES));
        }
        if (at < 0) {
            return NO_NUMBER;
        }
        long value = 0;
        int digits = 0;
        while (at < message.length && message[at] >= '0' && message[at] <= '9' && digits < 18) {
            value = value * 10 + (message[at++] - '0');
            digits++;
        }
        return digits == 0 ? NO_NUMBER : value;
    }

    /** The {@code channel} near the message's beginning, or an empty text. */
    static String channel(byte[] message) {
        return text(CHANNEL, message);
    }

    /** Whether the message looks like the server's answer that something was wrong. */
    static boolean isError(byte[] message) {
        return text(TYPE, message).equals("error") && channel(message).isEmpty();
    }

    private static String text(byte[] field, byte[] message) {
        final int at = valueOf(field, message, 0);
        if (at < 0 || message[at] != '"') {
            return "";
        }
        int end = at + 1;
        while (end < message.length && end - at < SEARCHED_BYTES && message[end] != '"') {
            end++;
        }
        return new String(message, at + 1, end - at - 1, StandardCharsets.UTF_8);
    }

    /** Where the value of a field begins that is named within the searched bytes, or -1. */
    private static int valueOf(byte[] field, byte[] message, int from) {
        final int last = Math.min(message.length, from + SEARCHED_BYTES) - field.length;
        for (int i = from; i <= last; i++) {
            if (matches(field, message, i)) {
                int at = i + field.length;
                while (at < message.length && (message[at] == ' ' || message[at] == ':')) {
                    at++;
                }
                return at < message.length ? at : -1;
            }
        }
        return -1;
    }

    private static boolean matches(byte[] field, byte[] message, int at) {
        for (int i = 0; i < field.length; i++) {
            if (message[at + i] != field[i]) {
                return false;
            }
        }
        return true;
    }
}
