package org.aegishydra.replayer.fixes;

import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fix 8 as the system before did it, for tickers: their fields are found by patterns in the message's text, wherever they
 * stand; that the text is JSON is not checked. Used by one thread.
 */
final class TickerPatterns {
    private final TreeReader reader;
    private final Pattern stamp;

    /** Null where the dialect does not number its messages. */
    private final Pattern sequence;

    /** One of a message's tickers. */
    private final Pattern ticker;

    private final Pattern product = textField("product_id");
    private final Pattern price = numberField("price");
    private final Pattern bestBid = numberField("best_bid");
    private final Pattern bestAsk = numberField("best_ask");
    private final Pattern bestBidSize;
    private final Pattern bestAskSize;

    private TickerPatterns(
            TreeReader reader, String stamp, Pattern sequence, Pattern ticker, String bestBidSize, String bestAskSize) {
        this.reader = reader;
        this.stamp = textField(stamp);
        this.sequence = sequence;
        this.ticker = ticker;
        this.bestBidSize = numberField(bestBidSize);
        this.bestAskSize = numberField(bestAskSize);
    }

    static TickerPatterns ofAdvancedTrade(TreeReader reader) {
        return new TickerPatterns(
                reader,
                "timestamp",
                Pattern.compile("\"sequence_num\":([0-9]{1,18})"),
                Pattern.compile("\\{\"type\":\"ticker\",[^{}]*\\}"),
                "best_bid_quantity",
                "best_ask_quantity");
    }

    static TickerPatterns ofExchange(TreeReader reader) {
        return new TickerPatterns(
                reader, "time", null, Pattern.compile("\\{[^{}]*\\}"), "best_bid_size", "best_ask_size");
    }

    private static Pattern textField(String name) {
        return Pattern.compile("\"" + name + "\":\"([^\"]*)\"");
    }

    private static Pattern numberField(String name) {
        return Pattern.compile("\"" + name + "\":\"([0-9.]+)\"");
    }

    /**
     * Stages a message's tickers.
     *
     * @throws UnusableMessageException if it is not of the expected form.
     */
    void stage(String message) {
        reader.staged.exchangeTimeNs(reader.time(required(stamp, message)));
        if (sequence != null) {
            reader.staged.sequenceNumber(Long.parseLong(required(sequence, message)));
        }
        final Matcher tickers = ticker.matcher(message);
        if (!tickers.find()) {
            throw new UnusableMessageException("no ticker of the form " + ticker);
        }
        do {
            stageTicker(tickers.group());
        } while (tickers.find());
    }

    private void stageTicker(String text) {
        reader.staged.startTicker(reader.product(required(product, text)));
        reader.optional(MessageDecimals.of(required(price, text)), null);
        reader.optional(number(bestBid, text), number(bestBidSize, text));
        reader.optional(number(bestAsk, text), number(bestAskSize, text));
    }

    private static String required(Pattern field, String text) {
        final Matcher found = field.matcher(text);
        if (!found.find()) {
            throw new UnusableMessageException("no field of the form " + field);
        }
        return found.group(1);
    }

    private static BigDecimal number(Pattern field, String text) {
        final Matcher found = field.matcher(text);
        return found.find() ? MessageDecimals.of(found.group(1)) : null;
    }
}
