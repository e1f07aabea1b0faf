package org.aegishydra.recorder.feed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.aegishydra.core.command.UsageException;
import org.aegishydra.core.journal.DiskGuard;
import org.aegishydra.core.journal.Journal;
import org.aegishydra.core.journal.JournalAppender;
import org.aegishydra.core.journal.JournalException;
import org.aegishydra.core.journal.RecordKind;
import org.aegishydra.recorder.websocket.ConnectFailure;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.SystemEpochNanoClock;

/**
 * Records a feed over as many connections as its products need, until it is told to stop.
 *
 * <p>{@link #run()} drives all lanes on its caller's thread, without blocking on any of them. Messages are written by
 * Tyrus's own threads, without a hand-over: see {@link FeedConnection}. {@link #stop} and the figures may be used from any
 * thread.
 */
public final class FeedRecorder {
    private static final long TICK_MS = 10;

    /** A file system that does not answer for so long is not trusted with more. */
    private static final long DISK_UNKNOWN_LIMIT_NS = TimeUnit.SECONDS.toNanos(10);

    private static final long FIGURES_INTERVAL_NS = TimeUnit.MILLISECONDS.toNanos(200);

    /** What a burst of a second brings, and a snapshot of the largest size. */
    private static final long POPULATED_AHEAD_BYTES = 64L << 20;

    private final FeedSettings settings;
    private final Journal journal;
    private final DiskGuard disk;
    private final Consumer<String> sayings;
    private final JournalAppender appender;
    private final RecordingWriter writer;
    private final Connector connector;
    private final Admission admission;
    private final RecorderGauge gauge;
    private final BoardPublisher board;
    private final List<FeedLane> lanes = new ArrayList<>();
    private final Semaphore events = new Semaphore(0);
    private final long startedNs = System.nanoTime();
    private int connections;
    private int rotation;
    private boolean everConnected;
    private volatile boolean announced;
    private long nextFiguresNs = startedNs;
    private long diskKnownNs = startedNs;
    private volatile List<LaneFigures> laneFigures = List.of();
    private volatile StopReason stopReason;
    private volatile String stopDetail = "";

    /**
     * Takes the journal for itself; {@link #run()} gives it back.
     *
     * @param version of this program, for the journal.
     * @param sayings takes what people should read, a line at a time, from several threads.
     * @throws UsageException if a channel needs a key and there is none.
     * @throws JournalException if another writer has the journal, or it cannot be written.
     */
    public FeedRecorder(
            FeedSettings settings,
            FeedAccess access,
            Journal journal,
            DiskGuard disk,
            String version,
            Consumer<String> sayings) {
        this(settings, access, journal, disk, version, sayings, UnaryOperator.identity(), new SystemEpochNanoClock());
    }

    /** The same with something in front of the journal, and another wall clock. */
    FeedRecorder(
            FeedSettings settings,
            FeedAccess access,
            Journal journal,
            DiskGuard disk,
            String version,
            Consumer<String> sayings,
            UnaryOperator<RecordSink> beforeJournal,
            EpochNanoClock wallClock) {
        this.settings = settings;
        this.journal = journal;
        this.disk = disk;
        this.sayings = sayings;
        requireKey(settings, access);
        final String objection = disk.objection();
        if (objection != null) {
            throw new JournalException(objection);
        }
        appender = journal.appender();
        appender.populateAhead(POPULATED_AHEAD_BYTES, disk.reserveBytes(), this::say);
        writer = new RecordingWriter(
                beforeJournal.apply(appender::append),
                settings.feed().dialect(),
                journal.format().roll().lengthNs(),
                wallClock);
        connector = new Connector(settings.url(), access);
        admission = new Admission(startedNs);
        gauge = new RecorderGauge(writer);
        board = new BoardPublisher(journal.directory(), this, disk, version);
        writer.fact(RecordKind.RECORDER_STARTED, 0, startedFact(version));
        final int perLane = settings.limits().productsPerConnection();
        for (int from = 0; from < settings.products().size(); from += perLane) {
            final List<String> products = settings.products()
                    .subList(from, Math.min(from + perLane, settings.products().size()));
            lanes.add(new FeedLane(lanes.size(), settings, products, new SplittableRandom(), this, startedNs));
        }
    }

    private static void requireKey(FeedSettings settings, FeedAccess access) {
        for (final String channel : settings.channels()) {
            if (settings.feed().needsKey(channel) && access.credential().isEmpty()) {
                throw new UsageException("--channel " + channel + " needs a key on "
                        + settings.feed().dialect().optionName() + ": give one with --key-file, or take the channels "
                        + String.join(",", settings.feed().channels()));
            }
        }
    }

    private Map<String, Object> startedFact(String version) {
        final Map<String, Object> fact = new LinkedHashMap<>();
        fact.put("version", version);
        fact.put("program", "record");
        fact.put("pid", ProcessHandle.current().pid());
        fact.put("boot_id", bootId());
        fact.put("settings", settings.toFact());
        return fact;
    }

    private static String bootId() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
        } catch (final IOException notLinux) {
            return null;
        }
    }

    /**
     * Records until it is stopped, idle for too long, its time is over, or it cannot go on.
     *
     * @return why it ended.
     * @throws JournalException if the journal cannot be written any more.
     */
    public StopReason run() throws InterruptedException {
        board.start();
        final PeriodicSync sync = periodicSync();
        try {
            while (!isToEnd()) {
                final long nowNs = System.nanoTime();
                driveLanes(nowNs);
                announce();
                if (nowNs - nextFiguresNs >= 0) {
                    nextFiguresNs = nowNs + FIGURES_INTERVAL_NS;
                    takeFigures(nowNs);
                }
                await();
            }
        } catch (final RuntimeException | Error e) {
            stop(StopReason.FAILED, e.toString());
            throw e;
        } finally {
            end(sync);
        }
        if (writer.failure() != null) {
            throw new JournalException("recording stopped: " + writer.failure(), writer.failure());
        }
        if (sync != null && sync.failure() != null) {
            throw new JournalException("the journal is not durable: " + sync.failure(), sync.failure());
        }
        return stopReason;
    }

    /** What is lost goes before what is replaced, and no lane always goes first. */
    private void driveLanes(long nowNs) {
        final int first = rotation++ % lanes.size();
        for (int i = 0; i < lanes.size(); i++) {
            lanes.get((first + i) % lanes.size()).driveAuthority(nowNs);
        }
        for (int i = 0; i < lanes.size(); i++) {
            lanes.get((first + i) % lanes.size()).driveSuccessor(nowNs);
        }
        rotation &= Integer.MAX_VALUE;
    }

    /** Null if nobody asked for it. */
    private PeriodicSync periodicSync() {
        return settings.syncEvery() == null
                ? null
                : new PeriodicSync(
                        journal, settings.syncEvery(), failure -> stop(StopReason.FAILED, failure.toString()));
    }

    private void announce() {
        if (!announced && lanes.stream().allMatch(lane -> lane.isRecording() || lane.isRefused())) {
            announced = true;
            say("recording " + String.join(",", settings.products()) + " from " + settings.publicUrl() + " to "
                    + journal.directory() + (lanes.size() > 1 ? " over " + lanes.size() + " connections" : ""));
        }
    }

    /** Whether the whole recording is over; the reason is kept. */
    private boolean isToEnd() {
        final long nowNs = System.nanoTime();
        if (writer.failure() != null) {
            stop(StopReason.FAILED, writer.failure().toString());
        } else if (settings.duration() != null
                && nowNs - startedNs > settings.duration().toNanos()) {
            stop(StopReason.DURATION, "");
        } else if (settings.untilIdle() != null
                && idleNs(nowNs) > settings.untilIdle().toNanos()) {
            stop(StopReason.IDLE, "");
        } else if (lanes.stream().allMatch(FeedLane::isRefused)) {
            stop(
                    StopReason.REFUSED,
                    "the server answered: " + lanes.get(0).refusal() + ": check --product and --channel");
        }
        return stopReason != null;
    }

    private long idleNs(long nowNs) {
        return nowNs - (writer.messages() == 0 ? startedNs : writer.lastMessageNs());
    }

    private void takeFigures(long nowNs) {
        laneFigures = lanes.stream().map(FeedLane::figures).toList();
        gauge.take();
        try {
            final String objection = disk.objection();
            diskKnownNs = nowNs;
            if (objection != null) {
                stop(StopReason.DISK_LOW, objection);
            }
        } catch (final UncheckedIOException e) {
            if (nowNs - diskKnownNs > DISK_UNKNOWN_LIMIT_NS) {
                stop(StopReason.DISK_LOW, e.getMessage() + ": " + e.getCause());
            }
        }
    }

    private void await() throws InterruptedException {
        if (events.tryAcquire(TICK_MS, TimeUnit.MILLISECONDS)) {
            events.drainPermits();
        }
    }

    /** Something happened that the lanes should look at. */
    void wake() {
        events.release();
    }

    private void end(PeriodicSync sync) throws InterruptedException {
        stop(StopReason.FAILED, "");
        try {
            for (final FeedLane lane : lanes) {
                lane.close("recorder stops");
            }
            connector.close();
            laneFigures = lanes.stream().map(FeedLane::figures).toList();
            gauge.take();
            final Map<String, Object> fact = new LinkedHashMap<>();
            fact.put("reason", stopReason.toString());
            if (!stopDetail.isEmpty()) {
                fact.put("detail", stopDetail);
            }
            fact.put("messages", writer.messages());
            fact.put("bytes", writer.messageBytes());
            writer.lastFact(RecordKind.RECORDER_STOPPED, 0, fact);
        } finally {
            board.end();
            appender.close();
            if (sync != null) {
                sync.end();
            }
        }
    }

    /** Asks the recorder to end; the first reason counts. */
    public void stop(StopReason reason) {
        stop(reason, "");
    }

    private synchronized void stop(StopReason reason, String detail) {
        if (stopReason == null) {
            stopDetail = detail;
            stopReason = reason;
        }
        wake();
    }

    /** A connection could not be opened: fatal as long as none ever was, if it never can be or was tried for too long. */
    void connectFailed(ConnectFailure failure) {
        say("cannot connect: " + failure.reason());
        final boolean tooLong =
                System.nanoTime() - startedNs > settings.limits().giveUpAfter().toNanos();
        if (!everConnected && (failure.isLasting() || tooLong)) {
            stop(StopReason.NOT_CONNECTED, failure.reason());
        }
    }

    void say(String line) {
        sayings.accept(line);
    }

    RecordingWriter writer() {
        return writer;
    }

    Connector connector() {
        return connector;
    }

    Admission admission() {
        return admission;
    }

    int nextConnectionId() {
        return ++connections;
    }

    /** A connection was opened, so there is hope for others. */
    void connected() {
        everConnected = true;
    }

    /** Whether all its connections have been recording. */
    boolean isRecording() {
        return announced;
    }

    /** Whether it ended for a reason that nobody wanted. */
    boolean isFailing() {
        return stopReason != null && stopReason.isFailure();
    }

    /** More about why it ended, where there is more; for people. */
    public String stopDetail() {
        return stopDetail;
    }

    /** How its lanes stand, some milliseconds old. */
    public List<LaneFigures> lanes() {
        return laneFigures;
    }

    /** What the journal took in, and how long that took. */
    public RecorderGauge gauge() {
        return gauge;
    }

    /** Messages recorded so far, over all connections. */
    public long messages() {
        return writer.messages();
    }

    /** Bytes of those messages. */
    public long messageBytes() {
        return writer.messageBytes();
    }
}
