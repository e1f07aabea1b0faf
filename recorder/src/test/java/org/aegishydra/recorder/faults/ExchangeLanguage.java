package org.aegishydra.recorder.faults;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.aegishydra.core.journal.Dialect;

/** Exchange's messages. */
final class ExchangeLanguage implements FeedLanguage {
    @Override
    public LoadMessage acknowledged(Map<Channel, Set<String>> subscriptions, String time) {
        final List<String> channels = new ArrayList<>();
        subscriptions.forEach((channel, products) -> channels.add("{\"name\":\"" + channel.in(Dialect.EXCHANGE)
                + "\",\"product_ids\":["
                + (products.isEmpty() ? "" : "\"" + String.join("\",\"", products) + "\"")
                + "]}"));
        return LoadMessage.plain("{\"type\":\"subscriptions\",\"channels\":[" + String.join(",", channels) + "]}");
    }

    @Override
    public boolean isAcknowledgedFirst(Channel channel) {
        return true;
    }

    @Override
    public LoadMessage bookSnapshot(LoadProduct product, String time) {
        final List<LoadProduct.Change> levels = product.allLevels();
        return LoadMessage.plainSnapshot(() -> {
            final StringBuilder text = new StringBuilder(128 + levels.size() * 36)
                    .append("{\"type\":\"snapshot\",\"product_id\":\"")
                    .append(product.id)
                    .append("\",\"asks\":[");
            levels(text, levels, false).append("],\"bids\":[");
            return levels(text, levels, true)
                    .append("],\"time\":\"")
                    .append(time)
                    .append("\"}")
                    .toString();
        });
    }

    private static StringBuilder levels(StringBuilder text, List<LoadProduct.Change> levels, boolean bid) {
        String separator = "[\"";
        for (final LoadProduct.Change level : levels) {
            if (level.bid() == bid) {
                text.append(separator);
                LoadProduct.price(text, level.price()).append("\",\"");
                LoadProduct.size(text, level.size()).append("\"]");
                separator = ",[\"";
            }
        }
        return text;
    }

    @Override
    public LoadMessage bookUpdate(LoadProduct product, List<LoadProduct.Change> changes, String time) {
        final StringBuilder text = new StringBuilder("{\"type\":\"l2update\",\"product_id\":\"")
                .append(product.id)
                .append("\",\"changes\":[");
        String separator = "";
        for (final LoadProduct.Change change : changes) {
            text.append(separator).append(change.bid() ? "[\"buy\",\"" : "[\"sell\",\"");
            LoadProduct.price(text, change.price()).append("\",\"");
            LoadProduct.size(text, change.size()).append("\"]");
            separator = ",";
        }
        return LoadMessage.plain(
                text.append("],\"time\":\"").append(time).append("\"}").toString());
    }

    @Override
    public LoadMessage tradeHistory(LoadProduct product, String time) {
        return match("last_match", product, product.trades.getLast());
    }

    @Override
    public LoadMessage trades(LoadProduct product, List<LoadProduct.Trade> trades, String time) {
        return match("match", product, trades.get(trades.size() - 1));
    }

    private static LoadMessage match(String type, LoadProduct product, LoadProduct.Trade trade) {
        final StringBuilder text = new StringBuilder("{\"type\":\"")
                .append(type)
                .append("\",\"trade_id\":")
                .append(trade.id())
                .append(",\"maker_order_id\":\"27fff20b-af29-4f45-8744-56dd1ef57dc0\"")
                .append(",\"taker_order_id\":\"1da6ce16-c8da-4732-9f71-6049f4c6aaf8\",\"side\":\"")
                .append(trade.makerSells() ? "sell" : "buy")
                .append("\",\"size\":\"");
        LoadProduct.size(text, trade.size()).append("\",\"price\":\"");
        LoadProduct.price(text, trade.price())
                .append("\",\"product_id\":\"")
                .append(product.id)
                .append("\",\"sequence\":")
                .append(trade.sequence())
                .append(",\"time\":\"")
                .append(trade.time())
                .append("\"}");
        return LoadMessage.plain(text.toString());
    }

    @Override
    public LoadMessage ticker(LoadProduct product, String time, boolean first) {
        final LoadProduct.Trade trade = product.trades.getLast();
        final StringBuilder text = new StringBuilder("{\"type\":\"ticker\",\"sequence\":")
                .append(trade.sequence())
                .append(",\"product_id\":\"")
                .append(product.id)
                .append("\",\"price\":\"");
        LoadProduct.price(text, trade.price())
                .append("\",\"open_24h\":\"16437.94\",\"volume_24h\":\"42492.05081975\",\"low_24h\":\"16423.37\"")
                .append(",\"high_24h\":\"17259.37\",\"volume_30d\":\"1093827.95195495\",\"best_bid\":\"");
        LoadProduct.price(text, product.bids.firstKey()).append("\",\"best_bid_size\":\"");
        LoadProduct.size(text, product.bids.firstEntry().getValue()).append("\",\"best_ask\":\"");
        LoadProduct.price(text, product.asks.firstKey()).append("\",\"best_ask_size\":\"");
        LoadProduct.size(text, product.asks.firstEntry().getValue())
                .append("\",\"side\":\"")
                .append(trade.makerSells() ? "buy" : "sell")
                .append("\",\"time\":\"")
                .append(trade.time())
                .append("\",\"trade_id\":")
                .append(trade.id())
                .append(",\"last_size\":\"");
        return LoadMessage.plain(
                LoadProduct.size(text, trade.size()).append("\"}").toString());
    }

    @Override
    public LoadMessage status(Collection<LoadProduct> products, String time) {
        final List<String> texts = new ArrayList<>();
        for (final LoadProduct product : products) {
            final String[] currencies = product.id.split("-", 2);
            texts.add("{\"id\":\"" + product.id + "\",\"base_currency\":\"" + currencies[0]
                    + "\",\"quote_currency\":\"" + currencies[1]
                    + "\",\"base_increment\":\"0.00000001\",\"quote_increment\":\"0.01\",\"status\":\"online\"}");
        }
        return LoadMessage.plain(
                "{\"type\":\"status\",\"currencies\":[],\"products\":[" + String.join(",", texts) + "]}");
    }

    @Override
    public List<LoadMessage> heartbeats(Collection<LoadProduct> products, long counter, String time) {
        return products.stream()
                .map(product -> LoadMessage.plain("{\"type\":\"heartbeat\",\"last_trade_id\":" + product.lastTradeId()
                        + ",\"product_id\":\"" + product.id + "\",\"sequence\":" + product.sequence() + ",\"time\":\""
                        + time + "\"}"))
                .toList();
    }
}
