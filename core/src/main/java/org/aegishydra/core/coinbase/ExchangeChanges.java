package org.aegishydra.core.coinbase;

import org.aegishydra.core.latency.HotPath;

/**
 * Reads the changes of an {@code l2update} message in the form in which Coinbase sends them, up to the message's time:
 *
 * <pre>
 *   ["sell","0.7938","5.0"]],"time":"
 * </pre>
 *
 * <p>A change with an unusual number is read again, piece by piece. Used by one thread.
 */
@HotPath
final class ExchangeChanges {
    private static final Literal BUY = Literal.of("[\"buy\",\"");
    private static final Literal SELL = Literal.of("[\"sell\",\"");
    private static final Literal TO_SIZE = Literal.of(",\"");
    private static final Literal NEXT_CHANGE = Literal.of("],");
    private static final Literal TO_TIME = Literal.of("]],\"time\":\"");

    private static final long BUY_START = Literal.word("[\"buy\",\"");
    private static final long SELL_START = Literal.word("[\"sell\",");
    private static final int TO_PRICE = 8;
    private static final int SELL_EXCESS = 1;

    private static final int BETWEEN = Literal.halfWord("\",\"\0");
    private static final int BETWEEN_MASK = 0xFFFFFF;
    private static final int BETWEEN_LENGTH = 3;

    /** What follows a price at least. */
    private static final int LEAST_BEHIND = BETWEEN_LENGTH + 1 + 1 + 2;

    /** What follows a change's beginning at least, and one byte: an offer's is longer. */
    private static final int LEAST_LENGTH = TO_PRICE + 1 + BETWEEN_LENGTH + 1 + 12;

    private final ExpectedBytes bytes;
    private final StagedBook book;

    ExchangeChanges(ExpectedBytes bytes, StagedBook book) {
        this.bytes = bytes;
        this.book = book;
    }

    /** Stages all changes, and moves on to the message's time. Returns whether all of it had the form. */
    boolean read() {
        do {
            if (!usual() && !single()) {
                return false;
            }
        } while (bytes.literal(NEXT_CHANGE));
        return bytes.literal(TO_TIME);
    }

    private boolean usual() {
        final long at = bytes.position();
        final long end = bytes.end();
        if (end - at < LEAST_LENGTH || !book.takesShortDecimals()) {
            return false;
        }
        final long lastWord = end - Long.BYTES;
        final long start = MessageBytes.word(at);
        final boolean buy = start == BUY_START;
        if (!buy && (start != SELL_START || MessageBytes.at(at + TO_PRICE) != '"')) {
            return false;
        }
        final UsualDecimal prices = book.prices();
        final UsualDecimal sizes = book.sizes();
        final long priceAt = at + (buy ? TO_PRICE : TO_PRICE + SELL_EXCESS);
        long between = priceAt + prices.length();
        long price = end - between < LEAST_BEHIND ? -1 : prices.read(priceAt);
        if (price < 0) {
            price = prices.readOther(priceAt, lastWord);
            between = prices.otherEnd();
        }
        if (price < 0 || end - between < LEAST_BEHIND || (MessageBytes.halfWord(between) & BETWEEN_MASK) != BETWEEN) {
            return false;
        }
        final long sizeAt = between + BETWEEN_LENGTH;
        long quote = sizeAt + sizes.length();
        long size = quote >= end ? -1 : sizes.read(sizeAt);
        if (size < 0 || MessageBytes.at(quote) != '"') {
            size = sizes.readOther(sizeAt, lastWord);
            quote = sizes.otherEnd();
        }
        if (size < 0 || quote >= end || MessageBytes.at(quote) != '"') {
            return false;
        }
        book.add(buy ? 0 : 1, price, size);
        bytes.position(quote + 1);
        return true;
    }

    private boolean single() {
        final boolean buy = bytes.literal(BUY);
        if ((!buy && !bytes.literal(SELL)) || !bytes.decimal()) {
            return false;
        }
        final long changedPrice = bytes.mantissa();
        final int priceScale = bytes.scale();
        return bytes.literal(TO_SIZE)
                && bytes.decimal()
                && book.add(buy ? 0 : 1, changedPrice, priceScale, bytes.mantissa(), bytes.scale());
    }
}
