package org.aegishydra.recorder.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.zip.GZIPOutputStream;
import org.aegishydra.core.command.UsageException;
import org.aegishydra.core.journal.Dialect;
import org.aegishydra.core.journal.RecordKind;
import org.aegishydra.recorder.JournalRecords;
import org.aegishydra.recorder.JournalRecords.Entry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaptureImportTest {
    private static final String HEARTBEAT = "{\"channel\":\"heartbeats\",\"timestamp\":\"2026-08-09T21:05:48.5Z\","
            + "\"sequence_num\":0,\"events\":[{\"note\":\"größer\"}]}";
    private static final String MATCH = "{\"type\":\"match\",\"trade_id\":7,\"product_id\":\"BTC-USD\","
            + "\"time\":\"2021-04-17T16:43:37.067586Z\"}";
    private static final long SECOND_NS = 1_000_000_000L;

    @TempDir
    Path directory;

    private Path journal;

    @BeforeEach
    void nameTheJournal() {
        journal = directory.resolve("journal");
    }

    private Path file(String name, byte[] content) throws IOException {
        return Files.write(directory.resolve(name), content);
    }

    private Path file(String name, String... lines) throws IOException {
        return file(name, (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private ImportReport importFiles(BooleanSupplier stop, Path... files) throws IOException {
        final ImportSettings settings = new ImportSettings(List.of(files), journal, null, null, 1);
        return new CaptureImport(settings, "test", stop, in -> in).run();
    }

    private ImportReport importFiles(Path... files) throws IOException {
        return importFiles(() -> false, files);
    }

    private List<String> messages() {
        return JournalRecords.of(RecordKind.MESSAGE, JournalRecords.read(journal)).stream()
                .map(Entry::text)
                .toList();
    }

    private static byte[] gzip(byte[] content) throws IOException {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(content);
        }
        return bytes.toByteArray();
    }

    @Test
    void shouldKeepEachLinesBytesBetweenFactsOfTheImport() throws IOException {
        final String spaced = " { \"channel\" : \"ticker\", \"x\" : \"\\u00e9\" } ";
        final ImportReport report = importFiles(file("a.jsonl", HEARTBEAT, spaced + "\r", ""));

        final List<Entry> entries = JournalRecords.read(journal);
        assertEquals(
                List.of(
                        RecordKind.RECORDER_STARTED,
                        RecordKind.MESSAGE,
                        RecordKind.MESSAGE,
                        RecordKind.RECORDER_STOPPED),
                entries.stream().map(Entry::kind).toList());
        assertEquals(List.of(HEARTBEAT, spaced), messages());
        assertEquals(
                "a.jsonl",
                entries.get(0).json().path("settings").path("files").path(0).asText());
        assertEquals(0, entries.get(0).connection());
        assertEquals(1, entries.get(1).connection());
        assertEquals(0, entries.get(1).monotonicNs());
        assertEquals(Dialect.ADVANCED_TRADE, entries.get(1).dialect());
        assertEquals("end of import", entries.get(3).json().path("reason").asText());
        assertEquals(2, entries.get(3).json().path("messages").asLong());
        assertTrue(report.complete());
        assertEquals(2, report.messages());
        assertEquals(1, report.files().get(0).blankLines);
    }

    @Test
    void shouldTakeReceiveTimesFromTheFileBeside() throws IOException {
        file("a.ts", gzip("1786309548.6290078\n1786309548.631147\n".getBytes(StandardCharsets.US_ASCII)));
        importFiles(file("a.jsonl", HEARTBEAT, HEARTBEAT));
        assertEquals(
                List.of(1_786_309_548_629_007_800L, 1_786_309_548_631_147_000L),
                JournalRecords.of(RecordKind.MESSAGE, JournalRecords.read(journal)).stream()
                        .map(Entry::wallNs)
                        .toList());
    }

    @Test
    void shouldSayWhenReceiveTimesDoNotFitTheLines() throws IOException {
        file("a.ts", "1786309548.6", "1786309548.7", "1786309548.8");
        final ImportReport report = importFiles(file("a.jsonl", HEARTBEAT, HEARTBEAT));
        assertFalse(report.complete());
        assertEquals(List.of("a.ts has 1 times too many"), report.files().get(0).problems);
    }

    @Test
    void shouldTakeTheMessagesOwnTimesOrThePreviousOne() throws IOException {
        final String error = "{\"type\":\"error\",\"message\":\"no time\"}";
        final String placeholder =
                "{\"type\":\"l2update\",\"product_id\":\"BTC-USD\",\"time\":\"0001-01-01T00:00:00.000000Z\"}";
        importFiles(file("a.jsonl", error, MATCH, placeholder, MATCH.replace("37.067586", "38")));
        final long matchNs = 1_618_677_817L * SECOND_NS + 67_586_000;
        assertEquals(
                List.of(matchNs, matchNs, matchNs, 1_618_677_818L * SECOND_NS),
                JournalRecords.of(RecordKind.MESSAGE, JournalRecords.read(journal)).stream()
                        .map(Entry::wallNs)
                        .toList());
        assertEquals(Dialect.EXCHANGE, JournalRecords.read(journal).get(1).dialect());
    }

    @Test
    void shouldTellCompressionByContentAndNotByName() throws IOException {
        final byte[] lines = (HEARTBEAT + "\n").getBytes(StandardCharsets.UTF_8);
        final Path zstd = file("one.jsonl", Zstd.compress(lines));
        final Path gzip = file("two.zst", gzip(lines));
        final Path plain = file("three.gz", lines);
        final ImportReport report = importFiles(zstd, gzip, plain);
        assertEquals(List.of(HEARTBEAT, HEARTBEAT, HEARTBEAT), messages());
        assertEquals(
                List.of("zstd", "gzip", "plain"),
                report.files().stream().map(source -> source.compression).toList());
    }

    @Test
    void shouldReadCryptofeedsText() throws IOException {
        importFiles(file(
                "COINBASE.ws.1.0",
                "configuration: {\"trades\":[\"BTC-USD\"]}",
                "wss://ws-feed.pro.coinbase.com?key=k <-> 1618677816.8434298",
                "wss://ws-feed.pro.coinbase.com <- 1618677817.020616: {\"type\":\"subscribe\",\"product_ids\":[\"BTC-USD\"],"
                        + "\"channels\":[\"level2\",{\"name\":\"ticker\"}],\"signature\":\"s\",\"passphrase\":\"p\"}",
                "https://api.pro.coinbase.com/products -> 1618677817.03: [{\"id\": \"BTC-USD\"}]",
                "1618677817.061845: " + MATCH));
        final List<Entry> entries = JournalRecords.read(journal);
        assertEquals(List.of(MATCH), messages());
        assertEquals(RecordKind.CONNECTED, entries.get(1).kind());
        assertEquals(
                "{\"url\":\"wss://ws-feed.pro.coinbase.com\"}", entries.get(1).text());
        assertEquals(1_618_677_816_843_429_800L, entries.get(0).wallNs());
        assertEquals(RecordKind.SUBSCRIBED, entries.get(2).kind());
        assertEquals(
                "{\"products\":[\"BTC-USD\"],\"channels\":[\"level2\",\"ticker\"]}",
                entries.get(2).text());
        assertEquals(1_618_677_817_061_845_000L, entries.get(3).wallNs());
    }

    @Test
    void shouldGiveAReconnectionANumberOfItsOwn() throws IOException {
        importFiles(file(
                "COINBASE.0",
                "wss://ws <-> 1618677816.5",
                "1618677817.5: " + MATCH,
                "wss://ws <-> 1618677818.5",
                "1618677819.5: " + MATCH));
        final List<Entry> entries = JournalRecords.read(journal);
        assertEquals(
                List.of(0, 1, 1, 1, 2, 2, 0),
                entries.stream().map(Entry::connection).toList());
        assertEquals(RecordKind.DISCONNECTED, entries.get(3).kind());
    }

    @Test
    void shouldReadCryptofeedsRecords() throws IOException {
        final String escaped = HEARTBEAT.replace("\"", "\\\"");
        final ImportReport report = importFiles(
                file(
                        "COINBASE.jsonl",
                        "{\"t\":\"header\",\"format\":2,\"exchange\":\"COINBASE\",\"config\":{}}",
                        "{\"conn\":\"COINBASE.ws.1\",\"ts\":1786309548.1,\"t\":\"connect\",\"addr\":\"wss://x\"}",
                        "{\"conn\":\"COINBASE.ws.2\",\"ts\":1786309548.2,\"t\":\"connect\",\"addr\":\"wss://y\"}",
                        "{\"conn\":\"COINBASE.ws.1\",\"ts\":1786309548.6290078,\"t\":\"recv\",\"data\":\"" + escaped
                                + "\"}",
                        "{\"conn\":\"COINBASE.ws.2\",\"ts\":1786309548.7,\"t\":\"recv\",\"data\":\"" + escaped + "\"}",
                        "{\"conn\":\"COINBASE.ws.2\",\"ts\":1786309548.8,\"t\":\"recv\",\"b64\":\"AAAA\"}",
                        "{\"conn\":\"COINBASE.http.0\",\"ts\":1786309548.9,\"t\":\"http\",\"url\":\"https://z\",\"data\":\"{}\"}"));
        assertEquals(List.of(HEARTBEAT, HEARTBEAT), messages());
        final List<Entry> received = JournalRecords.of(RecordKind.MESSAGE, JournalRecords.read(journal));
        assertEquals(1_786_309_548_629_007_800L, received.get(0).wallNs());
        assertEquals(List.of(1, 2), received.stream().map(Entry::connection).toList());
        assertEquals(
                List.of(new SourceReport.Refusal(6, "a binary frame")),
                report.files().get(0).firstRefused);
    }

    @Test
    void shouldRefuseWhatIsNoMessageAndNameItsLine() throws IOException {
        final ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (final byte[] line : List.of(
                HEARTBEAT.getBytes(StandardCharsets.UTF_8),
                HEARTBEAT.substring(0, 60).getBytes(StandardCharsets.UTF_8),
                new byte[] {'{', '"', 'a', '"', ':', '"', (byte) 0xC3, (byte) 0x28, '"', '}'},
                new byte[] {0, 1, 2, (byte) 0xFF},
                "[1,2]".getBytes(StandardCharsets.UTF_8),
                "{\"a\":1}{\"a\":2}".getBytes(StandardCharsets.UTF_8),
                "{\"a\":\"\\ud800\\u0041\"}".getBytes(StandardCharsets.UTF_8),
                HEARTBEAT.getBytes(StandardCharsets.UTF_8))) {
            content.write(line);
            content.write('\n');
        }
        final ImportReport report = importFiles(file("a.jsonl", content.toByteArray()));
        final SourceReport source = report.files().get(0);
        assertEquals(8, source.lines);
        assertEquals(
                List.of(2L, 3L, 4L, 5L, 6L),
                source.firstRefused.stream().map(SourceReport.Refusal::line).toList());
        assertEquals("no valid UTF-8 at byte 7", source.firstRefused.get(1).reason());
        assertEquals("more than one JSON object", source.firstRefused.get(4).reason());
        assertEquals(3, messages().size());
        assertTrue(report.complete(), "a refused line is counted, not fatal");
    }

    @Test
    void shouldListTheFirstRefusalsAndCountAll() throws IOException {
        final List<String> lines = new ArrayList<>(List.of(HEARTBEAT));
        for (int i = 0; i < 100; i++) {
            lines.add("nonsense");
        }
        final SourceReport source = importFiles(file("a.jsonl", lines.toArray(new String[0])))
                .files()
                .get(0);
        assertEquals(100, source.refused);
        assertEquals(20, source.firstRefused.size());
    }

    @Test
    void shouldFailOnFilesWithoutAMessageAndMakeNoJournal() throws IOException {
        final ImportReport report = importFiles(file("empty.jsonl", new byte[0]), file("binary", new byte[5000]));
        assertFalse(report.complete());
        assertEquals(List.of("is empty"), report.files().get(0).problems);
        assertEquals(List.of("holds no message"), report.files().get(1).problems);
        assertFalse(Files.exists(journal));
    }

    @Test
    void shouldImportWhatComesBeforeABreakAndSaySo() throws IOException {
        final StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 5000; i++) {
            lines.append(HEARTBEAT.replace("größer", "n" + i * 7919L)).append('\n');
        }
        final byte[] whole = gzip(lines.toString().getBytes(StandardCharsets.UTF_8));
        final ImportReport report = importFiles(file("a.jsonl.gz", Arrays.copyOf(whole, whole.length / 2)));
        assertFalse(report.complete());
        final SourceReport source = report.files().get(0);
        assertEquals(1, source.problems.size());
        assertTrue(source.problems.get(0).startsWith("breaks off after line "), source.problems.get(0));
        assertTrue(source.imported > 1000, () -> "imported " + source.imported);
        assertEquals(source.imported, messages().size());
        assertTrue(source.refused <= 1);
    }

    @Test
    void shouldImportWhatComesBeforeABreakInZstd() throws IOException {
        final byte[] whole = Zstd.compress((HEARTBEAT + "\n").repeat(50_000).getBytes(StandardCharsets.UTF_8), 1);
        final ImportReport report = importFiles(file("a.jsonl.zst", Arrays.copyOf(whole, whole.length - 20)));
        assertFalse(report.complete());
        assertTrue(report.messages() > 1000, () -> "imported " + report.messages());
    }

    @Test
    void shouldAskForTheFeedThatMessagesDoNotTell() throws IOException {
        final Path file = file("a.jsonl", "{\"type\":\"error\",\"message\":\"?\",\"time\":\"2026-08-09T21:05:48.5Z\"}");
        final UsageException unknown = assertThrows(UsageException.class, () -> importFiles(file));
        assertTrue(unknown.getMessage().contains("--feed"));
        assertFalse(Files.exists(journal));

        final ImportSettings forced = new ImportSettings(List.of(file), journal, Dialect.EXCHANGE, null, 1);
        assertTrue(
                new CaptureImport(forced, "test", () -> false, in -> in).run().complete());
        assertEquals(Dialect.EXCHANGE, JournalRecords.read(journal).get(1).dialect());
    }

    @Test
    void shouldKeepWhatWasWrittenWhenStopped() throws IOException {
        final AtomicInteger asked = new AtomicInteger();
        final ImportReport report = importFiles(
                () -> asked.incrementAndGet() > 3, file("a.jsonl", HEARTBEAT, HEARTBEAT, HEARTBEAT, HEARTBEAT));
        assertTrue(report.interrupted());
        final List<Entry> entries = JournalRecords.read(journal);
        assertEquals(
                "interrupted",
                entries.get(entries.size() - 1).json().path("reason").asText());
        assertTrue(report.messages() > 0 && report.messages() < 4, () -> "messages " + report.messages());
    }

    @Test
    void shouldPassOverALineBeyondTheLimit() throws IOException {
        final byte[] content = new byte[3 * (64 << 20)];
        Arrays.fill(content, (byte) 'x');
        final byte[] line = ("\n" + HEARTBEAT + "\n").getBytes(StandardCharsets.UTF_8);
        System.arraycopy(line, 0, content, content.length - line.length, line.length);
        final ImportReport report = importFiles(file("a.jsonl", content));
        assertEquals(List.of(HEARTBEAT), messages());
        assertEquals(1, report.files().get(0).firstRefused.get(0).line());
    }

    @Test
    void shouldRefuseSettingsThatCannotBe() throws IOException {
        final Path file = file("a.jsonl", HEARTBEAT);
        for (final int repeat : new int[] {0, -1, 2_000_000}) {
            final UsageException refused = assertThrows(
                    UsageException.class, () -> new ImportSettings(List.of(file), journal, null, null, repeat));
            assertTrue(refused.getMessage().contains("--repeat is " + repeat));
        }
        assertThrows(
                UsageException.class,
                () -> new ImportSettings(List.of(directory.resolve("absent")), journal, null, null, 1));
    }
}
