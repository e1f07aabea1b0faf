package org.aegishydra.core.coinbase;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.ArrayList;
import java.util.List;

/** Messages in the forms in which Coinbase sends them: the first of each product is about its book. Stateless. */
final class FeedForms {
    private FeedForms() {}

    private static String stamped(String channel, int sequence, String event) {
        return "{\"channel\":\"" + channel + "\",\"timestamp\":\"2026-08-09T21:06:12.89231437" + (sequence % 10)
                + "Z\",\"sequence_num\":" + sequence + ",\"events\":[" + event + "]}";
    }

    private static String level(String side, String price, String size) {
        return "{\"side\":\"" + side + "\",\"event_time\":\"2026-08-09T21:06:12.846921Z\",\"price_level\":\"" + price
                + "\",\"new_quantity\":\"" + size + "\"}";
    }

    private static String book(String type, String product, String... levels) {
        return "{\"type\":\"" + type + "\",\"product_id\":\"" + product + "\",\"updates\":[" + String.join(",", levels)
                + "]}";
    }

    private static String trade(String product, int id, String price, String size, String side) {
        return "{\"product_id\":\"" + product + "\",\"trade_id\":\"" + id + "\",\"price\":\"" + price + "\",\"size\":\""
                + size + "\",\"time\":\"2026-08-09T21:06:11.197444Z\",\"side\":\"" + side + "\"}";
    }

    private static String ticker(String product, String price, String bid, String ask) {
        return "{\"type\":\"ticker\",\"product_id\":\"" + product + "\",\"price\":\"" + price
                + "\",\"volume_24_h\":\"19989.3959153\",\"low_24_h\":\"1911.04\",\"high_24_h\":\"1925\","
                + "\"low_52_w\":\"1505\",\"high_52_w\":\"4955.9\",\"price_percent_chg_24_h\":\"-0.01667483038571\","
                + "\"best_bid\":\"" + bid + "\",\"best_ask\":\"" + ask
                + "\",\"best_bid_quantity\":\"0.09478509\",\"best_ask_quantity\":\"10.01194407\"}";
    }

    static List<byte[]> advancedTrade() {
        final List<byte[]> messages = books();
        messages.addAll(tradesAndTickers());
        return messages;
    }

    private static List<byte[]> books() {
        return bytes(
                stamped(
                        "l2_data",
                        11,
                        book(
                                "snapshot",
                                "BTC-USD",
                                level("bid", "65083.66", "0.20371215"),
                                level("bid", "65083.2", "1.5"),
                                level("offer", "65083.67", "12.00000001"))),
                stamped(
                        "l2_data",
                        12,
                        book(
                                "snapshot",
                                "ETH-USD",
                                level("bid", "1920.35", "6.54174439"),
                                level("offer", "1921.3", "0.001"))),
                stamped("l2_data", 1013, book("update", "BTC-USD", level("offer", "65083.67", "0"))),
                stamped(
                        "l2_data",
                        10_000_014,
                        book(
                                "update",
                                "BTC-USD",
                                level("bid", "65083.61", "0.5"),
                                level("bid", "104083.27", "0.02244516"),
                                level("bid", "65080", "0"),
                                level("offer", "65084.75", "1234567890"),
                                level("offer", "65084", "0.001546"))),
                stamped(
                        "l2_data",
                        1_000_000_015,
                        book(
                                "update",
                                "ETH-USD",
                                level("bid", "1920.35", "0.54174439"),
                                level("bid", "1920.31", "6.54174439"))));
    }

    private static List<byte[]> tradesAndTickers() {
        return bytes(
                stamped(
                        "market_trades",
                        16,
                        "{\"type\":\"update\",\"trades\":["
                                + trade("ETH-USD", 833140811, "1919.38", "0.02066532", "SELL")
                                + ","
                                + trade("ETH-USD", 833140810, "1919.3", "2", "BUY")
                                + "]}"),
                stamped(
                        "market_trades",
                        17,
                        "{\"type\":\"snapshot\",\"trades\":["
                                + trade("BTC-USD", 1068572090, "65083.67", "0.002186", "BUY")
                                + "]}"),
                stamped(
                        "ticker",
                        18,
                        "{\"type\":\"update\",\"tickers\":["
                                + ticker("ETH-USD", "1919.38", "1919.28", "1919.4")
                                + "]}"),
                stamped(
                        "ticker",
                        19,
                        "{\"type\":\"snapshot\",\"tickers\":["
                                + ticker("BTC-USD", "65086.18", "65083.66", "65083.67")
                                + ","
                                + ticker("ETH-USD", "1920", "1919", "1921")
                                + "]}"),
                stamped(
                        "heartbeats",
                        20,
                        "{\"current_time\":\"2026-08-09 21:06:12.854802908 +0000 UTC"
                                + " m=+41715.260448204\",\"heartbeat_counter\":41715}"));
    }

    private static String update(String product, String changes) {
        return "{\"type\":\"l2update\",\"product_id\":\"" + product + "\",\"changes\":[" + changes
                + "],\"time\":\"2021-04-17T16:43:37.852863Z\"}";
    }

    private static String exchangeTicker(String product, String bidSize, String askSize, String side) {
        return "{\"type\":\"ticker\",\"sequence\":201393867,\"product_id\":\"" + product
                + "\",\"price\":\"0.7902\",\"open_24h\":\"0.7055\",\"volume_24h\":\"34168548.50000000\","
                + "\"low_24h\":\"0.6915\",\"high_24h\":\"0.8098\",\"volume_30d\":\"948595901.20000000\","
                + "\"best_bid\":\"0.7901\"" + bidSize + ",\"best_ask\":\"0.7905\"" + askSize + ",\"side\":\"" + side
                + "\",\"time\":\"2021-04-17T16:44:06.669388Z\",\"trade_id\":1568319,\"last_size\":\"18\"}";
    }

    private static String match(String side, String size) {
        return "{\"type\":\"match\",\"trade_id\":1568319,\"maker_order_id\":\"37667a34-2257-46d1-8a1e-e43bc30fe763\","
                + "\"taker_order_id\":\"3d1273d8-9943-49c2-8ef9-d3b1ce455383\",\"side\":\"" + side + "\",\"size\":\""
                + size + "\",\"price\":\"0.7902\",\"product_id\":\"SKL-USD\",\"sequence\":201393867,"
                + "\"time\":\"2021-04-17T16:44:06.669388Z\"}";
    }

    static List<byte[]> exchange() {
        return bytes(
                update("SKL-USD", "[\"buy\",\"0.7938\",\"5.0\"],[\"sell\",\"0.7939\",\"17.5\"]"),
                update("DASH-BTC", "[\"sell\",\"0.00620473\",\"10.13800000\"]"),
                update("SKL-USD", "[\"sell\",\"0.7938\",\"0.0\"]"),
                update("DASH-BTC", "[\"buy\",\"0.00620473\",\"0.00000000\"]"),
                update(
                        "DASH-BTC",
                        "[\"buy\",\"0.00619310\",\"2.66\"],[\"buy\",\"1\",\"3\"],[\"sell\",\"12.5\",\"1234567890.1\"]"),
                exchangeTicker("SKL-USD", "", "", "sell"),
                exchangeTicker("SKL-USD", ",\"best_bid_size\":\"100.5\"", ",\"best_ask_size\":\"7.1\"", "buy"),
                match("buy", "18"),
                match("sell", "1338.3"));
    }

    private static List<byte[]> bytes(String... messages) {
        final List<byte[]> bytes = new ArrayList<>();
        for (final String message : messages) {
            bytes.add(message.getBytes(US_ASCII));
        }
        return bytes;
    }
}
