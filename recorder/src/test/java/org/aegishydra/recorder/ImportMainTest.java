package org.aegishydra.recorder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.aegishydra.core.command.Program;
import org.aegishydra.core.journal.RecordKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportMainTest {
    private static final String MESSAGE = "{\"type\":\"match\",\"time\":\"2021-04-17T16:43:37Z\"}\n";

    @TempDir
    Path directory;

    private int run(String... arguments) {
        return Program.run(new ImportMain(), arguments);
    }

    @Test
    void shouldTellByItsExitCodeHowItWent() throws IOException {
        final String journal = directory.resolve("journal").toString();
        final String good =
                Files.writeString(directory.resolve("good.jsonl"), MESSAGE).toString();
        final String empty = Files.createFile(directory.resolve("empty.jsonl")).toString();
        assertEquals(Program.FAILED, run(empty, "--journal", journal));
        assertEquals(Program.DONE, run(good, "--journal", journal));
        assertEquals(Program.FAILED, run(good, empty, "--journal", journal));
        assertEquals(Program.FAILED, run(good, "--journal", directory.toString()));
        assertEquals(
                2,
                JournalRecords.of(RecordKind.RECORDER_STARTED, JournalRecords.read(directory.resolve("journal")))
                        .size());
        assertEquals(
                2,
                JournalRecords.of(RecordKind.RECORDER_STOPPED, JournalRecords.read(directory.resolve("journal")))
                        .size(),
                "a last file that tells no feed is no reason to end without a word");
    }

    @Test
    void shouldRefuseWrongUsage() throws IOException {
        final String journal = directory.resolve("journal").toString();
        final String good =
                Files.writeString(directory.resolve("good.jsonl"), MESSAGE).toString();
        for (final String[] wrong : new String[][] {
            {"--journal", journal},
            {good},
            {good + ".absent", "--journal", journal},
            {good, "--journal", journal, "--feed", "kraken"},
            {good, "--journal", journal, "--format", "csv"},
            {good, "--journal", journal, "--repeat", "0"},
            {good, "--journal", journal, "--repeat", "often"}
        }) {
            assertEquals(Program.WRONG_USAGE, run(wrong), String.join(" ", wrong));
        }
        assertFalse(Files.exists(directory.resolve("journal")));
    }
}
