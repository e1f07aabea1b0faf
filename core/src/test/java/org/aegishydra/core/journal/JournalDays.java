package org.aegishydra.core.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;

/** A journal of several days for tests, with records of many sizes and kinds. */
public final class JournalDays {
    public static final long DAY_NS = 86_400_000_000_000L;

    /** 2026-08-09, noon. */
    public static final long NOON_NS = 1_786_276_800_000_000_000L;

    private JournalDays() {}

    /** What a tailer handed over. */
    public record Received(
            RecordKind kind,
            Dialect dialect,
            int connectionId,
            long sequence,
            long wallTimeNs,
            long eventTimeNs,
            long monotonicTimeNs,
            int crc32c,
            String text) {}

    /** Appends records of a day, counted from 2026-08-09, with as much text as is asked for. */
    public static void append(JournalAppender appender, int day, int records, int largestBytes) {
        final Random random = new Random(day * 1000L + records);
        for (int i = 0; i < records; i++) {
            final String product = i % 3 == 0 ? "BTC-USD" : "ETH-USD";
            final String text = "{\"channel\":\"l2_data\",\"product_id\":\"" + product + "\",\"updates\":\""
                    + Long.toString(random.nextLong(), 36).repeat(random.nextInt(Math.max(1, largestBytes / 12)))
                    + "\"}";
            append(appender, RecordKind.MESSAGE, NOON_NS + day * DAY_NS + i * 1000L - (i % 7) * 3000L, text);
        }
        append(appender, RecordKind.GAP, NOON_NS + day * DAY_NS + records * 1000L, "{\"channel\":\"l2_data\"}");
    }

    public static void append(JournalAppender appender, RecordKind kind, long wallNs, String text) {
        final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        appender.append(kind, Dialect.ADVANCED_TRADE, 7, wallNs, wallNs + 1, new UnsafeBuffer(bytes), 0, bytes.length);
    }

    /** Reads on to the end. */
    public static List<Received> readAll(RecordReader tailer) {
        final List<Received> records = new ArrayList<>();
        while (tailer.poll(collecting(records), 7) > 0) {
            assertTrue(records.size() < 1_000_000);
        }
        return records;
    }

    public static RecordHandler collecting(List<Received> records) {
        return (header, buffer, offset, length) -> records.add(new Received(
                header.kind(),
                header.dialect(),
                header.connectionId(),
                header.sequence(),
                header.wallTimeNs(),
                header.eventTimeNs(),
                header.monotonicTimeNs(),
                header.crc32c(),
                buffer.getStringWithoutLengthUtf8(offset, length)));
    }

    /** All records of a journal, their checksums checked. */
    public static List<Received> readAll(Journal journal) {
        try (JournalTailer tailer = journal.tailer().verifyChecksums(true)) {
            return readAll(tailer);
        }
    }

    /** Archives one segment, as a program would, and returns its manifest. */
    static ArchiveManifest archive(ArchiveSession session, RecordedSegment source) {
        try (ArchiveWriter writer = session.archive(source, 3)) {
            while (writer.poll(100) > 0) {
                assertTrue(writer.rawBytes() >= 0);
            }
            final ArchiveManifest manifest = writer.end();
            try (ArchiveCheck check = writer.check()) {
                while (check.poll() > 0) {
                    assertEquals(List.of(), check.damages());
                }
                assertEquals(List.of(), check.damages());
            }
            writer.commit();
            return manifest;
        }
    }

    /** Archives the first so many segments. */
    static void archive(Journal journal, int segments, boolean deleteOriginals) {
        try (ArchiveSession session = ArchiveSession.open(journal)) {
            final List<RecordedSegment> recorded = session.segments();
            for (int i = 0; i < segments; i++) {
                archive(session, recorded.get(i));
                if (deleteOriginals) {
                    assertTrue(session.deleteCycleFile(recorded.get(i), i == recorded.size() - 1));
                }
            }
        }
    }

    static Journal create(Path directory) {
        return Journal.create(directory, JournalFormat.RUN);
    }
}
