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
    private static final Literal BUY = new Literal("[\"buy\",\"");
    private static final Literal SELL = new Literal("[\"sell\",\"");
    private static final Literal TO_SIZE = new Literal(",\"");
    private static final Literal NEXT_CHANGE = new Literal("],");
    private static final Literal TO_TIME = new Literal("]],\"time\":\"");

    private static final long BUY_START = Literal.word("[\"buy\",\"");
    private static final long SELL_START = Literal.word("[\"sell\",");
    private static final int TO_PRICE = 8;
    private static final int SELL_EXCESS = 1;

    private static final int BETWEEN = Literal.halfWord("\",\"0") & 0xFFFFFF;
    private static final int BETWEEN_LENGTH = 3;

    /** What follows a change's beginning at least, and one byte: an offer's is longer. */
    private static final int LEAST_LENGTH = TO_PRICE + 1 + BETWEEN_LENGTH + 1 + 12;

    private final ExpectedBytes bytes;
    private final StagedBook book;
    private final ShortDecimal price = new ShortDecimal();
    private final ShortDecimal size = new ShortDecimal();

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
        final long ask = start == BUY_START ? 0 : 1;
        price.read(at + TO_PRICE + ask * SELL_EXCESS, lastWord);
        final long between = price.end();
        if (end - between < BETWEEN_LENGTH + 1 + 4) {
            return false;
        }
        size.read(between + BETWEEN_LENGTH, lastWord);
        final long quote = size.end();
        if ((price.errors() | size.errors()) != 0
                || (MessageBytes.halfWord(between) & 0xFFFFFF) != BETWEEN
                || quote >= end
                || MessageBytes.at(quote) != '"'
                || (ask == 1 && (start != SELL_START || MessageBytes.at(at + TO_PRICE) != '"'))) {
            return false;
        }
        if (!book.add(ask, price, size)) {
            return false;
        }
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
