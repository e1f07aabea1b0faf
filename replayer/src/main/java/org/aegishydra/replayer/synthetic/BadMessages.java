package org.aegishydra.replayer.synthetic;

/** Writes messages that no reader can use. Stateless. */
final class BadMessages {
    private BadMessages() {}

    static void unknownChannel(MarketMessage message, String product, long timeNs) {
        MessageWriter.envelope(message, "auction_imbalance", product, timeNs, 0)
                .text("\"type\":\"update\",\"product_id\":\"")
                .text(product)
                .text("\",\"imbalance\":\"12.5\"}]}");
    }

    /** A trade whose size is beyond any fixed-point number; the books are not concerned. */
    static void unfitNumber(MarketMessage message, String product, long timeNs) {
        MessageWriter.envelope(message, MessageWriter.MARKET_TRADES, product, timeNs, 0)
                .text("\"type\":\"update\",\"trades\":[{\"product_id\":\"")
                .text(product)
                .text("\",\"trade_id\":\"1\",\"price\":\"1\",\"size\":\"123456789012345678901234567890\",\"time\":\"")
                .time(timeNs)
                .text("\",\"side\":\"BUY\"}]}]}");
    }

    /** An update of a book that ends in its first level. */
    static void cutOff(MarketMessage message, String product, long timeNs) {
        MessageWriter.envelope(message, MessageWriter.L2_DATA, product, timeNs, 0)
                .text("\"type\":\"update\",\"product_id\":\"")
                .text(product)
                .text("\",\"updates\":[{\"side\":\"bid\",\"event_ti");
    }
}
