package org.aegishydra.jmh.coinbase;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A message of which every byte is foreseen, read a byte at a time but for its constant pieces. Each method says whether
 * it found what was expected and only then moves on. Used by one thread.
 */
final class BytewiseMessage {
    private static final int MAX_DIGITS = 18;

    /** A constant piece, compared eight bytes at a time. */
    static final class Piece {
        private final byte[] bytes;
        private final long[] words;

        Piece(String text) {
            bytes = text.getBytes(StandardCharsets.US_ASCII);
            words = new long[bytes.length >> 3];
            final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
            for (int i = 0; i < words.length; i++) {
                words[i] = buffer.getLong(i << 3, ByteOrder.LITTLE_ENDIAN);
            }
        }

        private boolean standsAt(DirectBuffer buffer, int offset, int limit) {
            if (limit - offset < bytes.length) {
                return false;
            }
            for (int i = 0; i < words.length; i++) {
                if (buffer.getLong(offset + (i << 3), ByteOrder.LITTLE_ENDIAN) != words[i]) {
                    return false;
                }
            }
            for (int i = words.length << 3; i < bytes.length; i++) {
                if (buffer.getByte(offset + i) != bytes[i]) {
                    return false;
                }
            }
            return true;
        }
    }

    private DirectBuffer buffer;
    private int position;
    private int end;
    private int textOffset;
    private int textLength;
    private long mantissa;
    private int scale;

    void wrap(DirectBuffer message, int offset, int length) {
        buffer = message;
        position = offset;
        end = offset + length;
    }

    boolean atEnd() {
        return position == end;
    }

    int textOffset() {
        return textOffset;
    }

    int textLength() {
        return textLength;
    }

    long mantissa() {
        return mantissa;
    }

    int scale() {
        return scale;
    }

    boolean piece(Piece piece) {
        if (!piece.standsAt(buffer, position, end)) {
            return false;
        }
        position += piece.bytes.length;
        return true;
    }

    /** A string's content up to its closing quote, without escapes and of limited length. */
    boolean text(int maxLength) {
        final int limit = Math.min(end, position + maxLength + 1);
        for (int at = position; at < limit; at++) {
            final byte b = buffer.getByte(at);
            if (b == '"') {
                textOffset = position;
                textLength = at - position;
                position = at + 1;
                return true;
            }
            if (b < ' ' || b == '\\') {
                return false;
            }
        }
        return false;
    }

    /** A bare whole number, into {@link #mantissa()}. */
    boolean integer() {
        final int from = position;
        long value = 0;
        int at = from;
        for (; at < end && isDigit(buffer.getByte(at)); at++) {
            value = value * 10 + buffer.getByte(at) - '0';
        }
        final int digits = at - from;
        if (digits == 0 || digits > MAX_DIGITS || (digits > 1 && buffer.getByte(from) == '0')) {
            return false;
        }
        mantissa = value;
        position = at;
        return true;
    }

    /** A decimal up to the closing quote, into {@link #mantissa()} and {@link #scale()}, without trailing zeros. */
    boolean decimal() {
        final int limit = Math.min(end, position + MAX_DIGITS + 2);
        int point = -1;
        long value = 0;
        for (int at = position; at < limit; at++) {
            final byte b = buffer.getByte(at);
            if (isDigit(b)) {
                value = value * 10 + b - '0';
            } else if (b == '.' && point < 0 && at > position) {
                point = at;
            } else {
                return b == '"' && endOfDecimal(value, point, at);
            }
        }
        return false;
    }

    private boolean endOfDecimal(long value, int point, int quote) {
        final int decimals = point < 0 ? 0 : quote - point - 1;
        final int digits = quote - position - (point < 0 ? 0 : 1);
        if (digits == 0 || digits > MAX_DIGITS || (point >= 0 && decimals == 0)) {
            return false;
        }
        mantissa = value;
        scale = decimals;
        while (scale > 0 && mantissa % 10 == 0) {
            mantissa /= 10;
            scale--;
        }
        position = quote + 1;
        return true;
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }
}
