package org.aegishydra.core.coinbase;

import org.aegishydra.core.latency.HotPath;
import org.agrona.DirectBuffer;

/**
 * Reads {@code l2_data} messages in exactly the form in which Coinbase sends them, one event a message. Every byte is
 * checked against that form; a message that differs anywhere is left to the general decoder.
 */
@HotPath
final class AdvancedTradeFastPath {
    private static final int MAX_TIME_LENGTH = 35;

    private static final Literal TO_TIMESTAMP = new Literal("{\"channel\":\"l2_data\",\"timestamp\":\"");
    private static final Literal TO_SEQUENCE = new Literal(",\"sequence_num\":");
    private static final Literal TO_UPDATE = new Literal(",\"events\":[{\"type\":\"update\",\"product_id\":\"");
    private static final Literal TO_SNAPSHOT = new Literal(",\"events\":[{\"type\":\"snapshot\",\"product_id\":\"");
    private static final Literal TO_LEVELS = new Literal(",\"updates\":[");
    private static final Literal BID = new Literal("{\"side\":\"bid\",\"event_time\":\"");
    private static final Literal OFFER = new Literal("{\"side\":\"offer\",\"event_time\":\"");
    private static final Literal TO_PRICE = new Literal(",\"price_level\":\"");
    private static final Literal TO_SIZE = new Literal(",\"new_quantity\":\"");
    private static final Literal NEXT_LEVEL = new Literal("},");
    private static final Literal LAST_LEVEL = new Literal("}]}]}");

    private final StagedMessage staged;
    private final Timestamps timestamps;
    private final ExpectedBytes bytes = new ExpectedBytes();

    AdvancedTradeFastPath(StagedMessage staged, Timestamps timestamps) {
        this.staged = staged;
        this.timestamps = timestamps;
    }

    /** Whether the message had the expected form; it is staged as a whole then, and in part otherwise. */
    boolean parse(DirectBuffer buffer, int offset, int length) {
        bytes.wrap(buffer, offset, length);
        return envelope(buffer) && levels() && bytes.atEnd();
    }

    private boolean envelope(DirectBuffer buffer) {
        if (!bytes.literal(TO_TIMESTAMP) || !bytes.text(MAX_TIME_LENGTH)) {
            return false;
        }
        staged.exchangeTimeNs(timestamps.parse(buffer, bytes.textOffset(), bytes.textLength()));
        if (!bytes.literal(TO_SEQUENCE) || !bytes.integer()) {
            return false;
        }
        staged.sequenceNumber(bytes.mantissa());
        final boolean update = bytes.literal(TO_UPDATE);
        if ((!update && !bytes.literal(TO_SNAPSHOT)) || !bytes.text(ProductTable.MAX_NAME_LENGTH)) {
            return false;
        }
        final Product product = staged.product(buffer, bytes.textOffset(), bytes.textLength());
        if (product == null || !bytes.literal(TO_LEVELS)) {
            return false;
        }
        staged.startBook(product, !update);
        return true;
    }

    private boolean levels() {
        do {
            final boolean bid = bytes.literal(BID);
            if ((!bid && !bytes.literal(OFFER)) || !bytes.text(MAX_TIME_LENGTH)) {
                return false;
            }
            if (!bytes.literal(TO_PRICE) || !bytes.decimal()) {
                return false;
            }
            final long price = bytes.mantissa();
            final int priceScale = bytes.scale();
            if (!bytes.literal(TO_SIZE) || !bytes.decimal()) {
                return false;
            }
            staged.addNumbers(bid ? Side.BID : Side.ASK, price, priceScale, bytes.mantissa(), bytes.scale());
        } while (bytes.literal(NEXT_LEVEL));
        return bytes.literal(LAST_LEVEL);
    }
}
