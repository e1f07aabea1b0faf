package org.aegishydra.jmh.journal;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.stream.Stream;
import org.aegishydra.core.journal.Dialect;
import org.aegishydra.core.journal.Journal;
import org.aegishydra.core.journal.JournalAppender;
import org.aegishydra.core.journal.JournalFormat;
import org.aegishydra.core.journal.JournalTailer;
import org.aegishydra.core.journal.RecordHandler;
import org.aegishydra.core.journal.RecordKind;
import org.aegishydra.core.journal.RecordSource;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A journal of one feed's messages, which every benchmark replays as a whole, again and again. The tailer stays open: after
 * the warm-up the journal's pages are mapped, and what is measured is the reading, not the kernel's page faults.
 *
 * <p>The journals lie in the directory that {@value #JOURNALS_PROPERTY} names, where all benchmarks of a run find the same
 * file; without it each trial has one of its own, in the temporary directory. Used by one thread.
 */
@State(Scope.Benchmark)
public class RecordedMarket {
    /** The system property that names the directory in which the journals of a run are kept. */
    public static final String JOURNALS_PROPERTY = "aegis.bench.journals";

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final int CONNECTION_ID = 1;
    private static final int POLL_LIMIT = 1_024;
    private static final long MIDNIGHT_NS = 1_767_225_600_000_000_000L;

    /** That of the Advanced Trade capture: limits such as orders a second mean what they do on it. */
    private static final long MESSAGE_INTERVAL_NS = 24_000_000;

    /** The feed. */
    @Param({"advanced-trade", "exchange"})
    public String feed = "advanced-trade";

    /** How many messages the journal holds. */
    @Param("200000")
    public int messages = 200_000;

    /** Where the captures are; synthetic messages take the place of one that is absent. */
    public Path captures = Captures.directory();

    private Path ownDirectory;
    private Journal journal;
    private JournalTailer tailer;
    private long payloadBytes;

    /** Where a benchmark may write: deleted with the journals if it is left behind. */
    public static Path scratch() throws IOException {
        final String shared = System.getProperty(JOURNALS_PROPERTY);
        return shared == null
                ? Files.createTempDirectory("aegis-bench")
                : Files.createTempDirectory(Path.of(shared), "scratch");
    }

    /** Writes the journal unless an earlier benchmark of the run did, and opens it. */
    @Setup(Level.Trial)
    public void open() throws IOException {
        final MessageSet set = Captures.load(captures, dialect());
        System.err.println("Data set " + set.describe(messages));
        final String shared = System.getProperty(JOURNALS_PROPERTY);
        if (shared == null) {
            ownDirectory = Files.createTempDirectory("aegis-bench");
        }
        final Path directory =
                (shared == null ? ownDirectory : Path.of(shared)).resolve(feed + "-" + messages + "-messages");
        journal = Journal.exists(directory)
                ? Journal.open(directory)
                : write(Journal.create(directory, JournalFormat.MARKET), set);
        tailer = journal.tailer();
        payloadBytes = set.totalBytes(messages);
    }

    /** The feed's dialect. */
    public Dialect dialect() {
        return Stream.of(Dialect.values())
                .filter(dialect -> dialect.optionName().equals(feed))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no feed: " + feed));
    }

    private Journal write(Journal empty, MessageSet set) {
        try (JournalAppender appender = empty.appender()) {
            for (int i = 0; i < messages; i++) {
                final byte[] message = set.message(i);
                appender.append(
                        RecordKind.MESSAGE,
                        set.dialect(),
                        CONNECTION_ID,
                        MIDNIGHT_NS + i * MESSAGE_INTERVAL_NS,
                        0,
                        new UnsafeBuffer(message),
                        0,
                        message.length);
            }
        }
        return empty;
    }

    /**
     * Hands the whole journal to a handler, at maximum speed.
     *
     * @param counted receives what was replayed.
     */
    public void replay(RecordHandler handler, ReplayedMessages counted) {
        replay(() -> tailer.poll(handler, POLL_LIMIT), counted);
    }

    /** Another reader of the journal, at its start. */
    public JournalTailer tailer() {
        return journal.tailer();
    }

    /** The journal as a source of records, for who polls it in {@link #replay(IntSupplier, ReplayedMessages)}. */
    public RecordSource source() {
        return tailer;
    }

    /** The next record of {@link #source()} is the first one. */
    public void rewind() {
        tailer.seek(1);
    }

    /**
     * Has the whole journal polled by somebody else, at maximum speed.
     *
     * @param poll polls {@link #source()} once, and tells how many records there were.
     * @param counted receives what was replayed.
     */
    public void replay(IntSupplier poll, ReplayedMessages counted) {
        final long startCpuNs = THREADS.getCurrentThreadCpuTime();
        tailer.seek(1);
        int replayed = 0;
        for (int polled = poll.getAsInt(); polled > 0; polled = poll.getAsInt()) {
            replayed += polled;
        }
        if (replayed != messages) {
            throw new IllegalStateException("replayed " + replayed + " of " + messages + " messages");
        }
        counted.messages += replayed;
        counted.bytes += payloadBytes;
        counted.cpuNs += THREADS.getCurrentThreadCpuTime() - startCpuNs;
    }

    /** Closes the journal, and deletes it if it is this trial's own. */
    @TearDown(Level.Trial)
    public void close() throws IOException {
        tailer.close();
        if (ownDirectory != null) {
            deleteAll(ownDirectory);
        }
    }

    /** Deletes a directory with all that it holds. */
    public static void deleteAll(Path directory) throws IOException {
        final List<Path> deepestFirst;
        try (Stream<Path> found = Files.walk(directory)) {
            deepestFirst = found.sorted(Comparator.reverseOrder()).toList();
        }
        for (final Path path : deepestFirst) {
            Files.deleteIfExists(path);
        }
    }
}
