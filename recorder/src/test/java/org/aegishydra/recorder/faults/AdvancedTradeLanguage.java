package org.aegishydra.recorder.faults;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.aegishydra.core.journal.Dialect;

/** Advanced Trade's messages, in the form that was captured in 2026. */
final class AdvancedTradeLanguage implements FeedLanguage {
    private static String head(String channel, String time) {
        return "{\"channel\":\"" + channel + "\",\"timestamp\":\"" + time + "\",\"sequence_num\":";
    }

    private static LoadMessage message(String channel, String time, CharSequence event) {
        return LoadMessage.numbered(head(channel, time), ",\"events\":[" + event + "]}");
    }

    @Override
    public LoadMessage acknowledged(Map<Channel, Set<String>> subscriptions, String time) {
        final StringBuilder event = new StringBuilder("{\"subscriptions\":{");
        subscriptions.forEach((channel, products) -> {
            event.append(event.charAt(event.length() - 1) == '{' ? "" : ",")
                    .append('"')
                    .append(channel.in(Dialect.ADVANCED_TRADE))
                    .append("\":[\"")
                    .append(String.join("\",\"", channel == Channel.HEARTBEAT ? Set.of("heartbeats") : products))
                    .append("\"]");
        });
        return message("subscriptions", time, event.append("}}"));
    }

    @Override
    public boolean isAcknowledgedFirst(Channel channel) {
        return channel == Channel.BOOK || channel == Channel.HEARTBEAT;
    }

    @Override
    public LoadMessage bookSnapshot(LoadProduct product, String time) {
        final List<LoadProduct.Change> levels = product.allLevels();
        return LoadMessage.numberedSnapshot(
                head("l2_data", time), () -> ",\"events\":[" + bookEvent("snapshot", product, levels, time) + "]}");
    }

    @Override
    public LoadMessage bookUpdate(LoadProduct product, List<LoadProduct.Change> changes, String time) {
        return message("l2_data", time, bookEvent("update", product, changes, time));
    }

    private static StringBuilder bookEvent(
            String type, LoadProduct product, List<LoadProduct.Change> changes, String time) {
        final StringBuilder event = new StringBuilder(128 + changes.size() * 112)
                .append("{\"type\":\"")
                .append(type)
                .append("\",\"product_id\":\"")
                .append(product.id)
                .append("\",\"updates\":[");
        String separator = "";
        for (final LoadProduct.Change change : changes) {
            event.append(separator)
                    .append(change.bid() ? "{\"side\":\"bid\"" : "{\"side\":\"offer\"")
                    .append(",\"event_time\":\"")
                    .append(time)
                    .append("\",\"price_level\":\"");
            LoadProduct.price(event, change.price()).append("\",\"new_quantity\":\"");
            LoadProduct.size(event, change.size()).append("\"}");
            separator = ",";
        }
        return event.append("]}");
    }

    @Override
    public LoadMessage tradeHistory(LoadProduct product, String time) {
        return message("market_trades", time, tradeEvent("snapshot", product, List.copyOf(product.trades)));
    }

    @Override
    public LoadMessage trades(LoadProduct product, List<LoadProduct.Trade> trades, String time) {
        return message("market_trades", time, tradeEvent("update", product, trades));
    }

    private static StringBuilder tradeEvent(String type, LoadProduct product, List<LoadProduct.Trade> trades) {
        final StringBuilder event =
                new StringBuilder("{\"type\":\"").append(type).append("\",\"trades\":[");
        for (int i = trades.size() - 1; i >= 0; i--) {
            final LoadProduct.Trade trade = trades.get(i);
            event.append("{\"product_id\":\"")
                    .append(product.id)
                    .append("\",\"trade_id\":\"")
                    .append(trade.id())
                    .append("\",\"price\":\"");
            LoadProduct.price(event, trade.price()).append("\",\"size\":\"");
            LoadProduct.size(event, trade.size())
                    .append("\",\"time\":\"")
                    .append(trade.time())
                    .append(trade.makerSells() ? "\",\"side\":\"SELL\"}" : "\",\"side\":\"BUY\"}")
                    .append(i == 0 ? "" : ",");
        }
        return event.append("]}");
    }

    @Override
    public LoadMessage ticker(LoadProduct product, String time, boolean first) {
        final StringBuilder event = new StringBuilder("{\"type\":\"")
                .append(first ? "snapshot" : "update")
                .append("\",\"tickers\":[{\"type\":\"ticker\",\"product_id\":\"")
                .append(product.id)
                .append("\",\"price\":\"");
        LoadProduct.price(event, product.trades.getLast().price())
                .append("\",\"volume_24_h\":\"2867.54532609\",\"low_24_h\":\"64675.22\",\"high_24_h\":\"65252.99\"")
                .append(",\"low_52_w\":\"57717.55\",\"high_52_w\":\"126296\"")
                .append(",\"price_percent_chg_24_h\":\"0.09601107287722\",\"best_bid\":\"");
        LoadProduct.price(event, product.bids.firstKey()).append("\",\"best_ask\":\"");
        LoadProduct.price(event, product.asks.firstKey()).append("\",\"best_bid_quantity\":\"");
        LoadProduct.size(event, product.bids.firstEntry().getValue()).append("\",\"best_ask_quantity\":\"");
        LoadProduct.size(event, product.asks.firstEntry().getValue()).append("\"}]}");
        return message("ticker", time, event);
    }

    @Override
    public LoadMessage status(Collection<LoadProduct> products, String time) {
        final StringBuilder event = new StringBuilder("{\"type\":\"snapshot\",\"products\":[");
        String separator = "";
        for (final LoadProduct product : products) {
            final String[] currencies = product.id.split("-", 2);
            event.append(separator)
                    .append("{\"product_type\":\"SPOT\",\"id\":\"")
                    .append(product.id)
                    .append("\",\"base_currency\":\"")
                    .append(currencies[0])
                    .append("\",\"quote_currency\":\"")
                    .append(currencies[1])
                    .append("\",\"base_increment\":\"0.00000001\",\"quote_increment\":\"0.01\",\"display_name\":\"")
                    .append(product.id.replace('-', '/'))
                    .append("\",\"status\":\"online\",\"status_message\":\"\",\"min_market_funds\":\"1\"}");
            separator = ",";
        }
        return message("status", time, event.append("]}"));
    }

    @Override
    public List<LoadMessage> heartbeats(Collection<LoadProduct> products, long counter, String time) {
        return List.of(message(
                "heartbeats",
                time,
                "{\"current_time\":\"" + time.replace('T', ' ').replace("Z", " +0000 UTC m=+") + counter
                        + ".260485341\",\"heartbeat_counter\":" + counter + "}"));
    }
}
