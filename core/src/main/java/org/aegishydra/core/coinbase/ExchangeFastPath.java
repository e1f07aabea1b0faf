package org.aegishydra.core.coinbase;

import org.aegishydra.core.latency.HotPath;
import org.agrona.DirectBuffer;

/**
 * Reads {@code l2update} messages in exactly the form in which Coinbase sends them. Every byte is checked against that
 * form; a message that differs anywhere is left to the general decoder.
 */
@HotPath
final class ExchangeFastPath {
    private static final int MAX_TIME_LENGTH = 35;

    private static final Literal TO_PRODUCT = new Literal("{\"type\":\"l2update\",\"product_id\":\"");
    private static final Literal TO_CHANGES = new Literal(",\"changes\":[");
    private static final Literal BUY = new Literal("[\"buy\",\"");
    private static final Literal SELL = new Literal("[\"sell\",\"");
    private static final Literal TO_SIZE = new Literal(",\"");
    private static final Literal NEXT_CHANGE = new Literal("],");
    private static final Literal TO_TIME = new Literal("]],\"time\":\"");
    private static final Literal END = new Literal("}");

    private final StagedMessage staged;
    private final Timestamps timestamps;
    private final ExpectedBytes bytes = new ExpectedBytes();

    ExchangeFastPath(StagedMessage staged, Timestamps timestamps) {
        this.staged = staged;
        this.timestamps = timestamps;
    }

    /** Whether the message had the expected form; it is staged as a whole then, and in part otherwise. */
    boolean parse(DirectBuffer buffer, int offset, int length) {
        bytes.wrap(buffer, offset, length);
        if (!bytes.literal(TO_PRODUCT) || !bytes.text(ProductTable.MAX_NAME_LENGTH)) {
            return false;
        }
        final Product product = staged.product(buffer, bytes.textOffset(), bytes.textLength());
        if (product == null || !bytes.literal(TO_CHANGES)) {
            return false;
        }
        staged.startBook(product, false);
        if (!changes() || !bytes.text(MAX_TIME_LENGTH)) {
            return false;
        }
        staged.exchangeTimeNs(timestamps.parse(buffer, bytes.textOffset(), bytes.textLength()));
        return bytes.literal(END) && bytes.atEnd();
    }

    private boolean changes() {
        do {
            final boolean buy = bytes.literal(BUY);
            if ((!buy && !bytes.literal(SELL)) || !bytes.decimal()) {
                return false;
            }
            final long price = bytes.mantissa();
            final int priceScale = bytes.scale();
            if (!bytes.literal(TO_SIZE) || !bytes.decimal()) {
                return false;
            }
            staged.addNumbers(buy ? Side.BID : Side.ASK, price, priceScale, bytes.mantissa(), bytes.scale());
        } while (bytes.literal(NEXT_CHANGE));
        return bytes.literal(TO_TIME);
    }
}
