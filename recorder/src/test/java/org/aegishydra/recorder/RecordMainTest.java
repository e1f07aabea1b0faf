package org.aegishydra.recorder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.aegishydra.core.command.JvmFlags;
import org.aegishydra.core.command.Program;
import org.aegishydra.core.journal.Journal;
import org.aegishydra.core.journal.JournalFormat;
import org.aegishydra.core.journal.RecordKind;
import org.aegishydra.recorder.JournalRecords.Entry;
import org.aegishydra.recorder.feed.ScriptedServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class RecordMainTest {
    @TempDir
    Path directory;

    private static Process start(Class<?> program, String... arguments) throws IOException {
        final List<String> command = JvmFlags.command(
                JvmFlags.aegisHome(), "-Xmx256m", "-cp", System.getProperty("java.class.path"), program.getName());
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    private static BufferedReader outputOf(Process process) {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    @Test
    void shouldEndCleanlyOnASignal() throws Exception {
        final CountDownLatch sent = new CountDownLatch(1);
        try (ScriptedServer server = new ScriptedServer(client -> {
            for (int i = 0; i < 100; i++) {
                client.getBasicRemote().sendText("{\"channel\":\"ticker\",\"sequence_num\":" + i + "}");
            }
            sent.countDown();
        })) {
            final Process recorder = start(
                    RecordMain.class,
                    "--product",
                    "BTC-USD",
                    "--journal",
                    directory.resolve("j").toString(),
                    "--url",
                    server.url().toString());
            final List<String> lines = new ArrayList<>();
            try (BufferedReader output = outputOf(recorder)) {
                lines.add(output.readLine());
                assertEquals("recording BTC-USD from " + server.url() + " to " + directory.resolve("j"), lines.get(0));
                assertTrue(sent.await(60, TimeUnit.SECONDS));
                // Process.destroy() would close the output as well.
                recorder.toHandle().destroy();
                output.lines().forEach(lines::add);
            } finally {
                recorder.destroyForcibly();
            }
            assertEquals(0, recorder.waitFor(), lines::toString);
            final List<Entry> entries = JournalRecords.read(directory.resolve("j"));
            final Entry stopped = entries.get(entries.size() - 1);
            final int messages = JournalRecords.of(RecordKind.MESSAGE, entries).size();
            assertEquals(RecordKind.RECORDER_STOPPED, stopped.kind());
            assertEquals("signal", stopped.json().path("reason").asText());
            assertEquals(messages, stopped.json().path("messages").asInt());
            assertTrue(lines.get(lines.size() - 1).startsWith("recorded " + messages + " messages, "), lines::toString);
        }
    }

    @Test
    void shouldRefuseASecondWriterInOneLine() throws Exception {
        try (AutoCloseable writer =
                Journal.create(directory, JournalFormat.MARKET).appender()) {
            assertNotNull(writer);
            final Process recorder = start(
                    RecordMain.class,
                    "--product",
                    "BTC-USD",
                    "--journal",
                    directory.toString(),
                    "--url",
                    "ws://127.0.0.1:9");
            final List<String> lines;
            try (BufferedReader output = outputOf(recorder)) {
                lines = output.lines().toList();
            }
            assertEquals(Program.FAILED, recorder.waitFor());
            assertEquals(1, lines.size(), lines::toString);
            assertTrue(
                    lines.get(0).contains("process " + ProcessHandle.current().pid()), lines::toString);
        }
    }

    @Test
    void shouldRefuseWrongUsageWithItsExitCode() {
        final String journal = directory.resolve("j").toString();
        for (final String[] wrong : new String[][] {
            {"--journal", journal},
            {"--product", "btc", "--journal", journal},
            {"--product", "BTC-USD", "--journal", journal, "--feed", "kraken"},
            {"--product", "BTC-USD", "--journal", journal, "--url", "http://127.0.0.1"},
            {"--product", "BTC-USD", "--journal", journal, "--until-idle", "soon"},
            {"--product", "BTC-USD", "--journal", journal, "--duration", "0s"}
        }) {
            assertEquals(Program.WRONG_USAGE, Program.run(new RecordMain(), wrong), String.join(" ", wrong));
        }
    }
}
