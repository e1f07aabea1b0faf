package org.aegishydra.core.coinbase;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.aegishydra.core.latency.HotPath;
import org.agrona.DirectBuffer;
import org.agrona.UnsafeApi;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The bytes of a message by their addresses, read eight at a time. Memory outside the Java heap, such as a journal's mapped pages, is
 * read where it lies; a message on the heap is copied out of it first, since the JIT compiler reads through a plain address without the
 * barriers that it needs for a buffer that may be either.
 *
 * <p>Bounds are checked once, when a message is wrapped; from there on it is the reader who must not leave {@link #start()} to {@link
 * #end()}. Words are little-endian: the first byte is the lowest. Used by one thread.
 */
@HotPath
final class MessageBytes {
    private static final boolean REVERSED = ByteOrder.nativeOrder() != ByteOrder.LITTLE_ENDIAN;
    private static final int FIRST_COPY_BYTES = 4096;
    private static final long QUOTES = 0x2222222222222222L;
    private static final long BACKSLASHES = 0x5C5C5C5C5C5C5C5CL;
    private static final long SPACES = 0x2020202020202020L;
    private static final long LOW_BITS = 0x0101010101010101L;
    private static final long TOP_BITS = 0x8080808080808080L;

    private UnsafeBuffer copy = new UnsafeBuffer(ByteBuffer.allocateDirect(FIRST_COPY_BYTES));
    private long start;
    private long end;

    void wrap(DirectBuffer buffer, int offset, int length) {
        buffer.boundsCheck(offset, length);
        if (buffer.byteArray() == null) {
            start = buffer.addressOffset() + offset;
        } else {
            copy(buffer, offset, length);
        }
        end = start + length;
    }

    private void copy(DirectBuffer buffer, int offset, int length) {
        if (copy.capacity() < length) {
            copy = new UnsafeBuffer(ByteBuffer.allocateDirect(Math.max(length, copy.capacity() * 2)));
        }
        copy.putBytes(0, buffer, offset, length);
        start = copy.addressOffset();
    }

    /** The address of the first byte. */
    long start() {
        return start;
    }

    /** The address behind the last byte. */
    long end() {
        return end;
    }

    /** The eight bytes at an address. */
    static long word(long address) {
        final long word = UnsafeApi.getLong(address);
        return REVERSED ? Long.reverseBytes(word) : word;
    }

    /**
     * The eight bytes at an address, zeros for those that lie behind the message's end.
     *
     * @param lastWord the address of the message's last eight bytes. What is read at eight bytes behind it or further is
     *     some of the message's bytes, and means nothing.
     */
    static long wordBefore(long lastWord, long address) {
        final long from = Math.min(address, lastWord);
        return word(from) >>> ((address - from) << 3);
    }

    /** Zero if this word stands at an address. */
    static long difference(long address, long word) {
        return word(address) ^ word;
    }

    /** Zero if the same words stand at two addresses. */
    static long unlike(long address, long other) {
        return word(address) ^ word(other);
    }

    /** The four bytes at an address. */
    static int halfWord(long address) {
        final int word = UnsafeApi.getInt(address);
        return REVERSED ? Integer.reverseBytes(word) : word;
    }

    /** How many of a word's bytes stand before its first quote; 8 if it has none. */
    static int beforeQuote(long word) {
        final long difference = word ^ QUOTES;
        return Long.numberOfTrailingZeros((difference - LOW_BITS) & ~difference & TOP_BITS) >>> 3;
    }

    /** How many of a word's bytes stand before the first that ends or complicates a string; 8 if there is none. */
    static int plain(long word) {
        final long quote = word ^ QUOTES;
        final long backslash = word ^ BACKSLASHES;
        final long odd = ((quote - LOW_BITS) & ~quote)
                | ((backslash - LOW_BITS) & ~backslash)
                | ((word - SPACES) & ~word)
                | word;
        return Long.numberOfTrailingZeros(odd & TOP_BITS) >>> 3;
    }

    /** Whether a string goes on behind this byte: no quote, no backslash, no control character, and ASCII. */
    static boolean isPlain(byte b) {
        return b >= ' ' && b != '"' && b != '\\';
    }

    static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    /** The byte at an address. */
    static byte at(long address) {
        return UnsafeApi.getByte(address);
    }
}
