package org.aegishydra.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.aegishydra.core.journal.Dialect;
import org.aegishydra.core.journal.JournalFormat;
import org.aegishydra.core.journal.RecordKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectDamageTest {
    private static final int RECORDS = 1000;

    @TempDir
    Path directory;

    private void record(JournalFormat format) {
        try (Recording recording = new Recording(directory, format)) {
            for (int i = 1; i <= RECORDS; i++) {
                recording.exchange("{\"type\":\"novelty\",\"n\":\"number " + i + ".\"}");
            }
        }
    }

    private Path file(String name) {
        return directory.resolve(name);
    }

    private String fileStart() throws IOException {
        final byte[] start = new byte[1 << 20];
        try (RandomAccessFile access =
                new RandomAccessFile(file("20260809F.cq4").toFile(), "r")) {
            access.readFully(start);
        }
        return new String(start, StandardCharsets.ISO_8859_1);
    }

    private int payloadOf(int record) throws IOException {
        final int at = fileStart().indexOf("number " + record + ".");
        assertTrue(at > 0);
        return at;
    }

    private int fieldOf(int record, String name) throws IOException {
        return fileStart().lastIndexOf(name, payloadOf(record));
    }

    private void overwrite(int at, int... bytes) throws IOException {
        try (RandomAccessFile access =
                new RandomAccessFile(file("20260809F.cq4").toFile(), "rw")) {
            access.seek(at);
            for (final int b : bytes) {
                access.write(b);
            }
        }
    }

    private void assertDamaged(String reason, long recordsRead, String... options) {
        final Inspection inspection = Inspection.of(
                directory,
                Stream.concat(Stream.of("--json"), Stream.of(options)).toArray(String[]::new));
        assertEquals(1, inspection.exitCode(), inspection.out());
        final JsonNode json = inspection.json();
        assertTrue(json.get("whole").isBoolean());
        assertFalse(json.get("whole").booleanValue());
        assertTrue(
                json.get("reason").asText().contains(reason), json.get("reason").asText());
        assertEquals(recordsRead, json.get("records").get("count").longValue());
        assertEquals(1, inspection.err().lines().count(), inspection.err());
        assertTrue(inspection.err().contains(reason), inspection.err());
    }

    @Test
    void shouldCallAWholeJournalWhole() {
        record(JournalFormat.RUN);
        final Inspection inspection = Inspection.of(directory, "--verify", "--json");
        assertEquals(0, inspection.exitCode(), inspection.err());
        assertTrue(inspection.json().get("whole").booleanValue());
        assertTrue(inspection.json().get("checksums_verified").booleanValue());
    }

    @Test
    void shouldReadAJournalThatIsBeingWritten() {
        try (Recording recording = new Recording(directory)) {
            recording.heartbeat(0).heartbeat(1);
            final Inspection inspection = Inspection.of(directory, "--verify", "--json");
            assertEquals(0, inspection.exitCode(), inspection.err());
            assertEquals(2, inspection.json().get("records").get("count").longValue());
            recording.heartbeat(2);
        }
    }

    @Test
    void shouldFindAFlippedByteOfAPayload() throws IOException {
        record(JournalFormat.RUN);
        overwrite(payloadOf(700), 'N');

        assertDamaged("(after record 699) does not match its CRC-32C", 699, "--verify");
        final Inspection text = Inspection.of(directory, "--verify");
        assertEquals(1, text.exitCode());
        assertTrue(text.out().contains("NO: journal " + directory), text.out());
        final Inspection dump = Inspection.of(directory, "--verify", "--dump", "--from", "699");
        assertEquals(1, dump.exitCode());
        assertEquals(1, dump.out().lines().count());
        final Inspection unverified = Inspection.of(directory, "--json");
        assertEquals(0, unverified.exitCode(), unverified.err());
        assertTrue(unverified.json().get("whole").isNull());
    }

    @Test
    void shouldFindAFlippedByteOfTheLastRecord() throws IOException {
        record(JournalFormat.RUN);
        overwrite(payloadOf(RECORDS), 'N');
        assertDamaged("(after record 999) does not match its CRC-32C", 999, "--verify");
    }

    @Test
    void shouldFindADamagedHead() throws IOException {
        record(JournalFormat.RUN);
        overwrite(fieldOf(700, "data"), 'D');
        assertDamaged("(after record 699) is no record of this format", 699);
    }

    @Test
    void shouldFindAnEndThatComesTooEarly() throws IOException {
        record(JournalFormat.RUN);
        // The document's header is four bytes before the first field; zeros there say that nothing was written.
        final int header = fieldOf(700, "kind") - 1 - 4;
        overwrite(header, 0, 0, 0, 0);
        assertDamaged("nothing can be read after record 699, although the last record is 1000", 699);
    }

    @Test
    void shouldFindAMissingDay() throws IOException {
        try (Recording recording = new Recording(directory)) {
            for (int day = 0; day < 3; day++) {
                recording.at(Recording.NOON_NS + day * Recording.DAY_NS);
                for (int i = 0; i < 10; i++) {
                    recording.append(RecordKind.MARK, Dialect.NONE, new byte[8]);
                }
            }
        }
        Files.delete(file("20260810F.cq4"));
        assertDamaged("expected record 11 but found record 21", 10);
    }

    @Test
    void shouldNameAMissingMetadataFile() throws IOException {
        record(JournalFormat.RUN);
        Files.delete(file("metadata.cq4t"));
        final Inspection inspection = Inspection.of(directory);
        assertEquals(1, inspection.exitCode());
        assertTrue(inspection.err().contains("its metadata file is missing beside 20260809F.cq4"), inspection.err());
    }

    @Test
    void shouldFindATruncatedFile() throws IOException {
        record(JournalFormat.MARKET);
        final int cut = payloadOf(700);
        try (RandomAccessFile access =
                new RandomAccessFile(file("20260809F.cq4").toFile(), "rw")) {
            access.setLength(cut);
        }
        final Inspection inspection = Inspection.of(directory, "--json");
        assertEquals(1, inspection.exitCode(), inspection.out() + inspection.err());
        assertFalse(inspection.json().get("whole").booleanValue());
    }
}
