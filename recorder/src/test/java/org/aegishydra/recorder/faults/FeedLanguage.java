package org.aegishydra.recorder.faults;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.aegishydra.core.journal.Dialect;

/** How a feed of Coinbase's says what happens. Called under the feed's lock. */
interface FeedLanguage {
    /** What can be subscribed to. */
    enum Channel {
        BOOK("level2", "level2_batch"),
        TRADES("market_trades", "matches"),
        TICKER("ticker", "ticker"),
        HEARTBEAT("heartbeats", "heartbeat"),
        STATUS("status", "status");

        private final String advancedTrade;
        private final String exchange;

        Channel(String advancedTrade, String exchange) {
            this.advancedTrade = advancedTrade;
            this.exchange = exchange;
        }

        String in(Dialect dialect) {
            return dialect == Dialect.ADVANCED_TRADE ? advancedTrade : exchange;
        }

        /** The channel of this name; null if there is none. */
        static Channel named(Dialect dialect, String name) {
            for (final Channel channel : values()) {
                if (channel.in(dialect).equals(name)) {
                    return channel;
                }
            }
            return null;
        }
    }

    /** The answer to a subscription: all that the connection is subscribed to now. */
    LoadMessage acknowledged(Map<Channel, Set<String>> subscriptions, String time);

    /** Whether the answer comes before what a channel begins with. */
    boolean isAcknowledgedFirst(Channel channel);

    LoadMessage bookSnapshot(LoadProduct product, String time);

    LoadMessage bookUpdate(LoadProduct product, List<LoadProduct.Change> changes, String time);

    /** What a subscription to trades begins with. */
    LoadMessage tradeHistory(LoadProduct product, String time);

    /** The trades since the last message, oldest first; on Exchange there may be one only. */
    LoadMessage trades(LoadProduct product, List<LoadProduct.Trade> trades, String time);

    LoadMessage ticker(LoadProduct product, String time, boolean first);

    LoadMessage status(Collection<LoadProduct> products, String time);

    /** What a connection that is subscribed for these products gets each second. */
    List<LoadMessage> heartbeats(Collection<LoadProduct> products, long counter, String time);

    static FeedLanguage of(Dialect dialect) {
        return dialect == Dialect.ADVANCED_TRADE ? new AdvancedTradeLanguage() : new ExchangeLanguage();
    }
}
