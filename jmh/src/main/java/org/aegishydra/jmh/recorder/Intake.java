package org.aegishydra.jmh.recorder;

import jakarta.websocket.ClientEndpointConfig;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.Session;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.aegishydra.core.journal.DiskGuard;
import org.aegishydra.core.journal.Journal;
import org.aegishydra.core.journal.JournalFormat;
import org.aegishydra.jmh.journal.RecordedMarket;
import org.aegishydra.recorder.feed.BackOff;
import org.aegishydra.recorder.feed.Feed;
import org.aegishydra.recorder.feed.FeedAccess;
import org.aegishydra.recorder.feed.FeedLimits;
import org.aegishydra.recorder.feed.FeedRecorder;
import org.aegishydra.recorder.feed.FeedSettings;
import org.aegishydra.recorder.feed.StopReason;
import org.glassfish.tyrus.client.ClientManager;
import org.glassfish.tyrus.client.ClientProperties;

/**
 * One intake of what {@link LoopbackFeed} sends.
 *
 * @param messagesPerSecond from the first message to the last.
 * @param allocatedBytesPerMessage by all threads of this process.
 * @param latency a recorder's figures; empty for a client that discards.
 */
record Intake(double messagesPerSecond, double allocatedBytesPerMessage, Map<String, Object> latency) {
    private static final com.sun.management.ThreadMXBean THREADS =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** A client that does nothing with a message. */
    static Intake discarding(URI url, long messages) throws DeploymentException, IOException, InterruptedException {
        final AtomicLong received = new AtomicLong();
        final ClientManager client = ClientManager.createClient();
        client.getProperties().put(ClientProperties.INCOMING_BUFFER_SIZE, JournalFormat.MAX_PAYLOAD_BYTES);
        final Endpoint discarding = new Endpoint() {
            @Override
            public void onOpen(Session session, EndpointConfig config) {
                session.addMessageHandler(
                        String.class, (MessageHandler.Whole<String>) text -> received.incrementAndGet());
            }
        };
        try (Session session = client.connectToServer(
                discarding, ClientEndpointConfig.Builder.create().build(), url)) {
            session.getBasicRemote().sendText("{\"type\":\"subscribe\"}");
            return measure(received::get, messages, Map.of());
        } finally {
            client.shutdown();
        }
    }

    /** A recorder with a journal of its own, which is deleted. */
    static Intake recording(URI url, long messages, Path directory) throws IOException, InterruptedException {
        final FeedLimits limits = new FeedLimits(
                1, Duration.ofSeconds(60), FeedLimits.OVERLAP, FeedLimits.GIVE_UP_AFTER, BackOff.Limits.DEFAULT);
        final FeedSettings settings = new FeedSettings(
                Feed.ADVANCED_TRADE, url, List.of("BTC-USD"), List.of("level2"), limits, null, null, null);
        final FeedRecorder recorder = new FeedRecorder(
                settings,
                FeedAccess.usual(),
                Journal.create(directory, JournalFormat.MARKET),
                DiskGuard.of(directory, null),
                "bench",
                line -> {});
        final CompletableFuture<StopReason> run = CompletableFuture.supplyAsync(() -> {
            try {
                return recorder.run();
            } catch (final InterruptedException e) {
                throw new CompletionException(e);
            }
        });
        final Intake intake;
        try {
            intake = measure(recorder::messages, messages, Map.of());
        } finally {
            recorder.stop(StopReason.SIGNAL);
            run.join();
        }
        RecordedMarket.deleteAll(directory);
        return new Intake(
                intake.messagesPerSecond,
                intake.allocatedBytesPerMessage,
                recorder.gauge().toReport());
    }

    private static Intake measure(LongSupplier received, long messages, Map<String, Object> latency)
            throws InterruptedException {
        final long giveUpNs = System.nanoTime() + TimeUnit.MINUTES.toNanos(10);
        while (received.getAsLong() == 0) {
            pause(giveUpNs);
        }
        final long allocatedBefore = allocatedBytes();
        final long firstMessages = received.getAsLong();
        final long startNs = System.nanoTime();
        while (received.getAsLong() < messages) {
            pause(giveUpNs);
        }
        final double seconds = (System.nanoTime() - startNs) / 1e9;
        final long counted = messages - firstMessages;
        return new Intake(counted / seconds, (allocatedBytes() - allocatedBefore) / (double) counted, latency);
    }

    private static void pause(long giveUpNs) throws InterruptedException {
        if (System.nanoTime() > giveUpNs) {
            throw new IllegalStateException("the messages did not come within ten minutes");
        }
        Thread.sleep(1);
    }

    private static long allocatedBytes() {
        long sum = 0;
        for (final long bytes : THREADS.getThreadAllocatedBytes(THREADS.getAllThreadIds())) {
            sum += Math.max(0, bytes);
        }
        return sum;
    }
}
