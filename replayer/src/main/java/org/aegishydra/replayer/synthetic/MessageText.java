package org.aegishydra.replayer.synthetic;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Builds ASCII text in a buffer that grows to the largest message and is then reused. Numbers and times as Coinbase
 * writes them: no exponent, trailing zeros dropped. Used by one thread.
 */
final class MessageText {
    private static final int INITIAL_BYTES = 16 << 10;
    private static final long NS_PER_SECOND = 1_000_000_000L;

    private byte[] bytes = new byte[INITIAL_BYTES];
    private int length;
    private final byte[] digits = new byte[20];
    private final byte[] secondText = new byte[19];
    private long secondWritten = Long.MIN_VALUE;

    MessageText clear() {
        length = 0;
        return this;
    }

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    MessageText text(String ascii) {
        final int size = ascii.length();
        makeRoom(size);
        for (int i = 0; i < size; i++) {
            bytes[length + i] = (byte) ascii.charAt(i);
        }
        length += size;
        return this;
    }

    /** Bytes that were written into a buffer like this one before. */
    MessageText text(byte[] ascii) {
        makeRoom(ascii.length);
        System.arraycopy(ascii, 0, bytes, length, ascii.length);
        length += ascii.length;
        return this;
    }

    private void put(char character) {
        makeRoom(1);
        bytes[length++] = (byte) character;
    }

    private void makeRoom(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + more, bytes.length * 2));
        }
    }

    /** Puts a number in the place of some bytes. Returns how many bytes it takes. */
    int replace(int offset, int oldLength, long value) {
        final int end = length;
        number(value);
        final byte[] written = Arrays.copyOfRange(bytes, end, length);
        final int tail = offset + oldLength;
        System.arraycopy(bytes, tail, bytes, offset + written.length, end - tail);
        System.arraycopy(written, 0, bytes, offset, written.length);
        length = end - oldLength + written.length;
        return written.length;
    }

    MessageText number(long value) {
        return decimal(value, 0);
    }

    /** A fixed-point number in its shortest form: 6506250 with 2 decimals is 65062.5. */
    MessageText decimal(long value, int decimals) {
        long left = value;
        if (left < 0) {
            put('-');
            left = -left;
        }
        int scale = decimals;
        while (scale > 0 && left % 10 == 0) {
            left /= 10;
            scale--;
        }
        int count = 0;
        while (left > 0 || count <= scale) {
            digits[count++] = (byte) ('0' + left % 10);
            left /= 10;
        }
        makeRoom(count + 1);
        for (int i = count - 1; i >= 0; i--) {
            bytes[length++] = digits[i];
            if (i == scale && i > 0) {
                bytes[length++] = '.';
            }
        }
        return this;
    }

    /** RFC 3339 in UTC: 2026-08-09T21:05:48.17032Z. */
    MessageText time(long epochNs) {
        return second(epochNs, 'T').fraction(epochNs % NS_PER_SECOND).text("Z");
    }

    /** As a program written in Go prints a time: with the seconds since it started. */
    MessageText goTime(long epochNs, long sinceStartNs) {
        second(epochNs, ' ').fraction(epochNs % NS_PER_SECOND).text(" +0000 UTC m=+");
        number(sinceStartNs / NS_PER_SECOND).text(".");
        return padded(sinceStartNs % NS_PER_SECOND, 9);
    }

    private MessageText second(long epochNs, char separator) {
        final long second = epochNs / NS_PER_SECOND;
        if (second != secondWritten) {
            secondWritten = second;
            // Called once a second of event time.
            final byte[] text = java.time.LocalDateTime.ofEpochSecond(second, 0, java.time.ZoneOffset.UTC)
                    .format(java.time.format.DateTimeFormatter.ISO_LOCAL_DATE_TIME)
                    .getBytes(StandardCharsets.US_ASCII);
            System.arraycopy(text, 0, secondText, 0, secondText.length);
        }
        text(secondText);
        bytes[length - 9] = (byte) separator;
        return this;
    }

    private MessageText fraction(long nanos) {
        if (nanos == 0) {
            return this;
        }
        text(".").padded(nanos, 9);
        while (bytes[length - 1] == '0') {
            length--;
        }
        return this;
    }

    private MessageText padded(long value, int width) {
        makeRoom(width);
        long left = value;
        for (int i = width - 1; i >= 0; i--) {
            bytes[length + i] = (byte) ('0' + left % 10);
            left /= 10;
        }
        length += width;
        return this;
    }
}
