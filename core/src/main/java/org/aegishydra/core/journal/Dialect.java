package org.aegishydra.core.journal;

/** Which of Coinbase's two message formats a record's payload is written in. */
public enum Dialect {
    /** {@code wss://advanced-trade-ws.coinbase.com}: an envelope with a channel, a sequence number and events. */
    ADVANCED_TRADE("advanced-trade"),

    /** {@code wss://ws-feed.exchange.coinbase.com}: flat messages with a type. */
    EXCHANGE("exchange"),

    /** Not a feed's message: the records of a run. */
    NONE("none");

    private final String optionName;

    Dialect(String optionName) {
        this.optionName = optionName;
    }

    /** The name that commands and files use, for example {@code advanced-trade}. */
    public String optionName() {
        return optionName;
    }

    @Override
    public String toString() {
        return optionName;
    }
}
