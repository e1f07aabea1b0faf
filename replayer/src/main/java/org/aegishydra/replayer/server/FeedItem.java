package org.aegishydra.replayer.server;

/**
 * One thing that a message tells of a product: a trade, a ticker, a candle; on Exchange, the message itself.
 *
 * @param channel the channel or type of the messages that tell such things.
 * @param product whose it is.
 * @param number orders the product's items of a channel, and tells them apart: a trade's id, a candle's start; 0 where only
 *     the last one matters.
 * @param repeats whether it is part of what a subscription begins with.
 * @param text its JSON, as it was recorded.
 */
record FeedItem(String channel, String product, long number, boolean repeats, String text) {}
