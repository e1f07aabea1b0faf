package org.aegishydra.replayer.server;

import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.aegishydra.core.journal.Dialect;
import org.aegishydra.core.journal.Journal;
import org.aegishydra.core.journal.JournalTailer;
import org.aegishydra.core.journal.RecordHeader;
import org.aegishydra.core.journal.RecordKind;
import org.agrona.DirectBuffer;

/**
 * One client's way through a journal, on a thread of its own. It begins when the client has subscribed and then been
 * quiet for a moment, since what was passed cannot be joined; whoever subscribes to a book later begins again, so that
 * each book starts with its snapshot.
 */
final class JournalPlayback {
    private static final int MAX_WAITING_REQUESTS = 100;
    private static final long LONGEST_SETTLE_NS = TimeUnit.SECONDS.toNanos(5);
    private static final long LOOK_FOR_CLIENT_NS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long NOT_STARTED = Long.MIN_VALUE;

    private final Journal journal;
    private final Dialect dialect;
    private final FeedProtocol protocol;
    private final Set<String> products;
    private final ServeSettings settings;
    private final ClientConnection client;
    private final Runnable onEnd;
    private final BlockingQueue<String> requests = new ArrayBlockingQueue<>(MAX_WAITING_REQUESTS);
    private final MessageAddress address = new MessageAddress();
    private final Thread thread;
    private boolean playing;
    private boolean beginsAgain;
    private boolean ended;
    private long startedNs;
    private long firstEventNs;
    private long eventTimeNs;

    JournalPlayback(
            Journal journal,
            Dialect dialect,
            Set<String> products,
            ServeSettings settings,
            ClientConnection client,
            Runnable onEnd) {
        this.journal = journal;
        this.dialect = dialect;
        this.products = products;
        this.settings = settings;
        this.client = client;
        this.onEnd = onEnd;
        protocol = FeedProtocol.of(dialect);
        eventTimeNs = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
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
            playing = true;
            do {
                beginsAgain = false;
                play();
            } while (beginsAgain && !client.isGone());
            client.end();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            client.gone();
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
        final var added = client.meet(request, protocol, products::contains);
        if (added != null) {
            client.send(protocol.subscriptions(client.subscriptions(), eventTimeNs));
            beginsAgain |= playing
                    && added.entrySet().stream()
                            .anyMatch(entry -> entry.getKey().startsWith("level2")
                                    && !entry.getValue().isEmpty());
        }
    }

    private void play() throws InterruptedException {
        startedNs = NOT_STARTED;
        ended = false;
        try (JournalTailer tailer = journal.tailer()) {
            boolean more = true;
            while (more && !ended && !beginsAgain && !client.isGone()) {
                more = tailer.poll(this::onRecord, 1) > 0;
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
            }
        }
    }

    private void onRecord(RecordHeader header, DirectBuffer buffer, int offset, int length) {
        if (header.kind() != RecordKind.MESSAGE || header.dialect() != dialect) {
            return;
        }
        eventTimeNs = header.eventTimeNs();
        if (startedNs == NOT_STARTED) {
            startedNs = System.nanoTime();
            firstEventNs = eventTimeNs;
        }
        if (eventTimeNs - firstEventNs > settings.durationNs()) {
            ended = true;
            return;
        }
        answerUntil(startedNs + settings.dueAfterNs(eventTimeNs - firstEventNs));
        if (beginsAgain) {
            return;
        }
        final byte[] utf8 = new byte[length];
        buffer.getBytes(offset, utf8);
        if (address.read(utf8, length, protocol.numbersMessages())
                && protocol.wants(client.subscriptions(), address.channel(), address.product())) {
            client.send(address.outgoing(utf8));
        }
    }

    private void answerUntil(long dueNs) {
        try {
            while (!beginsAgain && !client.isGone()) {
                final long waitNs = dueNs - System.nanoTime();
                final String request = requests.poll(Math.min(waitNs, LOOK_FOR_CLIENT_NS), TimeUnit.NANOSECONDS);
                answer(request);
                if (request == null && waitNs <= LOOK_FOR_CLIENT_NS) {
                    return;
                }
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
