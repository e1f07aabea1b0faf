package org.aegishydra.recorder.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * One connection of a small Advanced Trade feed for BTC-USD that a script drives: subscriptions are answered by
 * themselves, with snapshots; what follows, and what goes wrong, is the script's. Remembers what it sent. Thread safe.
 */
final class SampleConnection {
    private static final String TIME = "2026-08-09T21:05:48.228846629Z";

    private final FaultClient client;
    private final List<String> sent = new CopyOnWriteArrayList<>();
    private final CountDownLatch subscribed = new CountDownLatch(2);
    private long nextNumber;
    private int changes;

    private SampleConnection(FaultClient client) {
        this.client = client;
    }

    /** Opens the connection and waits until book and heartbeats were subscribed to. */
    static SampleConnection open(FaultClient client) throws IOException, InterruptedException {
        return answering(client, false);
    }

    /** The same with compression, where the client offers it. */
    static SampleConnection openDeflating(FaultClient client, boolean keepContext)
            throws IOException, InterruptedException {
        final SampleConnection connection = new SampleConnection(client);
        client.onReceive(connection::answer);
        client.upgradeDeflating(keepContext);
        return connection.awaitSubscriptions();
    }

    /** Opens the connection; the first answer is an error instead of what was asked for. */
    static SampleConnection answering(FaultClient client, boolean errorFirst) throws IOException, InterruptedException {
        final SampleConnection connection = new SampleConnection(client);
        client.onReceive(connection::answer);
        client.upgrade();
        if (errorFirst) {
            connection.plain(
                    "{\"type\":\"error\",\"message\":\"Failed to subscribe\",\"reason\":\"X-Y is not valid\"}");
        }
        return connection.awaitSubscriptions();
    }

    private SampleConnection awaitSubscriptions() throws IOException, InterruptedException {
        if (!subscribed.await(60, TimeUnit.SECONDS)) {
            throw new IOException("book and heartbeats were not subscribed to within 60 s");
        }
        return this;
    }

    private void answer(FaultClient.Received received) {
        final String text = received.text();
        if (!text.contains("\"subscribe\"")) {
            return;
        }
        try {
            final String channel = text.replaceAll(".*\"channel\":\"([a-z0-9_]+)\".*", "$1");
            message("subscriptions", "{\"subscriptions\":{\"" + channel + "\":[\"BTC-USD\"]}}");
            if (channel.equals("level2")) {
                message("l2_data", event("snapshot", "100.1", "2"));
            }
            if (channel.equals("level2") || channel.equals("heartbeats")) {
                subscribed.countDown();
            }
        } catch (final IOException e) {
            client.failed(e);
        }
    }

    private static String event(String type, String price, String size) {
        return "{\"type\":\"" + type + "\",\"product_id\":\"BTC-USD\",\"updates\":[{\"side\":\"bid\",\"event_time\":\""
                + TIME + "\",\"price_level\":\"" + price + "\",\"new_quantity\":\"" + size + "\"}]}";
    }

    private synchronized String numbered(String channel, String event) {
        return "{\"channel\":\"" + channel + "\",\"timestamp\":\"" + TIME + "\",\"sequence_num\":" + nextNumber++
                + ",\"events\":[" + event + "]}";
    }

    /** The text of the next message; its number is used up. */
    synchronized String nextUpdate() {
        changes++;
        return numbered("l2_data", event("update", "100." + changes % 10, Integer.toString(changes)));
    }

    private synchronized void message(String channel, String event) throws IOException {
        plain(numbered(channel, event));
    }

    /** Sends a text as it is. */
    synchronized void plain(String text) throws IOException {
        client.compressed(text.getBytes(UTF_8));
        sent.add(text);
    }

    /** Sends changes of the book. */
    synchronized void updates(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            plain(nextUpdate());
        }
    }

    void heartbeat() throws IOException {
        message("heartbeats", "{\"current_time\":\"2026-08-09 21:05:48\",\"heartbeat_counter\":41691}");
    }

    /** The next message will have a number that differs from what follows by this. */
    synchronized void jump(int numbers) {
        nextNumber += numbers;
    }

    /** A message that was sent in another way, as a whole. */
    void remember(String text) {
        sent.add(text);
    }

    /** All that was sent as a whole, in order. */
    List<String> sent() {
        return sent;
    }

    FaultClient client() {
        return client;
    }
}
