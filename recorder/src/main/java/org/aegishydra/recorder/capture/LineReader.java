package org.aegishydra.recorder.capture;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Reads bytes line by line without a copy of each line. A line ends at a line feed, which is no part of it, nor is a
 * carriage return before it; a byte order mark at the start is left out too. Lines over the limit are passed over.
 *
 * <p>If the input breaks off, its last piece is a line like any other, and {@link #failure()} says why there is no more.
 * For one thread.
 */
final class LineReader implements Closeable {
    private static final int FIRST_CAPACITY = 1 << 16;

    private final InputStream in;
    private final int limitBytes;
    private byte[] buffer = new byte[FIRST_CAPACITY];
    private int filled;
    private int next;
    private int start;
    private int end;
    private long number;
    private boolean atEnd;
    private boolean tooLong;
    private String failure;

    LineReader(InputStream in, int limitBytes) {
        this.in = in;
        this.limitBytes = limitBytes;
    }

    /** Moves to the next line, or returns false if there is none. */
    boolean next() {
        start = next;
        int scan = next;
        tooLong = false;
        while (true) {
            final int lineFeed = indexOfLineFeed(scan);
            if (lineFeed >= 0) {
                end = lineFeed;
                next = lineFeed + 1;
                break;
            }
            scan = filled;
            if (scan - start > limitBytes) {
                tooLong = true;
                start = 0;
                scan = 0;
                filled = 0;
            } else if (start > 0) {
                System.arraycopy(buffer, start, buffer, 0, filled - start);
                filled -= start;
                scan -= start;
                start = 0;
            }
            if (!fill()) {
                end = filled;
                next = filled;
                if (end == start && !tooLong) {
                    return false;
                }
                break;
            }
        }
        number++;
        trim();
        return true;
    }

    private void trim() {
        if (end > start && buffer[end - 1] == '\r') {
            end--;
        }
        final boolean byteOrderMark = number == 1
                && end - start >= 3
                && buffer[start] == (byte) 0xEF
                && buffer[start + 1] == (byte) 0xBB
                && buffer[start + 2] == (byte) 0xBF;
        if (byteOrderMark) {
            start += 3;
        }
        tooLong |= end - start > limitBytes;
    }

    private int indexOfLineFeed(int from) {
        for (int i = from; i < filled; i++) {
            if (buffer[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    private boolean fill() {
        if (atEnd) {
            return false;
        }
        if (filled == buffer.length) {
            buffer = Arrays.copyOf(buffer, (int) Math.min(2L * buffer.length, limitBytes + (long) FIRST_CAPACITY));
        }
        try {
            final int read = in.read(buffer, filled, buffer.length - filled);
            atEnd = read < 0;
            filled += Math.max(read, 0);
        } catch (final IOException e) {
            // What came before the break is good and goes on as a last line.
            atEnd = true;
            failure = e.getMessage() == null ? e.toString() : e.getMessage();
        }
        return !atEnd;
    }

    /** Holds the line's bytes until the next call of {@link #next()}. */
    byte[] buffer() {
        return buffer;
    }

    int offset() {
        return start;
    }

    int length() {
        return end - start;
    }

    /** The line's number, from 1. */
    long number() {
        return number;
    }

    /** Whether the line was over the limit; its bytes are not there then. */
    boolean isTooLong() {
        return tooLong;
    }

    /** Whether there is nothing in the line but white space. */
    boolean isBlank() {
        for (int i = start; i < end; i++) {
            if (buffer[i] != ' ' && buffer[i] != '\t') {
                return false;
            }
        }
        return !tooLong;
    }

    /** Why the input broke off, or null if it was read to its end. */
    String failure() {
        return failure;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
