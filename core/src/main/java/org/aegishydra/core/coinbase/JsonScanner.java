package org.aegishydra.core.coinbase;

import org.aegishydra.core.latency.HotPath;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;

/**
 * Reads JSON (RFC 8259) in place, value by value, and checks all of it: any order, any white space, escapes, nesting to
 * {@link #MAX_DEPTH}. Bytes above 0x7F are taken as they are; a journal's messages are valid UTF-8.
 *
 * <p>A method that finds something else than it promises throws {@link MalformedMessageException}, with the reason and
 * the place in {@link #reason()}. Used by one thread.
 */
@HotPath
final class JsonScanner {
    /** Objects and arrays within each other; deeper messages are malformed. */
    static final int MAX_DEPTH = 1024;

    private final ExpandableArrayBuffer unescaped = new ExpandableArrayBuffer(256);
    private final JsonDecimal number = new JsonDecimal();
    private final long[] openObjects = new long[MAX_DEPTH / Long.SIZE];
    private DirectBuffer buffer;
    private int start;
    private int position;
    private int end;
    private String reason = "";
    private int reasonAt;

    /** Where the last text lies: in the message, or unescaped elsewhere. */
    private DirectBuffer textBuffer;

    private int textOffset;
    private int textLength;

    void wrap(DirectBuffer message, int offset, int length) {
        buffer = message;
        start = offset;
        position = offset;
        end = offset + length;
    }

    int position() {
        return position;
    }

    void position(int newPosition) {
        position = newPosition;
    }

    DirectBuffer textBuffer() {
        return textBuffer;
    }

    int textOffset() {
        return textOffset;
    }

    int textLength() {
        return textLength;
    }

    long mantissa() {
        return number.mantissa();
    }

    int scale() {
        return number.scale();
    }

    String reason() {
        return reason + " at byte " + (reasonAt - start);
    }

    MalformedMessageException malformed(String why) {
        reason = why;
        reasonAt = position;
        return MalformedMessageException.INSTANCE;
    }

    private int peekToken() {
        while (position < end) {
            final byte b = buffer.getByte(position);
            if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
                return b;
            }
            position++;
        }
        throw malformed("the message ends too early");
    }

    private void expect(char token) {
        if (peekToken() != token) {
            throw malformed("unexpected character");
        }
        position++;
    }

    /** Nothing but white space may follow. */
    void expectEnd() {
        while (position < end) {
            final byte b = buffer.getByte(position);
            if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
                throw malformed("something follows the message");
            }
            position++;
        }
    }

    /**
     * Reads an object as a whole and notes where the values of some of its fields begin. A field that stands twice counts
     * as it stands last.
     *
     * @param valuesAt receives an offset for each of the fields, -1 for one that is not there.
     */
    void object(FieldNames fields, int[] valuesAt) {
        for (int i = 0; i < fields.size(); i++) {
            valuesAt[i] = -1;
        }
        expect('{');
        if (peekToken() == '}') {
            position++;
            return;
        }
        while (true) {
            text();
            final int field = fields.indexOf(textBuffer, textOffset, textLength);
            expect(':');
            peekToken();
            if (field >= 0) {
                valuesAt[field] = position;
            }
            skipValue();
            final int token = peekToken();
            position++;
            if (token == '}') {
                return;
            }
            if (token != ',') {
                position--;
                throw malformed("expected , or }");
            }
        }
    }

    /** Enters an array. Returns whether it has a first element, which then comes next. */
    boolean firstElement() {
        expect('[');
        if (peekToken() == ']') {
            position++;
            return false;
        }
        return true;
    }

    /** Leaves an array's element. Returns whether another one follows. */
    boolean nextElement() {
        final int token = peekToken();
        if (token != ',' && token != ']') {
            throw malformed("expected , or ]");
        }
        position++;
        return token == ',';
    }

    /** Whether the array ends behind the element that was read last. */
    boolean isLastElement() {
        return peekToken() == ']';
    }

    /** Whether the value that comes next is null; it is passed over then. */
    boolean nullValue() {
        if (peekToken() != 'n') {
            return false;
        }
        skipLiteral("null");
        return true;
    }

    /** Whether the value that comes next is a string. */
    boolean isText() {
        return peekToken() == '"';
    }

    /** Reads a string; its text is at {@link #textOffset()} of {@link #textBuffer()}. */
    void text() {
        expect('"');
        final int from = position;
        while (position < end) {
            final byte b = buffer.getByte(position);
            if (b == '"') {
                textBuffer = buffer;
                textOffset = from;
                textLength = position - from;
                position++;
                return;
            }
            if (b == '\\') {
                unescape(from);
                return;
            }
            if (b >= 0 && b < ' ') {
                throw malformed("a control character in a string");
            }
            position++;
        }
        throw malformed("the message ends too early");
    }

    private void unescape(int from) {
        int length = position - from;
        unescaped.putBytes(0, buffer, from, length);
        while (position < end) {
            final byte b = buffer.getByte(position++);
            if (b == '"') {
                textBuffer = unescaped;
                textOffset = 0;
                textLength = length;
                return;
            }
            if (b >= 0 && b < ' ') {
                throw malformed("a control character in a string");
            }
            if (b == '\\') {
                length += JsonEscapes.append(this, unescaped, length);
            } else {
                unescaped.putByte(length++, b);
            }
        }
        throw malformed("the message ends too early");
    }

    /** The next byte, whatever it is. */
    int nextByte() {
        if (position >= end) {
            throw malformed("the message ends too early");
        }
        return buffer.getByte(position++);
    }

    /** Reads a non-negative decimal, a string's or a bare one, into {@link #mantissa()} and {@link #scale()}. */
    void decimal() {
        if (peekToken() == '"') {
            text();
            parseDecimal(textBuffer, textOffset, textLength);
        } else {
            final int from = position;
            skipNumber();
            parseDecimal(buffer, from, position - from);
        }
    }

    /** Reads a whole number, a string's or a bare one. */
    long integer() {
        decimal();
        if (number.scale() != 0) {
            throw malformed("not a whole number");
        }
        return number.mantissa();
    }

    private void parseDecimal(DirectBuffer digits, int offset, int length) {
        final String refusal = number.parse(digits, offset, length);
        if (refusal != null) {
            throw malformed(refusal);
        }
    }

    /** Passes over a value of any kind and checks it. */
    void skipValue() {
        int depth = 0;
        while (true) {
            final int token = peekToken();
            boolean opened = false;
            if (token == '{' || token == '[') {
                if (depth == MAX_DEPTH) {
                    throw malformed("nested too deeply");
                }
                position++;
                final long bit = 1L << depth;
                openObjects[depth >> 6] = token == '{' ? openObjects[depth >> 6] | bit : openObjects[depth >> 6] & ~bit;
                depth++;
                opened = true;
            } else {
                skipScalar(token);
            }
            depth = closeContainers(depth, opened);
            if (depth == 0) {
                return;
            }
            if (isObject(depth)) {
                text();
                expect(':');
            }
        }
    }

    private boolean isObject(int depth) {
        return (openObjects[(depth - 1) >> 6] & (1L << (depth - 1))) != 0;
    }

    /** Behind a value, or behind an opening bracket: closes what ends here, and stands before the next value if any. */
    private int closeContainers(int openDepth, boolean justOpened) {
        int depth = openDepth;
        boolean first = justOpened;
        while (depth > 0) {
            final int token = peekToken();
            if (token == (isObject(depth) ? '}' : ']')) {
                position++;
                depth--;
                first = false;
            } else if (first) {
                return depth;
            } else if (token == ',') {
                position++;
                return depth;
            } else {
                throw malformed("expected , or a closing bracket");
            }
        }
        return 0;
    }

    private void skipScalar(int token) {
        switch (token) {
            case '"' -> text();
            case 't' -> skipLiteral("true");
            case 'f' -> skipLiteral("false");
            case 'n' -> skipLiteral("null");
            default -> skipNumber();
        }
    }

    private void skipLiteral(String literal) {
        for (int i = 0; i < literal.length(); i++) {
            if (nextByte() != literal.charAt(i)) {
                position--;
                throw malformed("not a value");
            }
        }
    }

    private void skipNumber() {
        if (peekByte() == '-') {
            position++;
        }
        if (peekByte() == '0') {
            position++;
        } else {
            skipDigits();
        }
        if (peekByte() == '.') {
            position++;
            skipDigits();
        }
        if ((peekByte() | 0x20) == 'e') {
            position++;
            if (peekByte() == '+' || peekByte() == '-') {
                position++;
            }
            skipDigits();
        }
    }

    private int peekByte() {
        return position < end ? buffer.getByte(position) : 0;
    }

    private void skipDigits() {
        if (peekByte() < '0' || peekByte() > '9') {
            throw malformed("not a value");
        }
        while (peekByte() >= '0' && peekByte() <= '9') {
            position++;
        }
    }
}
