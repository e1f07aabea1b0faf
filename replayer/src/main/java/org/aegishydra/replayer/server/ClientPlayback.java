package org.aegishydra.replayer.server;

import jakarta.websocket.CloseReason.CloseCodes;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.aegishydra.core.journal.Dialect;
import org.aegishydra.core.journal.Journal;
import org.aegishydra.core.journal.JournalException;
import org.aegishydra.core.journal.JournalTailer;
import org.aegishydra.core.journal.RecordHeader;
import org.aegishydra.core.journal.RecordKind;
import org.agrona.DirectBuffer;

/**
 * One client's way through a journal, on a thread of its own. It begins when the client has subscribed and then been quiet
 * for a moment, since at max pace all would be over before its second request; what it subscribes to later begins with
 * how it is then. Requests are answered between two records.
 *
 * <p>Heartbeats come every second of event time, whatever was recorded.
 */
final class ClientPlayback {
    private static final int MAX_WAITING_REQUESTS = 100;
    private static final long LONGEST_SETTLE_NS = TimeUnit.SECONDS.toNanos(5);
    private static final long LOOK_FOR_CLIENT_NS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long HEARTBEAT_INTERVAL_NS = TimeUnit.SECONDS.toNanos(1);
    private static final long NEVER = Long.MAX_VALUE;

    private final Journal journal;
    private final StartPosition from;
    private final FeedProtocol protocol;
    private final Set<String> products;
    private final ServeSettings settings;
    private final ClientConnection client;
    private final Runnable onEnd;
    private final ServedMarket market;
    private final BlockingQueue<String> requests = new ArrayBlockingQueue<>(MAX_WAITING_REQUESTS);
    private final Thread thread;
    private boolean playing;
    private boolean ended;
    private long startedNs;
    private long firstEventNs;
    private long eventTimeNs = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
    private long nextHeartbeatNs = NEVER;
    private long heartbeats;

    ClientPlayback(
            Journal journal,
            StartPosition from,
            Dialect dialect,
            Set<String> products,
            ServeSettings settings,
            ClientConnection client,
            Runnable onEnd) {
        this.journal = journal;
        this.from = from;
        this.products = products;
        this.settings = settings;
        this.client = client;
        this.onEnd = onEnd;
        protocol = FeedProtocol.of(dialect);
        market = new ServedMarket(dialect, client.subscriptions(), client::send, client::log);
        thread = new Thread(this::run, "playback-" + client.id());
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    boolean requested(String request) {
        return requests.offer(request);
    }

    void close() {
        thread.interrupt();
    }

    private void run() {
        try {
            while (!client.isSubscribed() && !client.isGone()) {
                answer(requests.poll(LOOK_FOR_CLIENT_NS, TimeUnit.NANOSECONDS));
            }
            settle();
            play();
            client.end();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            client.gone();
        } catch (final RuntimeException e) {
            // The other clients go on, and so does the server.
            client.log(e instanceof JournalException ? e.getMessage() : e.toString());
            client.close(CloseCodes.UNEXPECTED_CONDITION, "the recording cannot be served");
        } finally {
            onEnd.run();
        }
    }

    private void settle() throws InterruptedException {
        final long latestNs = System.nanoTime() + LONGEST_SETTLE_NS;
        String request;
        do {
            request = requests.poll(settings.settleNs(), TimeUnit.NANOSECONDS);
            answer(request);
        } while (request != null && System.nanoTime() < latestNs);
    }

    private void answer(String request) {
        if (request == null) {
            return;
        }
        final Map<String, Set<String>> added = client.meet(request, protocol, products::contains);
        if (added != null) {
            market.subscribed(added);
            client.send(protocol.subscriptions(client.subscriptions(), eventTimeNs));
            scheduleHeartbeats();
        }
    }

    private void scheduleHeartbeats() {
        final boolean wanted = client.subscriptions().has(protocol.heartbeatChannel(), "");
        if (!wanted) {
            nextHeartbeatNs = NEVER;
        } else if (playing && nextHeartbeatNs == NEVER) {
            nextHeartbeatNs = eventTimeNs + HEARTBEAT_INTERVAL_NS;
        }
    }

    private void play() throws InterruptedException {
        try (JournalTailer tailer = journal.tailer()) {
            tailer.seek(from.firstRead());
            boolean more = true;
            while (more && !ended && !client.isGone()) {
                more = tailer.poll(this::onRecord, 1) > 0;
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
            }
        }
    }

    private void onRecord(RecordHeader header, DirectBuffer buffer, int offset, int length) {
        if (!playing && header.kind() == RecordKind.MESSAGE && from.isReached(header)) {
            begin(header.eventTimeNs());
        }
        if (playing) {
            if (header.eventTimeNs() - firstEventNs > settings.durationNs()) {
                ended = true;
                return;
            }
            advanceTo(header.eventTimeNs());
        }
        market.onRecord(header, buffer, offset, length);
    }

    private void begin(long firstNs) {
        playing = true;
        startedNs = System.nanoTime();
        firstEventNs = firstNs;
        eventTimeNs = firstNs;
        market.open();
        scheduleHeartbeats();
    }

    private void advanceTo(long timeNs) {
        try {
            while (nextHeartbeatNs <= timeNs && !client.isGone()) {
                eventTimeNs = nextHeartbeatNs;
                answerUntilDue(eventTimeNs);
                if (nextHeartbeatNs == eventTimeNs) {
                    market.heartbeat(eventTimeNs, ++heartbeats);
                    nextHeartbeatNs += HEARTBEAT_INTERVAL_NS;
                }
            }
            eventTimeNs = timeNs;
            answerUntilDue(timeNs);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void answerUntilDue(long timeNs) throws InterruptedException {
        final long dueNs = startedNs + settings.dueAfterNs(timeNs - firstEventNs);
        while (!client.isGone()) {
            final long waitNs = dueNs - System.nanoTime();
            final String request = requests.poll(Math.min(waitNs, LOOK_FOR_CLIENT_NS), TimeUnit.NANOSECONDS);
            answer(request);
            if (request == null && waitNs <= LOOK_FOR_CLIENT_NS) {
                return;
            }
        }
    }
}
