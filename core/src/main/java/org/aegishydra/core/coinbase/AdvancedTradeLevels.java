package org.aegishydra.core.coinbase;

import org.aegishydra.core.latency.HotPath;

/**
 * Reads the levels of an {@code l2_data} message in the form in which Coinbase sends them:
 *
 * <pre>
 *   {"side":"bid","event_time":"2026-08-09T21:06:12.846921Z","price_level":"65083.66","new_quantity":"0.20371215"},
 * </pre>
 *
 * <p>A message's levels have the same event time: what stands between side and price is compared with the level before,
 * whose bytes were checked. A level with an unusual time or number is read again, piece by piece. Used by one thread.
 */
@HotPath
final class AdvancedTradeLevels {
    private static final int MAX_TIME_LENGTH = 35;

    private static final Literal BID = Literal.of("{\"side\":\"bid\",\"event_time\":\"");
    private static final Literal OFFER = Literal.of("{\"side\":\"offer\",\"event_time\":\"");
    private static final Literal TO_PRICE = Literal.of(",\"price_level\":\"");
    private static final Literal TO_SIZE = Literal.of(",\"new_quantity\":\"");
    private static final Literal NEXT_LEVEL_PIECE = Literal.of("},");
    private static final Literal LAST_LEVEL_PIECE = Literal.of("}]}]}");

    private static final long SIDE_FIELD = Literal.word("{\"side\":");
    private static final long BID_SIDE = Literal.word("\"bid\",\"e");
    private static final long OFFER_SIDE = Literal.word("\"offer\",");

    /** From a level's beginning to its event time's field, for a bid; an offer's is further. */
    private static final int TO_TIME_FIELD = 14;

    private static final int OFFER_EXCESS = 2;
    private static final int TIME_FIELD_LENGTH = 14;

    private static final long SIZE_FIELD = Literal.word("\",\"new_q");
    private static final long SIZE_FIELD_MIDDLE = Literal.word("uantity\"");
    private static final long SIZE_FIELD_END = Literal.word("ntity\":\"");
    private static final int SIZE_FIELD_LENGTH = 18;

    /** The size of a level that is gone. */
    private static final int REMOVED = Literal.halfWord("0\"\0\0");

    private static final int REMOVED_MASK = 0xFFFF;

    private static final int NEXT_LEVEL = Literal.halfWord("\"},{");
    private static final int NEXT_LENGTH = 3;
    private static final int LAST_START = Literal.halfWord("\"}]}");
    private static final int LAST_END = Literal.halfWord("]}]}");
    private static final int LAST_LENGTH = 6;

    /** What there is from a price on at least. */
    private static final int LEAST_TO_END = 1 + SIZE_FIELD_LENGTH + 1 + LAST_LENGTH;

    /** The lengths of what is compared with the level before: event times of 24 to 33 bytes. */
    private static final int LEAST_COMPARED = 55;

    private static final int MOST_COMPARED = 64;
    private static final int NOTHING = 0;

    private final ExpectedBytes bytes;
    private final StagedBook book;

    /** Where the last level that was read piece by piece has its event time's field, and how far that is from the price. */
    private long timeField;

    private int compared;

    AdvancedTradeLevels(ExpectedBytes bytes, StagedBook book) {
        this.bytes = bytes;
        this.book = book;
    }

    /** Stages all levels, and moves on behind the last event. Returns whether all of it had the form. */
    boolean read() {
        while (learnTime()) {
            if (alike()) {
                return true;
            }
            if (!single()) {
                return false;
            }
            if (bytes.literal(LAST_LEVEL_PIECE)) {
                return true;
            }
            if (!bytes.literal(NEXT_LEVEL_PIECE)) {
                return false;
            }
        }
        return false;
    }

    /** Checks what the next level begins with, up to its price, without moving on. */
    private boolean learnTime() {
        final long at = bytes.position();
        if (!bytes.literal(BID) && !bytes.literal(OFFER)) {
            return false;
        }
        timeField = bytes.position() - TIME_FIELD_LENGTH;
        if (!bytes.text(MAX_TIME_LENGTH) || !bytes.literal(TO_PRICE)) {
            return false;
        }
        compared = (int) (bytes.position() - timeField);
        if (compared < LEAST_COMPARED || compared > MOST_COMPARED) {
            compared = NOTHING;
        }
        bytes.position(at);
        return true;
    }

    /** Stages levels as long as they are alike. Returns whether the last one was among them. */
    private boolean alike() {
        final int length = compared;
        if (length == NOTHING || !book.takesShortDecimals()) {
            return false;
        }
        final UsualDecimal prices = book.prices();
        final UsualDecimal sizes = book.sizes();
        final long checked = timeField;
        final long end = bytes.end();
        final long lastWord = end - Long.BYTES;
        long at = bytes.position();
        while (end - at >= TO_TIME_FIELD + length + LEAST_TO_END) {
            final boolean bid = MessageBytes.word(at + Long.BYTES) == BID_SIDE;
            final long field = at + (bid ? TO_TIME_FIELD : TO_TIME_FIELD + OFFER_EXCESS);
            if ((!bid && MessageBytes.word(at + Long.BYTES) != OFFER_SIDE)
                    || (MessageBytes.difference(at, SIDE_FIELD) | difference(field, checked, length)) != 0) {
                break;
            }
            final long priceAt = field + length;
            long quote = priceAt + prices.length();
            long price = prices.read(priceAt);
            if (price < 0) {
                price = prices.readOther(priceAt, Long.MAX_VALUE);
                quote = prices.otherEnd();
            }
            final long sizeAt = quote + SIZE_FIELD_LENGTH;
            if (price < 0 || end - sizeAt < 1 + LAST_LENGTH || sizeFieldErrors(quote) != 0) {
                break;
            }
            long behind = sizeAt + 1;
            long size = 0;
            if ((MessageBytes.halfWord(sizeAt) & REMOVED_MASK) != REMOVED) {
                behind = sizeAt + sizes.length();
                size = end - behind < LAST_LENGTH ? -1 : sizes.read(sizeAt);
                if (size < 0) {
                    size = sizes.readOther(sizeAt, lastWord);
                    behind = sizes.otherEnd();
                    if (size < 0 || end - behind < LAST_LENGTH) {
                        break;
                    }
                }
            }
            final boolean next = MessageBytes.halfWord(behind) == NEXT_LEVEL;
            if (!next && !isLast(behind)) {
                break;
            }
            book.add(bid ? 0 : 1, price, size);
            if (!next) {
                bytes.position(behind + LAST_LENGTH);
                return true;
            }
            at = behind + NEXT_LENGTH;
        }
        bytes.position(at);
        return false;
    }

    private static boolean isLast(long quote) {
        return MessageBytes.halfWord(quote) == LAST_START && MessageBytes.halfWord(quote + 2) == LAST_END;
    }

    private static long sizeFieldErrors(long at) {
        return MessageBytes.difference(at, SIZE_FIELD)
                | MessageBytes.difference(at + 8, SIZE_FIELD_MIDDLE)
                | MessageBytes.difference(at + SIZE_FIELD_LENGTH - 8, SIZE_FIELD_END);
    }

    /** Not zero if two pieces of a length from {@value #LEAST_COMPARED} to {@value #MOST_COMPARED} are not the same. */
    private static long difference(long one, long other, int length) {
        return MessageBytes.unlike(one, other)
                | MessageBytes.unlike(one + 8, other + 8)
                | MessageBytes.unlike(one + 16, other + 16)
                | MessageBytes.unlike(one + 24, other + 24)
                | MessageBytes.unlike(one + 32, other + 32)
                | MessageBytes.unlike(one + 40, other + 40)
                | MessageBytes.unlike(one + length - 16, other + length - 16)
                | MessageBytes.unlike(one + length - 8, other + length - 8);
    }

    /** Stages one level, piece by piece. */
    private boolean single() {
        final boolean bid = bytes.literal(BID);
        if ((!bid && !bytes.literal(OFFER)) || !bytes.text(MAX_TIME_LENGTH)) {
            return false;
        }
        if (!bytes.literal(TO_PRICE) || !bytes.decimal()) {
            return false;
        }
        final long levelPrice = bytes.mantissa();
        final int priceScale = bytes.scale();
        return bytes.literal(TO_SIZE)
                && bytes.decimal()
                && book.add(bid ? 0 : 1, levelPrice, priceScale, bytes.mantissa(), bytes.scale());
    }
}
