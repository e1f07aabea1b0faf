package org.aegishydra.core.coinbase;

import org.aegishydra.core.latency.HotPath;
import org.agrona.DirectBuffer;

/**
 * Reads a message of which every byte is foreseen: literals, plain strings and decimals in strings. Each method says
 * whether it found what was expected and only then moves on; whoever gets a "no" hands the message to the general
 * decoder. Used by one thread.
 */
@HotPath
final class ExpectedBytes {
    private static final int MAX_DIGITS = 18;
    private static final int MAX_TIME_LENGTH = 35;

    private final MessageBytes message = new MessageBytes();
    private final ShortDecimal decimal = new ShortDecimal();
    private final Timestamps timestamps;
    private final RecentProducts recentProducts = new RecentProducts();
    private final ProductTable products;

    /** What the message came in; also so that nothing frees its memory meanwhile. */
    private DirectBuffer buffer;

    private long toBuffer;
    private long position;
    private long end;
    private long textAt;
    private int textLength;
    private long timeNs;
    private Product product;
    private long mantissa;
    private int scale;

    ExpectedBytes(ProductTable products, Timestamps timestamps) {
        this.products = products;
        this.timestamps = timestamps;
    }

    void wrap(DirectBuffer source, int offset, int length) {
        message.wrap(source, offset, length);
        buffer = source;
        position = message.start();
        end = message.end();
        toBuffer = offset - position;
    }

    boolean atEnd() {
        return position == end;
    }

    /** The address of the next byte. */
    long position() {
        return position;
    }

    void position(long address) {
        position = address;
    }

    /** The address behind the message. */
    long end() {
        return end;
    }

    /** The buffer that the message came in, where {@link #textOffset()} counts. */
    DirectBuffer buffer() {
        return buffer;
    }

    int textOffset() {
        return (int) (textAt + toBuffer);
    }

    long timeNs() {
        return timeNs;
    }

    Product product() {
        return product;
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

    boolean literal(Literal literal) {
        if (!literal.standsAt(position, end)) {
            return false;
        }
        position += literal.length();
        return true;
    }

    /** The byte so far from the next one. */
    byte ahead(int distance) {
        return MessageBytes.at(position + distance);
    }

    /** A single byte. */
    boolean next(char expected) {
        if (position == end || MessageBytes.at(position) != expected) {
            return false;
        }
        position++;
        return true;
    }

    /** A string's content up to its closing quote, without escapes and of limited length. */
    boolean text(int maxLength) {
        final long limit = Math.min(end, position + maxLength + 1);
        long at = position;
        while (at <= limit - Long.BYTES) {
            final int plain = MessageBytes.plain(MessageBytes.word(at));
            at += plain;
            if (plain < Long.BYTES) {
                return endOfText(at);
            }
        }
        while (at < limit && MessageBytes.isPlain(MessageBytes.at(at))) {
            at++;
        }
        return at < limit && endOfText(at);
    }

    private boolean endOfText(long at) {
        if (MessageBytes.at(at) != '"') {
            return false;
        }
        textAt = position;
        textLength = (int) (at - position);
        position = at + 1;
        return true;
    }

    /** A string with a time, or with something else that is none, into {@link #timeNs()}. */
    boolean time(RecentSecond recent) {
        if (recent.read(buffer, (int) (position + toBuffer), position, end)) {
            timeNs = recent.timeNs();
            position = recent.end();
            return true;
        }
        if (!text(MAX_TIME_LENGTH)) {
            return false;
        }
        timeNs = timestamps.parse(buffer, textOffset(), textLength());
        return true;
    }

    /**
     * A string with a product's name, into {@link #product()}, null if it is in the table not yet; the name is the last
     * text then.
     */
    boolean productName() {
        if (end - position >= 2 * Long.BYTES) {
            final long word = MessageBytes.word(position);
            final int length = MessageBytes.beforeQuote(word);
            if (length < Long.BYTES) {
                return productNamed(word & ((1L << (length << 3)) - 1), 0, length);
            }
            final long next = MessageBytes.word(position + Long.BYTES);
            final int nextLength = MessageBytes.beforeQuote(next);
            if (nextLength < Long.BYTES) {
                return productNamed(word, next & ((1L << (nextLength << 3)) - 1), Long.BYTES + nextLength);
            }
        }
        return longProductName();
    }

    /** A string with the name of a product that is in the table, into {@link #product()}. */
    boolean knownProduct() {
        return productName() && product != null;
    }

    private boolean productNamed(long firstWord, long otherBytes, int length) {
        // The length tells a name from one with zeros behind it, which is none.
        final long secondWord = otherBytes | ((long) length << (Long.SIZE - Byte.SIZE));
        product = recentProducts.find(firstWord, secondWord);
        if (product != null) {
            position += length + 1;
            return true;
        }
        final boolean found = longProductName();
        if (found && product != null) {
            recentProducts.put(firstWord, secondWord, product);
        }
        return found;
    }

    private boolean longProductName() {
        if (!text(ProductTable.MAX_NAME_LENGTH)) {
            return false;
        }
        product = products.known(buffer, textOffset(), textLength());
        return true;
    }

    /** A whole number, into {@link #mantissa()}. */
    boolean integer() {
        if (end - position >= 2 * Digits.PER_WORD) {
            final long word = MessageBytes.word(position);
            final int digits = Digits.leading(word);
            if (digits == Digits.PER_WORD) {
                return moreThanAWord(word);
            }
            final long values = Digits.lastOf(word, digits);
            if (Digits.errors(values) == 0 && (digits == 1 || (byte) word != '0')) {
                mantissa = Digits.number(values);
                position += digits;
                return true;
            }
        }
        return longInteger();
    }

    private boolean moreThanAWord(long first) {
        final long next = MessageBytes.word(position + Digits.PER_WORD);
        final int digits = Digits.leading(next);
        final long values = Digits.lastOf(first, Digits.PER_WORD);
        final long nextValues = Digits.lastOf(next, digits);
        if (digits == 0
                || digits == Digits.PER_WORD
                || (Digits.errors(values) | Digits.errors(nextValues)) != 0
                || (byte) first == '0') {
            return longInteger();
        }
        mantissa = Digits.number(values) * Decimals.powerOfTen(digits) + Digits.number(nextValues);
        position += Digits.PER_WORD + digits;
        return true;
    }

    private boolean longInteger() {
        final long from = position;
        long value = 0;
        long at = from;
        for (; at < end && MessageBytes.isDigit(MessageBytes.at(at)); at++) {
            value = value * 10 + MessageBytes.at(at) - '0';
        }
        final long digits = at - from;
        if (digits == 0 || digits > MAX_DIGITS || (digits > 1 && MessageBytes.at(from) == '0')) {
            return false;
        }
        mantissa = value;
        position = at;
        return true;
    }

    /** A decimal up to the closing quote, into {@link #mantissa()} and {@link #scale()}, without trailing zeros. */
    boolean decimal() {
        if (end - position < Long.BYTES) {
            return longDecimal();
        }
        decimal.read(position, end - Long.BYTES);
        if (decimal.errors() != 0 || decimal.end() >= end || MessageBytes.at(decimal.end()) != '"') {
            return longDecimal();
        }
        scale = decimal.decimals();
        mantissa = decimal.value(scale, Decimals.powerOfTen(scale));
        position = decimal.end() + 1;
        cutZeros();
        return true;
    }

    private boolean longDecimal() {
        final long limit = Math.min(end, position + MAX_DIGITS + 2);
        long point = 0;
        long value = 0;
        for (long at = position; at < limit; at++) {
            final byte b = MessageBytes.at(at);
            if (MessageBytes.isDigit(b)) {
                value = value * 10 + b - '0';
            } else if (b == '.' && point == 0 && at > position) {
                point = at;
            } else {
                return b == '"' && endOfDecimal(value, point, at);
            }
        }
        return false;
    }

    private boolean endOfDecimal(long value, long point, long quote) {
        final int decimals = point == 0 ? 0 : (int) (quote - point - 1);
        final int digits = (int) (quote - position) - (point == 0 ? 0 : 1);
        if (digits == 0 || digits > MAX_DIGITS || (point != 0 && decimals == 0)) {
            return false;
        }
        mantissa = value;
        scale = decimals;
        position = quote + 1;
        cutZeros();
        return true;
    }

    private void cutZeros() {
        while (scale > 0 && mantissa % 10 == 0) {
            mantissa /= 10;
            scale--;
        }
    }
}
