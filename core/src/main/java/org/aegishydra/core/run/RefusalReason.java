package org.aegishydra.core.run;

/** Why the risk guard refused an order. */
public enum RefusalReason {
    /** It did not. */
    NONE,
    /** Trading is disabled, or the kill switch was used. */
    TRADING_DISABLED,
    /** The book waits for a snapshot. */
    BOOK_NOT_LIVE,
    /** More orders within a second of event time than allowed. */
    ORDER_RATE,
    /** The feed is later than allowed for an entry. */
    FEED_LATENCY,
    /** The position would grow over its limit. */
    POSITION_LIMIT
}
