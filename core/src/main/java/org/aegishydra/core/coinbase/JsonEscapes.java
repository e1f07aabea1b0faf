package org.aegishydra.core.coinbase;

import org.agrona.MutableDirectBuffer;

/**
 * The escapes of JSON strings (RFC 8259, section 7), as UTF-8. Half of a surrogate pair is allowed there, and stands for
 * no character: it is read as the replacement character. Stateless.
 */
final class JsonEscapes {
    private static final int REPLACEMENT = 0xFFFD;

    private JsonEscapes() {}

    /** Reads the escape behind a backslash, appends what it stands for, and returns the number of bytes appended. */
    static int append(JsonScanner scanner, MutableDirectBuffer target, int at) {
        final int c = scanner.nextByte();
        switch (c) {
            case '"', '\\', '/' -> target.putByte(at, (byte) c);
            case 'b' -> target.putByte(at, (byte) '\b');
            case 'f' -> target.putByte(at, (byte) '\f');
            case 'n' -> target.putByte(at, (byte) '\n');
            case 'r' -> target.putByte(at, (byte) '\r');
            case 't' -> target.putByte(at, (byte) '\t');
            case 'u' -> {
                return appendUtf8(codePoint(scanner), target, at);
            }
            default -> throw scanner.malformed("an unknown escape");
        }
        return 1;
    }

    private static int codePoint(JsonScanner scanner) {
        final char unit = fourDigits(scanner);
        if (Character.isHighSurrogate(unit)) {
            final int behind = scanner.position();
            if (scanner.nextByte() == '\\' && scanner.nextByte() == 'u') {
                final char low = fourDigits(scanner);
                if (Character.isLowSurrogate(low)) {
                    return Character.toCodePoint(unit, low);
                }
            }
            scanner.position(behind);
        }
        return Character.isSurrogate(unit) ? REPLACEMENT : unit;
    }

    private static char fourDigits(JsonScanner scanner) {
        int value = 0;
        for (int i = 0; i < 4; i++) {
            final int digit = hexDigit(scanner.nextByte());
            if (digit < 0) {
                throw scanner.malformed("an unknown escape");
            }
            value = (value << 4) | digit;
        }
        return (char) value;
    }

    private static int hexDigit(int c) {
        if (c >= '0' && c <= '9') {
            return c - '0';
        }
        final int lower = c | 0x20;
        return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
    }

    private static int appendUtf8(int codePoint, MutableDirectBuffer target, int at) {
        if (codePoint < 0x80) {
            target.putByte(at, (byte) codePoint);
            return 1;
        }
        if (codePoint < 0x800) {
            target.putByte(at, (byte) (0xC0 | (codePoint >> 6)));
            target.putByte(at + 1, (byte) (0x80 | (codePoint & 0x3F)));
            return 2;
        }
        if (codePoint < 0x10000) {
            target.putByte(at, (byte) (0xE0 | (codePoint >> 12)));
            target.putByte(at + 1, (byte) (0x80 | ((codePoint >> 6) & 0x3F)));
            target.putByte(at + 2, (byte) (0x80 | (codePoint & 0x3F)));
            return 3;
        }
        target.putByte(at, (byte) (0xF0 | (codePoint >> 18)));
        target.putByte(at + 1, (byte) (0x80 | ((codePoint >> 12) & 0x3F)));
        target.putByte(at + 2, (byte) (0x80 | ((codePoint >> 6) & 0x3F)));
        target.putByte(at + 3, (byte) (0x80 | (codePoint & 0x3F)));
        return 4;
    }
}
