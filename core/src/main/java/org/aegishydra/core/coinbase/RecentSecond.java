package org.aegishydra.core.coinbase;

import org.aegishydra.core.latency.HotPath;
import org.agrona.DirectBuffer;

/**
 * Reads the exchange's stamps, {@code 2026-08-09T21:06:12.892314374Z} and a quote, of which most lie in the same second as
 * the one before: its text is compared, and only the fraction is read. Used by one thread.
 */
@HotPath
final class RecentSecond {
    private static final int SECOND_LENGTH = 19;

    /** A stamp with eight digits behind the point; one with a quote behind it fits if it ends there. */
    private static final int LEAST_ROOM = SECOND_LENGTH + 1 + Digits.PER_WORD + 1;

    private final Timestamps timestamps;
    private long first;
    private long second;
    private long third;
    private long secondNs = MarketDataListener.NO_TIME;
    private long timeNs;
    private long end;

    RecentSecond(Timestamps timestamps) {
        this.timestamps = timestamps;
    }

    /** The time that was read. */
    long timeNs() {
        return timeNs;
    }

    /** The address behind the closing quote. */
    long end() {
        return end;
    }

    /**
     * Reads a stamp. Returns whether there was one of this form.
     *
     * @param buffer the buffer that the message came in.
     * @param offset the stamp's place in it.
     * @param address the stamp's place in memory.
     * @param limit the address behind the message.
     */
    boolean read(DirectBuffer buffer, int offset, long address, long limit) {
        if (limit - address < LEAST_ROOM || (!isRecent(address) && !learn(buffer, offset, address))) {
            return false;
        }
        final long word = MessageBytes.word(address + SECOND_LENGTH + 1);
        final int decimals = Digits.leadingBeforeLetter(word);
        final long values = Digits.firstOf(word, decimals);
        if (MessageBytes.at(address + SECOND_LENGTH) != '.' || Digits.errors(values) != 0) {
            return false;
        }
        long fraction = Digits.number(values) * 10;
        long at = address + SECOND_LENGTH + 1 + decimals;
        if (decimals == Digits.PER_WORD && MessageBytes.isDigit(MessageBytes.at(at))) {
            fraction += MessageBytes.at(at) - '0';
            at++;
        }
        timeNs = secondNs + fraction;
        end = at + 2;
        return end <= limit && MessageBytes.at(at) == 'Z' && MessageBytes.at(at + 1) == '"';
    }

    private boolean isRecent(long address) {
        return secondNs != MarketDataListener.NO_TIME
                && MessageBytes.word(address) == first
                && MessageBytes.word(address + Long.BYTES) == second
                && MessageBytes.word(address + SECOND_LENGTH - Long.BYTES) == third;
    }

    private boolean learn(DirectBuffer buffer, int offset, long address) {
        final long learntNs = timestamps.parse(buffer, offset, SECOND_LENGTH);
        if (learntNs == MarketDataListener.NO_TIME) {
            return false;
        }
        secondNs = learntNs;
        first = MessageBytes.word(address);
        second = MessageBytes.word(address + Long.BYTES);
        third = MessageBytes.word(address + SECOND_LENGTH - Long.BYTES);
        return true;
    }
}
