package org.aegishydra.replayer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.aegishydra.core.command.Program;
import org.aegishydra.core.journal.Dialect;
import org.aegishydra.core.journal.Journal;
import org.aegishydra.core.journal.JournalTailer;
import org.aegishydra.core.journal.RecordKind;
import org.aegishydra.core.run.RunSummary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SynthMainTest {
    private static final int LEVELS = 200;

    @TempDir
    Path directory;

    private record Recorded(RecordKind kind, int connectionId, long wallTimeNs, long monotonicTimeNs, String payload) {}

    private int synth(String name, String... more) {
        final String[] fixed = {"--journal", directory.resolve(name).toString(), "--levels", "" + LEVELS};
        return Program.run(
                new SynthMain(), Stream.of(fixed, more).flatMap(Arrays::stream).toArray(String[]::new));
    }

    private List<Recorded> records(String name) {
        final List<Recorded> records = new ArrayList<>();
        try (JournalTailer tailer =
                Journal.open(directory.resolve(name)).tailer().verifyChecksums(true)) {
            int polled;
            do {
                polled = tailer.poll(
                        (header, buffer, offset, length) -> {
                            assertEquals(Dialect.ADVANCED_TRADE, header.dialect());
                            records.add(new Recorded(
                                    header.kind(),
                                    header.connectionId(),
                                    header.wallTimeNs(),
                                    header.monotonicTimeNs(),
                                    buffer.getStringWithoutLengthUtf8(offset, length)));
                        },
                        1_000);
            } while (polled > 0);
        }
        return records;
    }

    @Test
    void shouldWriteTheSameJournalForTheSameSeedAndAnotherForAnother() {
        for (final String name : List.of("a", "b")) {
            assertEquals(0, synth(name, "--minutes", "0.5", "--seed", "5"));
        }
        assertEquals(0, synth("c", "--minutes", "0.5", "--seed", "6"));
        final List<Recorded> first = records("a");
        assertEquals(first, records("b"));
        assertNotEquals(first, records("c"));
    }

    @Test
    void shouldLookAsIfItHadBeenRecorded() {
        assertEquals(0, synth("a", "--minutes", "2", "--rate", "100", "--start", "2026-03-01T23:59:00Z"));
        final List<Recorded> records = records("a");
        assertEquals(
                List.of(RecordKind.RECORDER_STARTED, RecordKind.CONNECTED, RecordKind.SUBSCRIBED),
                records.subList(0, 3).stream().map(Recorded::kind).toList());
        assertEquals(
                RecordKind.RECORDER_STOPPED, records.get(records.size() - 1).kind());
        long lastNs = 0;
        long spikes = 0;
        for (final Recorded record : records) {
            assertTrue(record.wallTimeNs() >= lastNs);
            lastNs = record.wallTimeNs();
            assertEquals(0, record.monotonicTimeNs());
            if (record.kind() == RecordKind.MESSAGE) {
                final Instant stamp =
                        Instant.parse(record.payload().replaceFirst(".*?\"timestamp\":\"([^\"]+)\".*", "$1"));
                final long latencyNs = lastNs - stamp.getEpochSecond() * 1_000_000_000L - stamp.getNano();
                assertTrue(latencyNs > 50_000 && latencyNs < 50_000_000, "latency of " + latencyNs + " ns");
                spikes += latencyNs > 3_000_000 ? 1 : 0;
            }
        }
        assertTrue(spikes > 0 && spikes < records.size() / 50, "spikes: " + spikes);
    }

    @Test
    void shouldLetATraderSurviveWhatGoesWrong() {
        assertEquals(0, synth("a", "--minutes", "2", "--gaps", "3", "--disconnects", "3", "--bad-messages", "3"));
        final String[] replay = {
            "--journal",
            directory.resolve("a").toString(),
            "--out",
            directory.resolve("run").toString(),
            "--fee-bps",
            "0",
            "--set",
            "threshold-bps=0.5",
            "--set",
            "exit-bps=1",
            "--set",
            "hold-ms=50"
        };
        assertEquals(0, ProgramRun.of(new ReplayMain(), replay).exitCode());
        final RunSummary summary = RunSummary.read(directory.resolve("run").resolve("summary.json"));
        assertEquals(2, summary.messages().get("malformed"));
        assertEquals(1, summary.messages().get("unknown"));
        assertTrue(summary.decisions().entries() > 3 && summary.decisions().exits() > 3, summary::toString);
    }

    @Test
    void shouldRefuseAnExistingJournalAndWrongOptions() {
        assertEquals(0, synth("a", "--minutes", "0.02"));
        final int written = records("a").size();
        assertEquals(Program.WRONG_USAGE, synth("a", "--minutes", "0.02"));
        assertEquals(written, records("a").size());
        assertEquals(Program.WRONG_USAGE, synth("b", "--minutes", "0"));
        assertEquals(Program.WRONG_USAGE, synth("b", "--start", "yesterday"));
        assertEquals(Program.WRONG_USAGE, synth("b", "--minutes", "1", "--gaps", "7"));
        assertEquals(Program.WRONG_USAGE, synth("b", "--product", "XYZ-USD"));
        assertFalse(Files.exists(directory.resolve("b")));
    }
}
