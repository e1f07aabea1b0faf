package org.aegishydra.recorder.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** The JDK's own WebSocket client, which shares no code with recorder or server. Collects what comes. */
final class FeedReader implements AutoCloseable, WebSocket.Listener {
    private final List<byte[]> messages = new CopyOnWriteArrayList<>();
    private final StringBuilder part = new StringBuilder();
    private final WebSocket socket;

    FeedReader(URI url, String... subscriptions) throws Exception {
        socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(url, this)
                .get(30, TimeUnit.SECONDS);
        for (final String subscription : subscriptions) {
            socket.sendText(subscription, true).get(30, TimeUnit.SECONDS);
        }
    }

    @Override
    public CompletionStage<?> onText(WebSocket source, CharSequence data, boolean last) {
        part.append(data);
        if (last) {
            messages.add(part.toString().getBytes(UTF_8));
            part.setLength(0);
        }
        source.request(1);
        return null;
    }

    /** All whole messages so far. */
    List<byte[]> messages() {
        return messages;
    }

    @Override
    public void close() {
        socket.abort();
    }
}
