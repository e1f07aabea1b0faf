package org.aegishydra.recorder.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.websocket.Session;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.aegishydra.core.journal.RecordKind;
import org.aegishydra.recorder.JournalRecords;
import org.aegishydra.recorder.JournalRecords.Entry;
import org.junit.jupiter.api.Test;

/** A journal that cannot be written for a while. */
class FeedBackPressureTest extends HandFedRecorder {
    /** An append that takes five seconds while 2,000 messages a second come. */
    @Test
    void shouldLoseNothingWhileTheJournalIsBlocked() throws Exception {
        final Duration block = Duration.ofSeconds(5);
        record(
                Duration.ofSeconds(60),
                sink -> (kind, dialect, connection, wallNs, monotonicNs, payload, offset, length) -> {
                    if (kind == RecordKind.MESSAGE && recorder.messages() == 1_000) {
                        LockSupport.parkNanos(block.toNanos());
                    }
                    return sink.append(kind, dialect, connection, wallNs, monotonicNs, payload, offset, length);
                },
                "A-USD");
        final Session client = nextClient();
        final int messages = 14_000;
        final long startNs = System.nanoTime();
        for (int i = 0; i < messages; i++) {
            book(client, i, i == 0 ? "snapshot" : "update", "A-USD", 10 + i % 50);
            while (System.nanoTime() - startNs < i * 500_000L) {
                LockSupport.parkNanos(200_000);
            }
        }
        await(() -> recorder.messages() == messages);
        final List<Entry> entries = stopAndRead();
        final List<Entry> recorded = JournalRecords.of(RecordKind.MESSAGE, entries);
        assertEquals(messages, recorded.size());
        for (int i = 0; i < messages; i++) {
            assertEquals(i, recorded.get(i).json().path("sequence_num").asInt());
        }
        assertTrue(JournalRecords.of(RecordKind.GAP, entries).isEmpty());
        assertEquals(1, JournalRecords.of(RecordKind.CONNECTED, entries).size());
        assertTrue(recorder.gauge().appendNs(100) >= block.toNanos() * 99 / 100, "the figures show it");
    }
}
